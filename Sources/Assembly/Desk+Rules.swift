import Control
import Foundation
import Model
import Reports
import Store

extension Desk {
    /// Days that have passed, judged by rules, beside what really was.
    public func replay(_ candidate: Configuration, from first: Day, through last: Day) throws(Failure) -> Document {
        guard first <= last, last - first <= 3 * 366 else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese
                    ? "khoảng ngày phải theo thứ tự và không quá ba năm" : "the days must be in order and no more than three years")
        }
        guard last <= today else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese
                    ? "ngày \(last.vietnamese) chưa đến: chỉ chạy lại được những ngày đã qua"
                    : "\(last) has not come: only days that have passed can be replayed",
                hint: language == .vietnamese ? "ngày cuối muộn nhất là \(today.vietnamese)" : "the last day is \(today) at the latest")
        }
        let (outcome, records, written) = try reading { () throws(StoreError) in
            (
                try RulesReplay(configuration: candidate, store: store).run(from: first, through: last),
                try store.transitions(since: first.start, limit: 100_000), try store.outbox(limit: 100_000)
            )
        }
        struct Place: Hashable {
            let day: Day
            let key: AlertKey
        }
        var rows: [Place: RulesReplayReport.Row] = [:]
        for event in outcome.events {
            let key = event.transition.key
            rows[Place(day: event.day, key: key), default: .init(day: event.day, key: key)].would = event.transition
        }
        let lived = records.reversed().map(\.transition).filter { $0.at.day <= last }
        // The last state of a day is what is shown of it.
        for transition in lived {
            let (day, key) = (transition.at.day, transition.key)
            rows[Place(day: day, key: key), default: .init(day: day, key: key)].really = transition
        }
        for letter in outcome.letters {
            for key in letter.alerts {
                rows[Place(day: letter.day, key: key), default: .init(day: letter.day, key: key)].letters.append(letter.agency?.text ?? "operators")
            }
        }
        let really = written.filter { $0.way == OutboxItem.mail }.count { (first...last).contains($0.createdAt.day) }
        let ordered = rows.values.sorted { ($0.day, $0.key) < ($1.day, $1.key) }
        let fired = (outcome.events.map(\.transition).count(where: \.firesByRule), lived.count(where: \.firesByRule))
        let sheet = RulesReplayReport.sheet(
            ordered, from: first, through: last, fired: fired, letters: (outcome.letters.count, really), register: core.register,
            language: language)
        return Document([.sheet(sheet)])
    }

    /// What the files on disk, or texts in the place of some of them, would change. The daemon asks of the rules that it runs; without it they are not
    /// known, and texts that say the same as the files would be compared with themselves.
    func filedDifference(replacing texts: [String: String]) throws(Failure) -> Document {
        let differs = texts.contains { name, text in
            FileManager.default.contents(atPath: "\(configuration.directory)/\(name)").map { String(decoding: $0, as: UTF8.self) } != text
        }
        guard differs else {
            throw Failure(
                .refused,
                language == .vietnamese
                    ? "chưa có gì để so sánh: không hỏi dondocd thì không biết quy tắc đang áp dụng, và không có tệp nào khác tệp trong \(configuration.directory)"
                    : "there is nothing to compare: without dondocd the rules in force are not known, and no file differs from those in \(configuration.directory)",
                hint: language == .vietnamese
                    ? "bỏ --database để hỏi dondocd, hoặc nêu thư mục có tệp đã sửa bằng --rules"
                    : "leave out --database to ask dondocd, or give the directory with the changed files as --rules")
        }
        return try difference(replacing: texts)
    }

    /// How the alerts would stand at this moment by the files on disk, with texts in the place of some of them.
    public func difference(replacing texts: [String: String]) throws(Failure) -> Document {
        switch Configuration.load(configuration.directory, replacing: texts) {
        case .success(let candidate): return try difference(candidate)
        case .failure(let found):
            let lines = found.problems.map(\.description).joined(separator: "\n")
            throw Failure(
                .failed,
                language == .vietnamese
                    ? "cấu hình trong \(configuration.directory) có lỗi:\n\(lines)"
                    : "the configuration in \(configuration.directory) is broken:\n\(lines)",
                hint: "dondoc config check \(configuration.directory)")
        }
    }

    /// How the alerts would stand at this moment by other rules or thresholds.
    public func difference(_ candidate: Configuration) throws(Failure) -> Document {
        let (stands, then) = try reading { () throws(StoreError) in
            (
                try RulesReplay(configuration: configuration, store: store).alerts(at: now),
                try RulesReplay(configuration: candidate, store: store).alerts(at: now)
            )
        }
        func says(_ alert: Alert?) -> String { alert.map { $0.state == .resolved ? "" : "\($0.state) \($0.severity)" } ?? "" }
        let keys = Set(stands.keys).union(then.keys).sorted()
        let rows = keys.map { (key: $0, now: stands[$0], then: then[$0]) }.filter { says($0.now) != says($0.then) }
        return Document([.sheet(RulesDiffReport.sheet(rows, register: core.register, language: language))])
    }
}

extension Transition {
    /// Whether the rules made it fire: an operator who releases an alert only lets it be told again.
    fileprivate var firesByRule: Bool { begins && actor == nil }
}
