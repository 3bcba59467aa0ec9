import Model

/// Reads measures.yaml and indicators.yaml: the catalogue of the dispatch.
struct CatalogueFiles {
    let files: YAMLFile

    func measures() -> [MeasureID: Measure] {
        guard let file = files.reader("measures.yaml") else { return [:] }
        defer { file.finish() }
        var measures: [MeasureID: Measure] = [:]
        for reader in file.requiredReaders("measures") {
            defer { reader.finish() }
            let id = reader.identifier("id").flatMap { MeasureID($0) }
            let title = reader.requiredLocalized("title")
            let kind = kind(reader)
            let unit = reader.localized("unit") ?? LocalizedText(vietnamese: "", english: "")
            let scale = reader.integer("scale", in: 0...ExactDecimal.largestScale) ?? 0
            let scheme = reader.choice("scheme", PeriodScheme.self) ?? .calendar
            guard let id, let title, let kind else { continue }
            if measures[id] != nil { reader.problem("id", "the measure '\(id)' stands twice") }
            measures[id] = Measure(id: id, title: title, kind: kind, unit: unit, scale: scale, scheme: scheme)
        }
        return measures
    }

    private func kind(_ reader: SettingsReader) -> Measure.Kind? {
        let since = reader.choice("since", PeriodScheme.self)
        let kind = reader.value("kind", expected: "flow, stock or cumulative") { ["flow", "stock", "cumulative"].contains($0) ? $0 : nil }
        switch kind ?? (reader.has("kind") ? nil : "flow") {
        case "flow"?, "stock"?:
            if since != nil { reader.problem("since", "'since' is only for kind: cumulative") }
            return kind == "stock" ? .stock : .flow
        case "cumulative"?:
            if since == nil { reader.problem("kind", "'cumulative' needs 'since': calendar (1 January) or admin15 (15 December)") }
            return .cumulative(since: since ?? .calendar)
        default: return nil
        }
    }

    func indicators(measures: [MeasureID: Measure]) -> [Indicator] {
        guard let file = files.reader("indicators.yaml") else { return [] }
        defer { file.finish() }
        var seen: Set<String> = []
        return file.requiredReaders("indicators").compactMap { reader in
            defer { reader.finish() }
            guard let indicator = indicator(reader, measures: measures) else { return nil }
            if !seen.insert(indicator.id).inserted { reader.problem("id", "the indicator '\(indicator.id)' stands twice") }
            return indicator
        }
    }

    private func indicator(_ reader: SettingsReader, measures: [MeasureID: Measure]) -> Indicator? {
        let id = reader.identifier("id")
        let title = reader.requiredLocalized("title")
        let clause = reader.requiredString("clause") ?? ""
        let direction = reader.requiredChoice("direction", Indicator.Direction.self)
        let unit = reader.requiredChoice("unit", Indicator.Unit.self)
        let scheme = reader.choice("scheme", PeriodScheme.self) ?? .calendar
        let period = reader.choice("period", Period.Kind.self) ?? .month
        let context = DefinitionReader(unit: unit, scheme: scheme, measures: measures)
        let definitions = reader.requiredReaders("definitions").compactMap { context.read($0) }
        guard let id, let title, let direction, let unit, !definitions.isEmpty else { return nil }
        return Indicator(
            id: id, title: title, clause: clause, direction: direction, unit: unit, scheme: scheme, period: period,
            definitions: inOrder(definitions))
    }

    /// Definitions by their effective days; versions and days must not repeat.
    private func inOrder(_ definitions: [(Indicator.Definition, SettingsReader)]) -> [Indicator.Definition] {
        let ordered = definitions.sorted { ($0.0.effectiveFrom ?? Day.supported.lowerBound) < ($1.0.effectiveFrom ?? Day.supported.lowerBound) }
        for (earlier, later) in zip(ordered, ordered.dropFirst()) {
            let start = later.0.effectiveFrom ?? Day.supported.lowerBound
            if earlier.0.effectiveTo.map({ start < $0 }) ?? true {
                later.1.problem("from", "the days of version \(later.0.version) overlap those of version \(earlier.0.version)")
            }
            if earlier.0.version >= later.0.version {
                later.1.problem("version", "version \(later.0.version) must be above \(earlier.0.version), the one before it")
            }
        }
        return ordered.map(\.0)
    }
}

