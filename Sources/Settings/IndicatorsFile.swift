import Model

/// Reads indicators.yaml: the catalogue of the dispatch.
struct IndicatorsFile {
    let files: YAMLFile
    let measures: KnownMeasures

    /// In the order of the file; nil when it could not be read. An indicator whose entry has a problem is among them without definitions, so
    /// that references to it are not called unknown on top of it.
    func read() -> [Indicator]? {
        guard let file = files.reader("indicators.yaml") else { return nil }
        defer { file.finish() }
        guard file.has("indicators") else {
            file.problem(nil, "'indicators' is missing")
            return nil
        }
        var seen: Set<String> = []
        return (file.readers("indicators") ?? []).compactMap { reader in
            defer { reader.finish() }
            guard let indicator = indicator(reader) else { return nil }
            if !seen.insert(indicator.id).inserted { reader.problem("id", "the indicator '\(indicator.id)' stands twice; ids must differ") }
            return indicator
        }
    }

    private func indicator(_ reader: SettingsReader) -> Indicator? {
        let id = reader.identifier("id")
        let title = reader.requiredLocalized("title")
        let clause = reader.requiredString("clause") ?? ""
        let direction = reader.requiredChoice("direction", Indicator.Direction.self)
        let unit = reader.requiredChoice("unit", Indicator.Unit.self)
        let scheme = reader.choice("scheme", PeriodScheme.self)
        let period = reader.choice("period", Period.Kind.self)
        let context = DefinitionReader(unit: unit, scheme: scheme ?? (reader.has("scheme") ? nil : .calendar), measures: measures)
        let blocks = reader.requiredReaders("definitions")
        let definitions = blocks.compactMap { context.read($0) }
        if reader.has("definitions"), blocks.isEmpty { reader.problem("definitions", "'definitions' must hold at least one definition") }
        guard let id else { return nil }
        let isSound = title != nil && direction != nil && unit != nil && definitions.count == blocks.count
        return Indicator(
            id: id, title: title ?? LocalizedText(vietnamese: id, english: id), clause: clause, direction: direction ?? .higherIsBetter,
            unit: unit ?? .count, scheme: scheme ?? .calendar, period: period ?? .month, definitions: isSound ? inOrder(definitions) : [])
    }

    /// Definitions by their effective days; versions and days must not repeat.
    private func inOrder(_ definitions: [(Indicator.Definition, SettingsReader)]) -> [Indicator.Definition] {
        let ordered = definitions.sorted { ($0.0.effectiveFrom ?? Day.supported.lowerBound) < ($1.0.effectiveFrom ?? Day.supported.lowerBound) }
        for (earlier, later) in zip(ordered, ordered.dropFirst()) {
            let start = later.0.effectiveFrom ?? Day.supported.lowerBound
            if earlier.0.effectiveTo.map({ start < $0 }) ?? true {
                later.1.problem(
                    later.1.has("from") ? "from" : "version",
                    "the days of version \(later.0.version) overlap those of version \(earlier.0.version); end the earlier one with 'to'")
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
    /// Nil when it is wrong itself, which is a problem already.
    let unit: Indicator.Unit?
    let scheme: PeriodScheme?
    let measures: KnownMeasures

    /// With its reader, because overlaps show only when all definitions are known; nil when something in it is wrong.
    func read(_ reader: SettingsReader) -> (Indicator.Definition, SettingsReader)? {
        defer { reader.finish() }
        let version = reader.integer("version", in: 1...1000)
        let (from, to) = reader.effectiveDays()
        let numerator = expression("numerator", reader)
        let denominator = expression("denominator", reader)
        for key in ["version", "numerator"] where !reader.has(key) { reader.problem(nil, "'\(key)' is missing") }
        checkUnit(numerator, denominator, reader)
        let wording = reader.requiredLocalized("wording")
        let reported = reader.string("reported_percent").flatMap { measure($0, "reported_percent", reader) }
        if reported != nil, let unit, unit != .percent { reader.problem("reported_percent", "'reported_percent' is only for unit: percent") }
        let basis = reader.requiredString("legal_basis")
        guard let version, let numerator, let wording, let basis else { return nil }
        let definition = Indicator.Definition(
            version: version, effectiveFrom: from, effectiveTo: to, numerator: numerator, denominator: denominator, wording: wording,
            reportedPercent: reported, legalBasis: basis)
        return (definition, reader)
    }

    private func checkUnit(_ numerator: Expression?, _ denominator: Expression?, _ reader: SettingsReader) {
        guard let unit else { return }
        if unit.isRatio, !reader.has("denominator") { reader.problem(nil, "'denominator' is missing; unit '\(unit.rawValue)' divides by it") }
        if !unit.isRatio, denominator != nil { reader.problem("denominator", "unit '\(unit.rawValue)' has no denominator; leave it out") }
        if unit == .count { checkWhole(numerator, reader) }
        if unit == .daysSince, let numerator, numerator.terms.count != 1 {
            reader.problem("numerator", "unit 'days-since' looks at exactly one measure")
        }
    }

    /// Counts are printed without decimals, so what they add must have none.
    private func checkWhole(_ numerator: Expression?, _ reader: SettingsReader) {
        for term in numerator?.terms ?? [] {
            guard let measure = measures.all[term.measure], measure.scale > 0 else { continue }
            reader.problem("numerator", "'\(measure.id)' has \(measure.scale) decimals, but unit 'count' adds whole numbers; it needs scale: 0")
        }
    }

    private func expression(_ key: String, _ reader: SettingsReader) -> Expression? {
        let expression = reader.value(key, expected: "measures joined by + and -, such as \"a.b + c.d? - e.f\"") { Expression($0) }
        for term in expression?.terms ?? [] { _ = measure(term.measure.text, key, reader) }
        return expression
    }

    private func measure(_ text: String, _ key: String, _ reader: SettingsReader) -> MeasureID? {
        guard let id = measures.resolve(text, report: { reader.problem(key, $0) }) else { return nil }
        guard let scheme, let measure = measures.all[id] else { return id }
        if case .cumulative(let since) = measure.kind, since != scheme {
            reader.problem(key, "'\(text)' runs since the start of the \(since.rawValue) year, but the indicator's periods are \(scheme.rawValue)")
        } else if measures.boundToScheme.contains(id), measure.scheme != scheme {
            reader.problem(
                key,
                "'\(text)' has scheme \(measure.scheme.rawValue) in measures.yaml, but the indicator's periods are \(scheme.rawValue); "
                    + "months of one scheme cannot be made from those of the other")
        }
        return id
    }
}

extension SettingsReader {
    /// As `localized`, but an absent key is a problem.
    func requiredLocalized(_ key: String) -> LocalizedText? {
        if !has(key) { problem(nil, "'\(key)' is missing") }
        return localized(key)
    }

    /// As `choice`, but an absent key is a problem that names the choices.
    func requiredChoice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        if !has(key) { problem(nil, "'\(key)' is missing, expected one of \(T.allCases.map(\.rawValue).joined(separator: ", "))") }
        return choice(key, type)
    }

    /// As `readers`, but an absent key is a problem and gives no entries.
    func requiredReaders(_ key: String) -> [SettingsReader] {
        if !has(key) { problem(nil, "'\(key)' is missing") }
        return readers(key) ?? []
    }
}
