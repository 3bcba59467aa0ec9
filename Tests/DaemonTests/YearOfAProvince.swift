@testable import Daemon
import Assembly
import Foundation
import Model
import Rules
import Settings
import Store
import TestSupport

/// A small province whose days pass as fast as they can be judged: figures come, operators act, rules judge and letters are written each morning at
/// eight, by the daemon's own code and with its own store. What happened is a text that a person can read.
final class YearOfAProvince {
    private let directory: TemporaryDirectory
    let configuration: Configuration
    let store: Store
    private let shelf: CellShelf
    private var isRelayDown = false
    private(set) var log: [String] = []

    init() throws {
        directory = try TemporaryDirectory()
        try YearOfAProvince.write(to: directory)
        configuration = try Configuration.load(directory.path).get()
        store = try Store(path: directory.file("dondoc.db"), mode: .readWrite)
        shelf = CellShelf(store: store)
    }

    /// Lives through all days from one to another, both inclusive.
    func live(_ events: [(day: Day, text: String)], from first: Day, through last: Day) async throws {
        for number in 0...(last - first) {
            let day = first + number
            for event in events where event.day == day { try await perform(event.text, on: day) }
            try await morning(of: day)
        }
    }

    // MARK: - One day

    /// Judges at eight, and hands over what is due.
    private func morning(of day: Day) async throws {
        let now = Instant(day, hour: 8, minute: 0)
        let before = try store.alerts()
        _ = try await Judging(configuration: configuration, store: store, shelf: shelf, reached: { _ in }).run(at: now)
        for alert in try store.alerts() where alert != before.first(where: { $0.key == alert.key }) {
            let period = alert.period.map { " \($0)" } ?? ""
            log.append("\(day)   alert \(alert.key) \(alert.state) \(alert.severity)\(period)")
        }
        for item in try store.outbox(limit: 500).sorted(by: { $0.id < $1.id }) where item.createdAt == now {
            let keys = try store.alerts().filter { alert in try tells(item, alert.key) }.map(\.key.description)
            log.append("\(day)   letter \(item.id) to \(item.letter.recipients.joined(separator: ", ")): \(keys.joined(separator: ", "))")
        }
        try await post(at: now)
    }

    private func tells(_ item: OutboxItem, _ key: AlertKey) throws -> Bool {
        try store.transitions(of: key).contains { $0.letters.contains(item.letter.messageID) }
    }

    /// What the daemon does with the relay's answer, without a relay.
    private func post(at now: Instant) async throws {
        guard let mail = configuration.core.province.mail else { return }
        for item in try store.dueLetters(at: now, limit: 100) {
            let answer: PostalMachine.Answer = isRelayDown ? .temporary("connection refused") : .taken("250 ok")
            let outcome = PostalMachine(settings: mail).outcome(of: answer, attempts: item.attempts, queuedAt: item.queuedAt, at: now)
            try await store.recordAttempt(item.id, at: now, outcome: outcome)
            switch outcome {
            case .sent: log.append("\(now.day)   sent letter \(item.id)" + (item.attempts > 0 ? " at attempt \(item.attempts + 1)" : ""))
            case .failed(let error): log.append("\(now.day)   given up letter \(item.id): \(error)")
            case .retry: break
            }
        }
    }

    // MARK: - Events

    struct Misunderstood: Error {
        let text: String
    }

    private func perform(_ text: String, on day: Day) async throws {
        let at = Instant(day, hour: 7, minute: 30)
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw Misunderstood(text: text) }
        log.append("\(day) \(text)")
        switch words[0] {
        case "figures": try await deliver(words[1], at: at)
        case "relay": isRelayDown = words[1] == "down"
        case "ack": try await order(.acknowledge, words[1], at: at)
        case "close": try await order(.close, words[1], at: at)
        case "release": try await order(.release, words[1], at: at)
        case "promise": try await promise(words[1], at: at)
        case "silence": try await silence(words[1], at: at)
        default: throw Misunderstood(text: text)
        }
    }

    /// `online 2025-01: H52.07 40/100, H52.08 95/100`
    private func deliver(_ text: String, at: Instant) async throws {
        let halves = text.components(separatedBy: ": ")
        let names = halves[0].split(separator: " ").map(String.init)
        let parts = names[1].split(separator: "@").map(String.init)
        let scheme = parts.count > 1 ? PeriodScheme(rawValue: parts[1]) : .calendar
        guard halves.count == 2, let scheme, let period = Period(parts[0], scheme: scheme) else { throw Misunderstood(text: text) }
        var observations: [Observation] = []
        for entry in halves[1].components(separatedBy: ", ") {
            let words = entry.split(separator: " ").map(String.init)
            let counts = words.count == 2 ? words[1].split(separator: "/").compactMap { Int64($0) } : []
            guard counts.count == 2 else { throw Misunderstood(text: entry) }
            for (measure, value) in zip(["\(names[0]).above", "\(names[0]).below"], counts) {
                observations.append(
                    Observation(cell: CellKey(agency: code(words[0]), measure: TestSupport.measure(measure), range: period.range), value: value))
            }
        }
        let delivery = Delivery(source: "sheet", receivedAt: at, bytes: Array(text.utf8), mediaType: "text/plain")
        _ = try await store.record(delivery, observations: observations)
    }

    private func order(_ order: AlertOrder, _ text: String, at: Instant) async throws {
        let (key, why) = try keyed(text)
        var machine = AlertMachine(key: key, alert: try store.alerts().first { $0.key == key })
        try await store.apply(try machine.handle(order, by: AlertActor(name: "lan", why: why), at: at))
    }

    /// `KEY DAY: what is being done`
    private func promise(_ text: String, at: Instant) async throws {
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        let (due, plan) = try keyedText(words[1])
        let remediation = Remediation(
            key: try key(words[0]), at: at, enteredBy: "lan", cause: "", plan: plan, due: TestSupport.day(due), evidence: nil)
        _ = try await store.add(remediation, evidence: nil)
    }

    /// `AGENCY DAY: why`
    private func silence(_ text: String, at: Instant) async throws {
        let (what, why) = try keyedText(text)
        let words = what.split(separator: " ").map(String.init)
        let silence = Silence(
            scope: Silence.Scope(agency: code(words[0])), from: at, until: (day(words[1]) + 1).start, actor: AlertActor(name: "lan", why: why),
            createdAt: at)
        _ = try await store.add(silence)
    }

    private func keyed(_ text: String) throws -> (AlertKey, String) {
        let (name, why) = try keyedText(text)
        return (try key(name), why)
    }

    private func keyedText(_ text: String) throws -> (String, String) {
        let parts = text.components(separatedBy: ": ")
        guard parts.count == 2 else { throw Misunderstood(text: text) }
        return (parts[0], parts[1])
    }

    private func key(_ text: String) throws -> AlertKey {
        let parts = text.split(separator: "/").map(String.init)
        guard parts.count == 3 else { throw Misunderstood(text: text) }
        return AlertKey(rule: parts[0], subject: parts[1], agency: AgencyCode(parts[2]))
    }
}

