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
            ReportColumn("provisional", "Tạm tính", "Provisional", "yes while the month that holds its last day is open", isDetail: true),
        ])

    /// Cells in any order; they are printed by day, the longer interval after the shorter one. `today` decides which are provisional.
    public static func sheet(
        _ cells: [Cell], of measure: Measure, agency: Agency, today: Day, asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let rows: [[Sheet.Value]] = cells.sorted { $0.range < $1.range }.map { cell in
            let isOpen = Period(.month, containing: cell.range.last, scheme: measure.scheme).map { !$0.isClosed(on: today) } ?? false
            return [
                .day(cell.range.start), .day(cell.range.last), .count(cell.range.span), value(cell.value, measure), state(cell.value, language),
                .text(cell.delivery.description), .flag(isOpen, language, tone: isOpen ? .warning : .faint),
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

    /// Whether the source knows the value; what was never delivered has no row at all.
    static func state(_ value: Int64?, _ language: Language) -> Sheet.Value {
        value == nil
            ? .code("unknown", title: language.choose("Nguồn chưa rõ", "Unknown"), tone: .warning)
            : .code("known", title: language.choose("Có số liệu", "Known"), tone: .plain)
    }
}
