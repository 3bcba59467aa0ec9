import Model

/// The measures of measures.yaml, with what the files that refer to them need to know.
struct KnownMeasures {
    /// Also those whose entries have a problem, so that references to them are not called unknown on top of it.
    var all: [MeasureID: Measure] = [:]
    /// Those whose entry names a scheme: their figures come by its months, not by days.
    var boundToScheme: Set<MeasureID> = []
    /// False when the file or its list could not be read, so that nothing can be called unknown.
    var isReadable = true

    /// The measure a text names; nil with a problem, reported by `report`, when there is none.
    func resolve(_ text: String, report: (String) -> Void) -> MeasureID? {
        if let id = MeasureID(text), all[id] != nil || !isReadable { return id }
        let hint = TextFolding.didYouMean(text, among: all.keys.map(\.text))
        report("there is no measure '\(text)' in measures.yaml\(hint)")
        return nil
    }
}

/// Reads measures.yaml: what is counted.
struct MeasuresFile {
    let files: YAMLFile

    /// Everything in the file that has an id.
    func read() -> KnownMeasures {
        var known = KnownMeasures()
        guard let file = files.reader("measures.yaml") else {
            known.isReadable = false
            return known
        }
        defer { file.finish() }
        known.isReadable = file.has("measures")
        for reader in file.requiredReaders("measures") {
            defer { reader.finish() }
            let measure = measure(reader)
            guard let measure else { continue }
            if known.all.updateValue(measure, forKey: measure.id) != nil {
                reader.problem("id", "the measure '\(measure.id)' stands twice; ids must differ")
            }
            if reader.has("scheme") { known.boundToScheme.insert(measure.id) }
        }
        return known
    }

    /// Nil only when it has no id; other mistakes are problems and leave the usual in their place.
    private func measure(_ reader: SettingsReader) -> Measure? {
        let id = reader.identifier("id").flatMap { MeasureID($0) }
        let title = reader.requiredLocalized("title")
        let kind = kind(reader)
        let unit = reader.localized("unit") ?? LocalizedText(vietnamese: "", english: "")
        let scale = reader.integer("scale", in: 0...ExactDecimal.largestScale) ?? 0
        let scheme = reader.choice("scheme", PeriodScheme.self) ?? .calendar
        if case .cumulative(let since) = kind, reader.has("scheme"), reader.has("since"), since != scheme {
            reader.problem("scheme", "'scheme' is \(scheme.rawValue), but the running total begins with the \(since.rawValue) year; make them agree")
        }
        return id.map {
            Measure(
                id: $0, title: title ?? LocalizedText(vietnamese: $0.text, english: $0.text), kind: kind, unit: unit, scale: scale, scheme: scheme)
        }
    }

    private func kind(_ reader: SettingsReader) -> Measure.Kind {
        let since = reader.choice("since", PeriodScheme.self)
        switch reader.choice("kind", KindName.self) ?? .flow {
        case .cumulative:
            if !reader.has("since") { reader.problem("kind", "'cumulative' needs 'since': calendar (1 January) or admin15 (15 December)") }
            return .cumulative(since: since ?? .calendar)
        case let name:
            if reader.has("since") { reader.problem("since", "'since' is only for kind: cumulative; leave it out or change 'kind'") }
            return name == .stock ? .stock : .flow
        }
    }

    private enum KindName: String, CaseIterable {
        case flow, stock, cumulative
    }
}
