import Model

/// The figures that a letter speaks of as a CSV file, for those who reckon with them.
enum FigureTable {
    /// One line a judged figure, the sheet in UTF-8 with a byte order mark, without which spreadsheets take Vietnamese for another encoding. Nil when
    /// the letter speaks of no figure.
    static func attachment(_ notice: Notice, _ catalogue: LetterCatalogue, _ language: Language) -> Attachment? {
        let rows = notice.transitions.compactMap { row($0, catalogue, language) }
        guard !rows.isEmpty else { return nil }
        let header = [
            "reference", "indicator", "agency", "agency_name", "from", "to", "state", "figure", "numerator", "denominator", "unit", "bound",
        ]
        let lines = ([header] + rows).map { $0.map(quoted).joined(separator: ",") + "\r\n" }
        let name = (language == .vietnamese ? "so-lieu" : "figures") + (notice.agency.map { "-\($0.code.text)" } ?? "") + ".csv"
        return Attachment(name: name, mediaType: "text/csv; charset=utf-8", bytes: [0xEF, 0xBB, 0xBF] + Array(lines.joined().utf8))
    }

    private static func row(_ transition: Transition, _ catalogue: LetterCatalogue, _ language: Language) -> [String]? {
        guard let judged = transition.reason.judged else { return nil }
        let reading = judged.reading
        return [
            transition.key.description, catalogue.title(of: reading.indicator, language), reading.agency.text, catalogue.name(of: reading.agency),
            reading.period.range.start.description, reading.period.range.last.description, transition.to.rawValue,
            reading.figure(in: judged.unit)?.description ?? "", reading.numerator.map { String($0) } ?? "",
            reading.denominator.map { String($0) } ?? "", judged.unit.rawValue, judged.bound.description,
        ]
    }

    /// Quoted where a separator asks for it; a text that a spreadsheet would take for a formula gets an apostrophe before it.
    private static func quoted(_ field: String) -> String {
        let isFormula = field.first.map { "=+@".contains($0) } ?? false
        let field = (isFormula ? "'" : "") + HeaderText.cleaned(field)
        return field.contains(where: { ",\"".contains($0) }) ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
    }
}
