import Model

/// What a reader of figures must know about the agencies behind them.
public enum RegisterRemarks {
    /// A part of another agency came to this one: its earlier figures are not added, which breaks the series.
    static func breakNote(_ succession: Succession, _ register: Register, _ language: Language) -> String {
        let name = register.newest(succession.predecessor)?.name ?? succession.predecessor.text
        let day = Sheet.Value.day(succession.effective).words(language)
        let what = succession.measures.map(\.text).joined(separator: ", ")
        return succession.measures.isEmpty
            ? language.choose(
                "Ngắt chuỗi ngày \(day): chỉ một phần của \(name) (\(succession.predecessor)) chuyển về; số liệu cũ không được cộng.",
                "Break on \(day): only a part of \(name) (\(succession.predecessor)) came over; its earlier figures are not added.")
            : language.choose(
                "Ngắt chuỗi ngày \(day): \(what) chuyển về từ \(name) (\(succession.predecessor)); số liệu cũ không được cộng.",
                "Break on \(day): \(what) came over from \(name) (\(succession.predecessor)); its earlier figures are not added.")
    }

    /// The agency was formed inside a period: what its figures hold, and how to add its predecessors'.
    public static func formation(of agency: Agency, _ lineage: Lineage, register: Register, language: Language) -> [String] {
        let others = lineage.members.filter { $0 != agency.code }
        let breaks = lineage.breaks.map { breakNote($0, register, language) }
        guard !others.isEmpty else { return breaks }
        let names = others.map { "\(register.newest($0)?.name ?? $0.text) (\($0))" }.joined(separator: ", ")
        let day = Sheet.Value.day(agency.validFrom).words(language)
        return [
            language.choose(
                "Hình thành ngày \(day) từ \(names); số liệu ở đây chỉ của đơn vị mới. Cộng cả đơn vị cũ: dondoc rollup CHỈ_SỐ --agency \(agency.code) "
                    + "--with-predecessors.",
                "Formed on \(day) from \(names); the figures here are the new agency's alone. To add the former ones: dondoc rollup INDICATOR "
                    + "--agency \(agency.code) --with-predecessors.")
        ] + breaks
    }

    /// Predecessors were added in the periods before the agency existed: which, and what came over only in part.
    public static func added(to agency: Agency, _ lineage: Lineage, register: Register, language: Language) -> [String] {
        let others = lineage.members.filter { $0 != agency.code }
        let breaks = lineage.breaks.map { breakNote($0, register, language) }
        guard !others.isEmpty else { return breaks }
        let names = others.map { "\(register.newest($0)?.name ?? $0.text) (\($0))" }.joined(separator: ", ")
        return [
            language.choose(
                "Cộng cả số liệu của đơn vị trước đây: \(names).", "The figures of the former agencies are added: \(names).")
        ] + breaks
    }
}
