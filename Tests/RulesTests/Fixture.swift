import Model
import Rules
import Synchronization
import TestSupport

/// Short ways to say agencies, readings and scenes.
enum Fixture {
    static let agency = Agency(code: code("H52.01"), name: "Sở Xây dựng", level: .department, validFrom: day("2020-01-01"))
    static let august = month("2026-08")
    static let now = Instant(day("2026-11-23"), hour: 8, minute: 0)
    static let calendar = WorkCalendar(years: [2026: .confirmed], daysOff: [day("2026-09-02"): "Quốc khánh"])

    static func code(_ text: String) -> AgencyCode { AgencyCode(text) ?? fail(text) }
    static func day(_ text: String) -> Day { Day(text) ?? fail(text) }
    static func id(_ text: String) -> MeasureID { MeasureID(text) ?? fail(text) }
    static func month(_ text: String) -> Period { Period(text) ?? fail(text) }
    static func number(_ text: String) -> ExactDecimal { ExactDecimal(text) ?? fail(text) }

    static func indicator(_ id: String = "online", _ direction: Indicator.Direction = .higherIsBetter, unit: Indicator.Unit = .percent) -> Indicator {
        let definition = Indicator.Definition(
            version: 1, numerator: Expression("part") ?? fail(""), denominator: Expression("whole"),
            wording: LocalizedText(vietnamese: "", english: ""), legalBasis: "")
        return Indicator(
            id: id, title: LocalizedText(vietnamese: "", english: ""), clause: "", direction: direction, unit: unit, scheme: .calendar,
            period: .month,
            definitions: [definition])
    }

    static func reading(
        _ part: Int64? = nil, _ whole: Int64? = nil, _ state: Reading.State = .figure, days: Int = 31, provisional: Bool = false,
        agency: AgencyCode = agency.code, period: Period = august, version: Int = 1
    ) -> Reading {
        Reading(
            indicator: "online", definitionVersion: version, agency: agency, period: period, state: state, numerator: part, denominator: whole,
            coverage: Coverage(days: days, of: 31), isProvisional: provisional)
    }

    static func target(
        _ warning: String? = "90", _ critical: String? = "80", minimum: Int64 = 1, clear: String? = nil, scope: Target.Scope = .everyone,
        from: String = "2020-01-01"
    ) -> Target {
        Target(
            indicator: "online", scope: scope, warning: warning.map(number), critical: critical.map(number), clear: clear.map(number),
            minimumDenominator: minimum,
            effectiveFrom: day(from), legalBasis: "QĐ 766/QĐ-TTg")
    }

    static func scene(
        agencies: [Agency] = [agency], targets: [Target] = [target()], calendar: WorkCalendar = calendar, now: Instant = now,
        lastDays: [MeasureID: [AgencyCode: Day]] = [:], sources: [String: SourceState] = [:], sourceMeasures: [String: Set<MeasureID>] = [:],
        sourceAgencies: [String: Set<AgencyCode>] = [:], reportedEver: [MeasureID: Set<AgencyCode>] = [:],
        restatements: [Reason.Restated.Change] = [], silences: [Silence] = [],
        reading: @escaping @Sendable (AgencyCode, Period) -> Reading = { reading(nil, nil, .notReported, agency: $0, period: $1) }
    ) -> Scene {
        Scene(
            register: Register(agencies: agencies), targets: Targets(targets), calendar: calendar, now: now, reading: { reading($1, $2) },
            lastDays: lastDays, sources: sources, reportedEver: reportedEver, sourceMeasures: sourceMeasures, sourceAgencies: sourceAgencies,
            restatements: restatements, silences: silences)
    }

    static func fail<T>(_ text: String) -> T { preconditionFailure("the fixture is wrong: \(text)") }
}

extension Condition {
    /// The kind of condition and its severity, for tables: `breach critical`.
    var short: String {
        switch self {
        case .breach(let severity, _): "breach \(severity)"
        case .suspected(let severity, _): "suspected \(severity)"
        case .clear: "clear"
        case .undecided: "undecided"
        }
    }
}
