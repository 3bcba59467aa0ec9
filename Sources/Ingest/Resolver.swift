import Model

/// Finds out of a single row whose figure it is, of what, over which days, and how much; refuses it when one of them is uncertain.
struct Resolver {
    let source: String
    let context: IngestContext

    /// Characters of a source's own text that a finding shows.
    static let longestShown = 80

    func resolve(_ row: Row) -> Result<Candidate, Refusal> {
        do throws(Refusal) {
            let measure = try measure(row)
            let range = try range(row, of: measure)
            let agency = try agency(row, in: range)
            let value = try value(row, of: measure, agency: agency)
            let cell = CellKey(agency: agency, measure: measure.id, range: range)
            return .success(Candidate(cell: cell, value: value, scale: measure.scale, origin: .row(row.place)))
        } catch {
            return .failure(error)
        }
    }

    /// What is said of a line that is no row.
    func refusal(_ row: UnreadableRow) -> Refusal {
        Refusal(
            finding: Finding(
                .unreadableRow, source: source, agency: row.agency.map { String($0.prefix(Resolver.longestShown)) },
                measure: row.measure.map { String($0.prefix(64)) }, place: row.place,
                found: row.found.map { String($0.prefix(Resolver.longestShown)) },
                expected: row.expected))
    }

    private func measure(_ row: Row) throws(Refusal) -> Measure {
        if let id = MeasureID(row.measure), let measure = context.measures[id] { return measure }
        let nearest = nearest(to: row.measure, among: context.measures.keys.map(\.text))
        throw refusal(.unknownMeasure, row, found: row.measure, expected: nearest)
    }

    /// The days as the store keeps them: a running total stands at its last day, everything else over its interval.
    private func range(_ row: Row, of measure: Measure) throws(Refusal) -> DayRange {
        let range = row.range
        guard Day.supported.contains(range.start), Day.supported.contains(range.last) else {
            let days = "\(Day.supported.lowerBound)..\(Day.supported.upperBound)"
            throw refusal(.unsupportedDay, row, found: range.description, expected: days)
        }
        guard range.last <= context.today else {
            throw refusal(.futureDay, row, found: range.last.description, expected: "≤ \(context.today)")
        }
        if let first = context.firstKept, range.last < first {
            throw refusal(.unsupportedDay, row, found: range.description, expected: "≥ \(first)")
        }
        if case .cumulative = measure.kind { return DayRange(range.last) }
        guard Resolver.isAligned(range, to: measure.scheme) else {
            throw refusal(.misalignedInterval, row, found: range.description, expected: measure.scheme.rawValue)
        }
        return range
    }

    /// Whether days are one day or a reporting period of a scheme.
    static func isAligned(_ range: DayRange, to scheme: PeriodScheme) -> Bool {
        let kinds: [Period.Kind] = [.week, .month, .quarter, .half, .nineMonths, .year]
        return range.span == 1 || kinds.contains { Period($0, containing: range.start, scheme: scheme)?.range == range }
    }

    private func agency(_ row: Row, in range: DayRange) throws(Refusal) -> AgencyCode {
        switch row.subject {
        case .code(let text):
            guard let code = AgencyCode(text) ?? AgencyCode(legacy: text), code.root == context.province.root, context.register.knows(code) else {
                let nearest = nearest(to: text, among: context.register.agencies.map(\.code.text))
                throw refusal(.unknownAgency, row, found: text, expected: nearest)
            }
            guard context.register.agency(code, in: range) != nil else { throw refusal(.agencyNotInForce, row, found: range.description) }
            return code
        case .name(let name):
            let codes = Set(context.register.agencies(named: name, in: range).map(\.code))
            if codes.count > 1 { throw refusal(.ambiguousAgency, row, found: name, expected: codes.sorted().map(\.text).joined(separator: ", ")) }
            if let code = codes.first { return code }
            let names = context.register.agencies(in: range).flatMap { [$0.name] + $0.aliases }
            throw refusal(.unknownAgency, row, found: name, expected: nearest(to: name, among: names))
        }
    }

    private func value(_ row: Row, of measure: Measure, agency: AgencyCode) throws(Refusal) -> Int64? {
        switch row.value {
        case .unknown: return nil
        case .unreadable(let text):
            let expected = measure.scale == 0 ? "a whole number" : "a number with at most \(measure.scale) decimals"
            throw refusal(.unreadableValue, row, agency: agency, found: text, expected: expected)
        case .number(let number):
            guard let fitting = number.rescaled(to: measure.scale) else {
                throw refusal(
                    .unreadableValue, row, agency: agency, found: number.description, expected: Resolver.fitting(number, scale: measure.scale).english
                )
            }
            guard fitting.units >= 0 else {
                throw refusal(.negativeCount, row, agency: agency, found: number.description, expected: Resolver.noNegative.english)
            }
            return fitting.units
        }
    }

    /// What a number that does not fit a scale should have been.
    static func fitting(_ number: ExactDecimal, scale: Int) -> LocalizedText {
        if number.scale <= scale { return LocalizedText(vietnamese: "số nhỏ hơn", english: "a smaller number") }
        guard scale > 0 else { return LocalizedText(vietnamese: "số nguyên", english: "a whole number") }
        return LocalizedText(vietnamese: "nhiều nhất \(scale) chữ số thập phân", english: "at most \(scale) decimals")
    }

    /// What a count below zero should have been.
    static let noNegative = LocalizedText(vietnamese: "từ 0 trở lên", english: "0 or more")

    /// What was probably meant. Only texts as short as findings print them are compared, because the cost grows with the length and a
    /// delivery may hold megabytes where a name should stand.
    private func nearest(to text: String, among known: [String]) -> String? {
        text.count <= Resolver.longestShown ? TextFolding.nearest(to: text, among: known) : nil
    }

    private func refusal(_ kind: Finding.Kind, _ row: Row, agency: AgencyCode? = nil, found: String? = nil, expected: String? = nil) -> Refusal {
        let written: String =
            switch row.subject {
            case .code(let text), .name(let text): text
            }
        return Refusal(
            finding: Finding(
                kind, source: source, agency: agency?.text ?? written.printable(upTo: Resolver.longestShown),
                measure: row.measure.printable(upTo: 64),
                range: row.range,
                place: row.place, found: found.map { $0.printable(upTo: Resolver.longestShown) }, expected: expected))
    }
}
