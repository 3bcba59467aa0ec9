import Model

/// One measure of one agency over time, as cells.
public enum SeriesReport {
    public static let layout = ReportLayout(
        "series",
        [
            ReportColumn("from", "Từ ngày", "From", "the first day"),
            ReportColumn("through", "Đến ngày", "Through", "the last day, inclusive"),
            ReportColumn("days", "Số ngày", "Days", "how many days the value covers"),
            ReportColumn("value", "Giá trị", "Value", "the exact value; empty when the source says it does not know"),
            ReportColumn("state", "Tình trạng", "State", "known or unknown"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "the delivery that brought it, D42"),
        ])

    /// Cells in any order; they are printed by day, the longer interval after the shorter one.
    public static func sheet(_ cells: [Cell], of measure: Measure, agency: Agency, asOf: Instant? = nil, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = cells.sorted { $0.range < $1.range }.map { cell in
            [
                .day(cell.range.start), .day(cell.range.last), .count(cell.range.span), value(cell.value, measure), state(cell, language),
                .text(cell.delivery.description),
            ]
        }
        let unit = measure.unit[language]
        let notes =
            (unit.isEmpty ? [] : [language.choose("Đơn vị tính: \(unit).", "Unit: \(unit).")]) + (asOf.map { [Remarks.known($0, language)] } ?? [])
        let title = "\(agency.name) (\(agency.code)) – \(measure.title[language]) (\(measure.id))"
        return layout.sheet(title, language, rows: rows, notes: notes)
    }

    /// A stored value at its measure's scale; missing when the source does not know it.
    static func value(_ units: Int64?, _ measure: Measure?) -> Sheet.Value {
        guard let units else { return .missing }
        guard let scale = measure?.scale, scale > 0 else { return .integer(units) }
        return .decimal(ExactDecimal(units: units, scale: scale))
    }

    private static func state(_ cell: Cell, _ language: Language) -> Sheet.Value {
        cell.value == nil
            ? .code("unknown", title: language.choose("Nguồn chưa rõ", "Unknown"), tone: .warning)
            : .code("known", title: language.choose("Có số liệu", "Known"), tone: .plain)
    }
}
