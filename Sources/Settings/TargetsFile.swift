import Model

/// Reads targets.yaml: the thresholds that the province has set. An empty list is fine: what is not set is shown as not set.
struct TargetsFile {
    let files: YAMLFile
    /// Nil when indicators.yaml could not be read, so that nothing can be called unknown.
    let indicators: [Indicator]?
    let register: Register?

    /// Without those that have a problem.
    func read() -> Targets {
        guard let file = files.reader("targets.yaml") else { return Targets([]) }
        defer { file.finish() }
        var targets: [Target] = []
        if !file.has("targets") { file.problem(nil, "'targets' is missing; write 'targets: []' for none") }
        for reader in file.readers("targets") ?? [] {
            defer { reader.finish() }
            guard let target = target(reader) else { continue }
            if targets.contains(where: { $0.indicator == target.indicator && $0.scope == target.scope && overlap($0, target) }) {
                reader.problem(
                    "from", "another target for '\(target.indicator)' and the same agencies is in force on some of these days; end one with 'to'")
            }
            targets.append(target)
        }
        return Targets(targets)
    }

    private func target(_ reader: SettingsReader) -> Target? {
        let id = reader.requiredString("indicator")
        let indicator = indicators?.first { $0.id == id }
        if let id, let indicators, indicator == nil {
            let hint = TextFolding.didYouMean(id, among: indicators.map(\.id))
            reader.problem("indicator", "there is no indicator '\(id)' in indicators.yaml\(hint)")
        }
        let scope = scope(reader)
        let warning = reader.value("warning", expected: "a number such as 90 or 98.5") { ExactDecimal($0) }
        let critical = reader.value("critical", expected: "a number such as 80 or 98.5") { ExactDecimal($0) }
        let clear = reader.value("clear", expected: "a number such as 92 or 98.5") { ExactDecimal($0) }
        let minimum = reader.integer("minimum_denominator", in: 1...1_000_000_000) ?? 1
        let (from, to) = reader.effectiveDays()
        if !reader.has("from") { reader.problem(nil, "'from' is missing: the first day the target is in force") }
        let basis = reader.requiredString("legal_basis")
        let reason = reader.string("reason")
        if !reader.has("warning"), !reader.has("critical") {
            reader.problem(nil, "a target needs 'warning', 'critical' or both; leave the target out when the province has not set one")
        }
        // An indicator without definitions has problems of its own, and its unit and direction may not be what is meant.
        if let indicator, !indicator.definitions.isEmpty {
            check(warning, critical, of: indicator, reader)
            checkClear(clear, warning ?? critical, of: indicator, reader)
        }
        guard let indicator, let from, let basis, let scope else { return nil }
        return Target(
            indicator: indicator.id, scope: scope, warning: warning, critical: critical, clear: clear, minimumDenominator: Int64(minimum),
            effectiveFrom: from,
            effectiveTo: to, legalBasis: basis, reason: reason)
    }

    /// Nil when a key is there but wrong.
    private func scope(_ reader: SettingsReader) -> Target.Scope? {
        let level = reader.choice("level", Agency.Level.self)
        let agency = reader.value("agency", expected: "an agency code such as H52.07") { AgencyCode($0) }
        if reader.has("level"), reader.has("agency") { reader.problem("agency", "a target is for a 'level' or for an 'agency', not for both") }
        if let agency, let register, !register.knows(agency) {
            reader.problem("agency", "no agency has the code '\(agency)' in agencies.csv\(register.hint(for: agency))")
        }
        if reader.has("agency") { return agency.map { .agency($0) } }
        return reader.has("level") ? level.map { .level($0) } : .everyone
    }

    private func check(_ warning: ExactDecimal?, _ critical: ExactDecimal?, of indicator: Indicator, _ reader: SettingsReader) {
        for (key, bound) in [("warning", warning), ("critical", critical)] {
            guard let bound else { continue }
            if bound < ExactDecimal(0) { reader.problem(key, "'\(key)' is \(bound), below zero") }
            if indicator.unit == .percent, bound > ExactDecimal(100) { reader.problem(key, "'\(key)' is \(bound), above 100 percent") }
        }
        guard let warning, let critical else { return }
        switch indicator.direction {
        case .higherIsBetter where critical > warning:
            reader.problem(
                "critical",
                "'critical' (\(critical)) is above 'warning' (\(warning)), but for '\(indicator.id)' higher is better; exchange them")
        case .lowerIsBetter where critical < warning:
            reader.problem(
                "critical",
                "'critical' (\(critical)) is below 'warning' (\(warning)), but for '\(indicator.id)' lower is better; exchange them")
        default: break
        }
    }

    /// The bound at which it is well again lies on the good side of the one that raises the alert.
    private func checkClear(_ clear: ExactDecimal?, _ bound: ExactDecimal?, of indicator: Indicator, _ reader: SettingsReader) {
        guard let clear else { return }
        if indicator.unit == .percent, clear > ExactDecimal(100) { reader.problem("clear", "'clear' is \(clear), above 100 percent") }
        guard let bound else { return }
        let isOnTheBadSide = indicator.direction == .higherIsBetter ? clear < bound : clear > bound
        if isOnTheBadSide {
            reader.problem(
                "clear", "'clear' (\(clear)) is worse than the bound of \(bound) that raises the alert; it must be as good or better")
        }
    }

    private func overlap(_ left: Target, _ right: Target) -> Bool {
        (left.effectiveTo.map { right.effectiveFrom < $0 } ?? true) && (right.effectiveTo.map { left.effectiveFrom < $0 } ?? true)
    }
}

extension Register {
    /// The code that an unknown one most likely meant, as the end of a message.
    func hint(for code: AgencyCode) -> String {
        TextFolding.didYouMean(code.text, among: agencies.map(\.code.text))
    }
}
