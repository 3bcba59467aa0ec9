import Model
import Rules

/// One rule, judged day by day from figures that may be missing, as the daemon does: its alerts are carried from one judging to the next.
struct Life {
    private typealias F = Fixture
    let rule: any Rule
    var agencies = [Fixture.agency]
    var restatements: [Reason.Restated.Change] = []
    /// Of some months another part than `judge` says.
    var parts: [String: Int64] = [:]
    /// The first day on which figures were changed since the last judging.
    var touched: Day?
    private(set) var alerts: [AlertKey: Alert] = [:]
    private var judgedThrough: [String: Period] = [:]

    init(_ rule: any Rule, agencies: [Agency] = [Fixture.agency]) {
        self.rule = rule
        self.agencies = agencies
    }

    /// Judges at eight of a day, and says what alerts went through.
    ///
    /// - Parameters:
    ///   - missing: The months without figures; every other one has them.
    ///   - part: How many of a hundred each figure is.
    mutating func judge(on day: String, missing: [String] = [], part: Int64 = 100) -> [String] {
        let none = Set(missing.map(F.month))
        let parts = self.parts
        let scene = F.scene(agencies: agencies, now: Instant(F.day(day), hour: 8, minute: 0), restatements: restatements) { agency, period in
            none.contains(period)
                ? F.reading(nil, nil, .notReported, agency: agency, period: period)
                : F.reading(parts["\(period)"] ?? part, 100, agency: agency, period: period)
        }
        let due = Judge.runs(
            [rule], judgedThrough: judgedThrough, firstDay: nil, today: scene.today, calendar: F.calendar,
            touched: touched.map { Touched(firstDays: [F.id("part"): $0]) } ?? .nothing)
        let runs = Judge.runs(due, heeding: Array(alerts.values), register: scene.register)
        let outcome = Judge.judge(runs, rules: [rule], alerts: alerts.values.sorted { $0.key < $1.key }, scene: scene)
        for (track, period) in outcome.judgedThrough { judgedThrough[track] = period }
        for transition in outcome.transitions { alerts[transition.key] = transition.alert }
        return outcome.transitions.map { "\($0.to) \($0.period.map { "\($0)" } ?? "-")\(Life.earlier($0.reason))" }
    }

    /// Does what an operator says to the only alert.
    mutating func order(_ order: AlertOrder, on day: String) throws {
        for (key, alert) in alerts {
            var machine = AlertMachine(key: key, alert: alert)
            let actor = AlertActor(name: "Trực", why: "đã biết")
            alerts[key] = try machine.handle(order, by: actor, at: Instant(F.day(day), hour: 9, minute: 0)).alert
        }
    }

    private static func earlier(_ reason: Reason) -> String {
        guard case .notReported(let facts) = reason, !facts.earlier.isEmpty else { return "" }
        return " and \(facts.earlier.map(\.description).joined(separator: ", "))"
    }
}