/// Reads one version of an indicator's definition.
private struct DefinitionReader {
    let unit: Indicator.Unit?
    let scheme: PeriodScheme
    let measures: [MeasureID: Measure]

    func read(_ reader: SettingsReader) -> (Indicator.Definition, SettingsReader)? {
        defer { reader.finish() }
        let version = reader.integer("version", in: 1...1000)
        if !reader.has("version") { reader.problem(nil, "'version' is missing") }
        let (from, to) = reader.effectiveDays()
        let numerator = expression("numerator", reader)
        if !reader.has("numerator") { reader.problem(nil, "'numerator' is missing") }
        if unit == .count { checkWhole(numerator, reader) }
        let denominator = expression("denominator", reader)
        if let unit, unit.isRatio, !reader.has("denominator") {
            reader.problem(nil, "'denominator' is missing; unit '\(unit.rawValue)' divides by it")
        }
        if let unit, !unit.isRatio, denominator != nil { reader.problem("denominator", "unit '\(unit.rawValue)' has no denominator") }
        if unit == .daysSince, let numerator, numerator.terms.count != 1 {
            reader.problem("numerator", "unit 'days-since' looks at exactly one measure")
        }
        let wording = reader.requiredLocalized("wording")
        let reported = reader.string("reported_percent").flatMap { measure($0, "reported_percent", reader) }
        let basis = reader.requiredString("legal_basis")
        guard let version, let numerator, let wording, let basis else { return nil }
        let definition = Indicator.Definition(
            version: version, effectiveFrom: from, effectiveTo: to, numerator: numerator, denominator: denominator, wording: wording,
            reportedPercent: reported, legalBasis: basis)
        return (definition, reader)
    }

    private func expression(_ key: String, _ reader: SettingsReader) -> Expression? {
        let expression = reader.value(key, expected: "measures joined by + and -, such as \"a.b + c.d? - e.f\"") { Expression($0) }
        for term in expression?.terms ?? [] { _ = measure(term.measure.text, key, reader) }
        return expression
    }

    /// Counts are printed without decimals, so what they add must have none.
    private func checkWhole(_ numerator: Expression?, _ reader: SettingsReader) {
        for term in numerator?.terms ?? [] {
            guard let measure = measures[term.measure], measure.scale > 0 else { continue }
            reader.problem("numerator", "'\(measure.id)' has \(measure.scale) decimals, but unit 'count' adds whole numbers; it needs scale: 0")
        }
    }

    private func measure(_ text: String, _ key: String, _ reader: SettingsReader) -> MeasureID? {
        guard let id = MeasureID(text), let measure = measures[id] else {
            let hint = TextFolding.nearest(to: text, among: measures.keys.map(\.text)).map { "; did you mean '\($0)'?" } ?? ""
            reader.problem(key, "there is no measure '\(text)' in measures.yaml\(hint)")
            return nil
        }
        if case .cumulative(let since) = measure.kind, since != scheme {
            reader.problem(key, "'\(text)' runs since the start of the \(since.rawValue) year, but the indicator's periods are \(scheme.rawValue)")
        }
        return id
    }
}

extension SettingsReader {
    func requiredLocalized(_ key: String) -> LocalizedText? {
        if !has(key) { problem(nil, "'\(key)' is missing") }
        return localized(key)
    }

    func requiredChoice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        if !has(key) { problem(nil, "'\(key)' is missing, expected one of \(T.allCases.map(\.rawValue).joined(separator: ", "))") }
        return choice(key, type)
    }

    func requiredReaders(_ key: String) -> [SettingsReader] {
        if !has(key) { problem(nil, "'\(key)' is missing") }
        return readers(key) ?? []
    }
}
