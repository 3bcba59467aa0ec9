import Ingest
import Model
import TestSupport

/// A province of departments that share names, moved and vanished, with one measure of each kind; the day is 2026-11-23.
enum Province {
    static let today = day("2026-11-23")
    static let july = days("2026-07-01", "2026-07-31")
    static let received = "dossiers.received"
    static let online = "dossiers.received.online"
    static let percent = "dossiers.percent"

    static let register = Register(agencies: [
        agency("H52", "UBND tỉnh Sơn La", .province),
        agency("H52.01", "Sở Nội vụ", .department, aliases: ["SNV", "Sở Nội vụ tỉnh"]),
        agency("H52.02", "Sở Tài chính", .department),
        agency("H52.03", "Sở Thông tin và Truyền thông", .department, to: "2025-03-01"),
        agency("H52.41", "Xã Mường La", .commune),
        agency("H52.42", "Xã Tân Lập", .commune),
        agency("H52.43", "Xã Tân Lập", .commune),
        // A foreign province's department that was put into the register by mistake still has the wrong root.
        agency("H01.05", "Sở Tư pháp", .department),
    ])

    static let measures = Dictionary(
        [
            measure(received), measure(online), measure(percent, scale: 2), measure("staff", .stock),
            measure("documents.signed", scheme: .admin15), measure("portal.visits", .cumulative(since: .calendar)),
            measure("services.used", .cumulative(since: .admin15)),
        ].map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    static let indicators = [
        Indicator(
            id: "dossier.online", title: LocalizedText(vietnamese: "", english: ""), clause: "", direction: .higherIsBetter, unit: .percent,
            scheme: .calendar, period: .month,
            definitions: [
                Indicator.Definition(
                    version: 1, numerator: Expression([Expression.Term(measure: TestSupport.measure(online))]),
                    denominator: Expression([Expression.Term(measure: TestSupport.measure(received))]),
                    wording: LocalizedText(vietnamese: "", english: ""), reportedPercent: TestSupport.measure(percent), legalBasis: "")
            ])
    ]

    /// Checks rows of the source `one-stop`; `known` are stored cells of H52.01.
    static func check(_ rows: [Row], known: [String: [(DayRange, Int64?)]] = [:]) -> Checked {
        Ingest.check(rows, from: "one-stop", in: context(known))
    }

    static func context(_ known: [String: [(DayRange, Int64?)]] = [:]) -> IngestContext {
        let cells = known.map { id, values in
            (TestSupport.measure(id), [code("H52.01"): values.map { Cell(range: $0.0, value: $0.1, delivery: DeliveryID(1)) }])
        }
        return IngestContext(
            register: register, measures: measures, indicators: indicators, province: code("H52"), today: today,
            known: CellTable(Dictionary(cells, uniquingKeysWith: { first, _ in first })))
    }

    /// A row of H52.01 in July, standing at `$[0]`, but for what is named.
    static func row(
        _ measure: String = received, _ value: RowValue = .number(ExactDecimal(7)), agency: Row.Subject = .code("H52.01"), in range: DayRange = july,
        at place: String = "$[0]"
    ) -> Row {
        Row(subject: agency, measure: measure, range: range, value: value, place: place)
    }

    static func row(_ measure: String, _ value: Int64, in range: DayRange = july, at place: String = "$[0]") -> Row {
        row(measure, .number(ExactDecimal(value)), in: range, at: place)
    }

    /// What is said of `row()` by default.
    static func finding(
        _ kind: Finding.Kind, agency: String = "H52.01", measure: String = received, in range: DayRange = july, at place: String = "$[0]",
        found: String? = nil, expected: String? = nil
    ) -> Finding {
        Finding(kind, source: "one-stop", agency: agency, measure: measure, range: range, place: place, found: found, expected: expected)
    }

    static func observation(_ measure: String, _ value: Int64?, agency: String = "H52.01", in range: DayRange = july) -> Observation {
        Observation(cell: CellKey(agency: code(agency), measure: TestSupport.measure(measure), range: range), value: value)
    }

    private static func agency(_ text: String, _ name: String, _ level: Agency.Level, to: String? = nil, aliases: [String] = []) -> Agency {
        Agency(code: code(text), name: name, level: level, validFrom: day("2000-01-01"), validTo: to.map(day), aliases: aliases)
    }

    private static func measure(_ text: String, _ kind: Measure.Kind = .flow, scale: Int = 0, scheme: PeriodScheme = .calendar) -> Measure {
        Measure(
            id: TestSupport.measure(text), title: LocalizedText(vietnamese: text, english: text), kind: kind, scale: scale, scheme: scheme)
    }
}
