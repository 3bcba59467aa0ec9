/// Writes metric families as the text that Prometheus scrapes. Families without samples are left out.
public enum Exposition: String, CaseIterable, Sendable {
    /// Text format 0.0.4, which every scraper and node_exporter's textfile collector reads.
    case prometheus
    /// OpenMetrics 1.0.0, for scrapers that ask for it.
    case openMetrics

    public var mediaType: String {
        switch self {
        case .prometheus: "text/plain; version=0.0.4; charset=utf-8"
        case .openMetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8"
        }
    }

    /// What a scraper's Accept header asks for: OpenMetrics when it names it, otherwise the format that everybody reads.
    public init(accept: String?) {
        self = accept?.lowercased().contains("application/openmetrics-text") == true ? .openMetrics : .prometheus
    }

    /// The families in the order given; the same values always give the same bytes.
    public func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            // OpenMetrics names a counter's family without the suffix that its samples carry.
            let isBare = self == .openMetrics && family.kind == .counter && family.name.hasSuffix("_total")
            let name = isBare ? String(family.name.dropLast("_total".count)) : family.name
            text += "# HELP \(name) \(escapedHelp(family.help))\n# TYPE \(name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += family.name
                if !sample.labels.isEmpty {
                    text += "{" + sample.labels.map { "\($0.name)=\"\(Exposition.escaped($0.value))\"" }.joined(separator: ",") + "}"
                }
                text += " \(Exposition.number(sample.value))\n"
            }
        }
        if self == .openMetrics { text += "# EOF\n" }
        return text
    }

    private func escapedHelp(_ help: String) -> String {
        self == .openMetrics ? Exposition.escaped(help) : Exposition.escaped(help, quotes: false)
    }

    /// A backslash, a line feed and, in values, a quotation mark are written with a backslash.
    static func escaped(_ text: String, quotes: Bool = true) -> String {
        // Nearly all values need nothing.
        guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
        return text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\"" where quotes: escaped += "\\\""
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// The shortest text that reads back as the same number; whole numbers without a point.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value), whole.magnitude < 1 << 53 { return String(whole) }
        return "\(value)"
    }
}
