import Indicators
import Model
import TestSupport
import Testing

/// Short ways to say cells, measures and indicators.
enum Fixture {
    static let agency = code("H52.01")
    static let august = month("2026-08")
    static let today = day("2026-11-23")
    static let calendar = WorkCalendar(years: [2026: .confirmed], daysOff: [day("2026-09-02"): "Quốc khánh"])

    static func code(_ text: String) -> AgencyCode { AgencyCode(text) ?? fail(text) }
    static func day(_ text: String) -> Day { Day(text) ?? fail(text) }
    static func id(_ text: String) -> MeasureID { MeasureID(text) ?? fail(text) }
    static func month(_ text: String, _ scheme: PeriodScheme = .calendar) -> Period { Period(text, scheme: scheme) ?? fail(text) }

    /// Days are inclusive, as people write them.
    static func cell(_ first: String, _ last: String, _ value: Int64?) -> Cell {
        Cell(range: DayRange(start: day(first), end: day(last) + 1) ?? fail(first), value: value, delivery: DeliveryID(1))
    }

    static func measure(_ text: String, _ kind: Measure.Kind = .flow, scale: Int = 0) -> Measure {
        Measure(id: id(text), title: LocalizedText(vietnamese: text, english: text), kind: kind, scale: scale)
    }

    static func indicator(
        _ numerator: String, over denominator: String? = nil, unit: Indicator.Unit = .percent, reported: String? = nil,
        from: Day? = nil, to: Day? = nil
    ) -> Indicator {
        let definition = Indicator.Definition(
            version: 1, effectiveFrom: from, effectiveTo: to, numerator: Expression(numerator) ?? fail(numerator),
            denominator: denominator.map { Expression($0) ?? fail($0) }, wording: LocalizedText(vietnamese: "", english: ""),
            reportedPercent: reported.map(id), legalBasis: "")
        return Indicator(
            id: "sample", title: LocalizedText(vietnamese: "", english: ""), clause: "", direction: .higherIsBetter, unit: unit, scheme: .calendar,
            period: .month, definitions: [definition])
    }

    /// The reading of August 2026 unless another period is named.
    static func reading(
        _ indicator: Indicator, _ cells: [String: [Cell]], measures: [Measure] = [], period: Period = august, today: Day = today
    ) -> Reading {
        var known = Dictionary(cells.keys.map { (id($0), measure($0)) }, uniquingKeysWith: { first, _ in first })
        for measure in measures { known[measure.id] = measure }
        let table = CellTable(Dictionary(uniqueKeysWithValues: cells.map { (id($0.key), [agency: $0.value]) }))
        return Calculator(measures: known, calendar: calendar).reading(of: indicator, agency: agency, over: period, from: table, today: today)
    }

    static func fail<T>(_ text: String) -> T { preconditionFailure("the fixture is wrong: \(text)") }
}
