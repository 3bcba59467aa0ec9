import Model

/// Writes the catalogue as the tables of docs/indicators.md, so that the page and the files cannot part.
public enum CatalogueTable {
    /// The line of docs/indicators.md below which everything is written by `markdown`.
    public static let mark = "<!-- Written from config/ by a test: UPDATE_GOLDEN=1 swift test --filter CatalogueTests -->\n"

    /// The indicators in their order, then the exact wording and basis of each definition, then the measures by id.
    public static func markdown(indicators: [Indicator], measures: [MeasureID: Measure]) -> String {
        overview(indicators) + definitions(indicators) + table(of: measures)
    }

    private static func overview(_ indicators: [Indicator]) -> String {
        let rows = indicators.map { indicator in
            let direction = indicator.direction == .higherIsBetter ? "↑" : "↓"
            let title = "\(cell(indicator.title.vietnamese))<br>\(cell(indicator.title.english))"
            let cells = [
                "[`\(indicator.id)`](#\(anchor(indicator.id)))", title, cell(indicator.clause), direction, indicator.unit.rawValue,
                "\(indicator.period.rawValue), \(indicator.scheme.rawValue)",
            ]
            return row(cells)
        }
        return "\n## Indicators\n\n" + row(["id", "title", "clause", "good", "unit", "period"]) + row(Array(repeating: "---", count: 6))
            + rows.joined()
    }

    private static func definitions(_ indicators: [Indicator]) -> String {
        "\n## Definitions\n"
            + indicators.map { indicator in
                "\n### \(indicator.id)\n" + indicator.definitions.map(definition).joined()
            }.joined()
    }

    private static func definition(_ definition: Indicator.Definition) -> String {
        var lines = ["", "Version \(definition.version), \(effective(definition)):", "", "* numerator `\(definition.numerator)`"]
        if let denominator = definition.denominator { lines.append("* denominator `\(denominator)`") }
        lines += ["* \(definition.wording.vietnamese)", "* \(definition.wording.english)"]
        if let reported = definition.reportedPercent { lines.append("* compared with the source's own `\(reported)`") }
        lines.append("* căn cứ: \(definition.legalBasis)")
        return lines.joined(separator: "\n") + "\n"
    }

    /// The last day is inclusive, as in the file.
    private static func effective(_ definition: Indicator.Definition) -> String {
        switch (definition.effectiveFrom, definition.effectiveTo.map { $0 - 1 }) {
        case (nil, nil): "in force for all periods"
        case (let from?, nil): "in force from \(from)"
        case (nil, let to?): "in force until \(to)"
        case (let from?, let to?): "in force from \(from) to \(to)"
        }
    }

    private static func table(of measures: [MeasureID: Measure]) -> String {
        let rows = measures.values.sorted { $0.id < $1.id }.map { measure in
            let unit = measure.unit.vietnamese == measure.unit.english ? measure.unit.english : "\(measure.unit.vietnamese) / \(measure.unit.english)"
            let decimals = measure.scale == 0 ? "" : ", \(measure.scale) decimals"
            return row([
                "`\(measure.id)`", "\(cell(measure.title.vietnamese))<br>\(cell(measure.title.english))", kind(measure.kind), cell(unit) + decimals,
            ])
        }
        return "\n## Measures\n\n" + row(["id", "title", "kind", "unit"]) + row(Array(repeating: "---", count: 4)) + rows.joined()
    }

    private static func kind(_ kind: Measure.Kind) -> String {
        switch kind {
        case .flow: "flow"
        case .stock: "stock"
        case .cumulative(let scheme): "cumulative since \(scheme.rawValue)"
        }
    }

    /// How readers of Markdown name the place of a heading.
    private static func anchor(_ heading: String) -> String { heading.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" } }

    private static func cell(_ text: String) -> String { text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }

    private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |\n" }
}
