import Model
import Store
import TestSupport

/// A random life of the audited province: deliveries that come late, correct earlier ones, withdraw figures to "unknown", in days, weeks and
/// months of both schemes; alerts that come and go.
struct AuditHistory {
    struct Step {
        let at: Instant
        let observations: [Observation]
        let transition: Transition?
    }

    static let key = AlertKey(rule: "due", subject: "share", agency: Audit.agency)

    private(set) var steps: [Step] = []

    init(_ random: inout SeededNumbers) {
        var at = instant("2026-06-01T02:15")
        var pool: [Observation] = []
        for number in 0..<40 {
            var observations: [Observation] = []
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                if Int.random(in: 0..<3, using: &random) == 0, let known = pool.randomElement(using: &random) {
                    observations.append(Observation(cell: known.cell, value: AuditHistory.value(&random)))
                } else {
                    let new = AuditHistory.observation(&random)
                    pool.append(new)
                    observations.append(new)
                }
            }
            // Ingest refuses a second value of a cell in one delivery.
            var seen: Set<CellKey> = []
            observations.removeAll { !seen.insert($0.cell).inserted }
            steps.append(Step(at: at, observations: observations, transition: number % 7 == 3 ? AuditHistory.transition(number, at) : nil))
            // Two deliveries may come in the same millisecond.
            at = at + .seconds([0, 60, 86_400, 400_000].randomElement(using: &random) ?? 0)
        }
    }

    /// Everything that was delivered, for the model to replay.
    var model: DayByDayModel {
        var model = DayByDayModel()
        for step in steps { model.record(at: step.at, step.observations) }
        return model
    }

    /// Brings what had come by an instant to a store, which may be packed in between.
    func feed(_ store: Store, until then: Instant, packing: Bool = false) async throws {
        for (number, step) in steps.enumerated() where step.at <= then {
            if packing, number % 9 == 5 { _ = try await store.pack(endedBefore: day("2026-08-01") + number) }
            try await Audit.record(step.observations, in: store, at: step.at)
            if let transition = step.transition { try await store.commit(Judgement(transitions: [transition], at: step.at)) }
        }
    }

    private static func observation(_ random: inout SeededNumbers) -> Observation {
        let id = ["received", "online", "eligible", "resolved", "open"].randomElement(using: &random) ?? "online"
        let day = day("2026-05-20") + Int.random(in: 0..<120, using: &random)
        var range = DayRange(day)
        if id != "resolved" {
            let scheme: PeriodScheme = Bool.random(using: &random) ? .calendar : .admin15
            let kind: Period.Kind = [.day, .day, .day, .week, .month, .quarter].randomElement(using: &random) ?? .day
            range = Period(kind, containing: day, scheme: scheme)?.range ?? range
        }
        return Audit.observation(id, range, value(&random), of: ["H52.01", "H52.02"].randomElement(using: &random) ?? "H52.01")
    }

    private static func value(_ random: inout SeededNumbers) -> Int64? {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: nil
        case 1: 0
        default: Int64.random(in: 1...90, using: &random)
        }
    }

    private static func transition(_ number: Int, _ at: Instant) -> Transition {
        let facts = Reason.NotReported(period: period("2026-07"), due: day("2026-08-04"), ever: false, legalBasis: "")
        let fires = number % 2 == 1
        return Transition(
            key: key, from: number == 3 ? nil : (fires ? .resolved : .firing), to: fires ? .firing : .resolved, severity: .warning, at: at,
            period: facts.period, reason: fires ? .notReported(facts) : .reported(facts))
    }
}
