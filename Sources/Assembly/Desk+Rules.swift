import Control
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
        // Newest first: the last state of a day is what counts.
        for record in records.reversed() where record.transition.at.day <= last {
            let (day, key) = (record.transition.at.day, record.transition.key)
            rows[Place(day: day, key: key), default: .init(day: day, key: key)].really = record.transition
        }
        for letter in outcome.letters {
            for key in letter.alerts {
                rows[Place(day: letter.day, key: key), default: .init(day: letter.day, key: key)].letter = letter.agency?.text ?? "operators"
            }
        }
        let really = written.filter { $0.way == OutboxItem.mail }.count { (first...last).contains($0.createdAt.day) }
        let ordered = rows.values.sorted { ($0.day, $0.key) < ($1.day, $1.key) }
        let sheet = RulesReplayReport.sheet(
            ordered, from: first, through: last, letters: (outcome.letters.count, really), register: core.register, language: language)
        return Document([.sheet(sheet)])
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