// MARK: - Its configuration

extension YearOfAProvince {
    /// Everything but figures.
    static func write(to directory: TemporaryDirectory) throws {
        try directory.write(
            """
            language: vi
            zone: Asia/Ho_Chi_Minh
            province: {code: H52, name: Tỉnh Sơn La}
            store: {path: dondoc.db}
            listen: {control: s}
            mail:
              relay: {host: 127.0.0.1, security: none}
              from: {name: Sở Nội vụ tỉnh Sơn La, address: dondoc@sonla.example}
              operators: [truc@sonla.example]
              retry: {first: 1h, longest: 12h, give_up: 14d}
            urging: {hours: "07:30-17:00", only_working_days: true, flapping: 3}

            """, to: "dondoc.yaml")
        try directory.write(
            """
            code,name,level,parent,valid_from,valid_to,contacts,aliases,head_contacts
            H52,UBND tỉnh Sơn La,province,,2000-01-01,,,,
            H52.07,Sở Bảy,department,H52,2000-01-01,,so7@sonla.example,,giamdoc7@sonla.example
            H52.08,Sở Tám,department,H52,2000-01-01,,so8@sonla.example,,
            H52.20,Huyện Cũ,district,H52,2000-01-01,2025-06-30,huyen@sonla.example,,
            H52.101,Xã Mới,commune,H52,2025-07-01,,xa@sonla.example,,

            """, to: "agencies.csv")
        try directory.write("predecessor,successor,effective,measures,note\nH52.20,H52.101,2025-07-01,,NQ 1681\n", to: "successions.csv")
        try directory.copy(repository("config/calendar.yaml"), to: "calendar.yaml")
        let measures = ["online.above", "online.below", "signed.above", "signed.below"].map { id in
            "  - {id: \(id), title: {vi: Số \(id), en: \(id)}, scheme: \(id.hasPrefix("signed") ? "admin15" : "calendar")}\n"
        }
        try directory.write("measures:\n" + measures.joined(), to: "measures.yaml")
        let indicators = [("dossier.online", "online", "calendar"), ("doc.signed", "signed", "admin15")].map { id, measure, scheme in
            """
              - id: \(id)
                title: {vi: Tỷ lệ \(measure), en: Share \(measure)}
                clause: "(g)"
                direction: higher
                unit: percent
                scheme: \(scheme)
                definitions:
                  - {version: 1, numerator: \(measure).above, denominator: \(measure).below, wording: {vi: Tỷ lệ, en: Share}, legal_basis: Thử nghiệm}

            """
        }
        try directory.write("indicators:\n" + indicators.joined(), to: "indicators.yaml")
        try directory.write(
            """
            targets:
              - {indicator: dossier.online, warning: 80, critical: 50, from: 2024-12-01, legal_basis: Ngưỡng thử nghiệm}
              - {indicator: doc.signed, warning: 80, from: 2024-12-15, legal_basis: Ngưỡng thử nghiệm}

            """, to: "targets.yaml")
        try directory.write(
            """
            rules:
              - {id: online, kind: threshold, indicators: [dossier.online]}
              - {id: signed, kind: threshold, indicators: [doc.signed]}
              - {id: missing, kind: not-reported, indicators: [dossier.online], due: 5, from: 2024-12-01}

            """, to: "rules.yaml")
        try FileManager.default.createDirectory(atPath: directory.file("sources.d"), withIntermediateDirectories: true)
        try directory.copy(repository("config/templates"), to: "templates")
    }
}
