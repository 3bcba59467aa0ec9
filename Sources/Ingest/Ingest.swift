import Model

/// Turns rows that nobody has checked into observations, and says what is wrong with the rest.
///
/// What is certain becomes an observation; what cannot be true, or cannot be told whose or when it is, becomes a finding that refuses it.
/// What is merely strange is stored and becomes a finding as well.
public enum Ingest {
    /// The most findings one delivery may have; one more then says how many there were, so that garbage cannot flood the list.
    public static let mostFindings = 200

    /// Checks the rows of one delivery of a source.
    public static func check(_ rows: [Row], from source: String, in context: IngestContext) -> Checked {
        examine(rows.map { .success($0) }, from: source, in: context).checked
    }

    /// As `check`, with the place in the delivery that each observation stood at, for people who look before anything is stored. Lines that say no
    /// row are refused in their order among the others.
    public static func examine(
        _ rows: [Result<Row, UnreadableRow>], from source: String, in context: IngestContext
    ) -> (checked: Checked, places: [String]) {
        guard !rows.isEmpty else { return (Checked(observations: [], findings: [Finding(.emptyDelivery, source: source)]), []) }
        var findings: [Finding] = []
        let resolver = Resolver(source: source, context: context)
        var candidates: [Candidate] = []
        for row in rows {
            switch row.mapError(resolver.refusal).flatMap(resolver.resolve) {
            case .success(let candidate): candidates.append(candidate)
            case .failure(let refusal): findings.append(refusal.finding)
            }
        }
        candidates = withoutContradictions(candidates, source: source, &findings)
        let refused = PartsAndWholes(source: source, context: context).check(candidates, &findings)
        candidates.removeAll { refused[$0.cell] != nil }
        Doubts(source: source, context: context).note(candidates, &findings)
        return (Checked(observations: candidates.map(\.observation), findings: bounded(findings, source: source)), candidates.map(\.place.english))
    }

    /// The measures and days of stored cells that `check` needs to see around these rows; nil when no row has a place among them.
    ///
    /// The months around the rows are included, because a monthly count may already cover a day; two months before for running totals.
    public static func neighbourhood(of rows: [Row], measures: [MeasureID: Measure], indicators: [Indicator]) -> (
        measures: [MeasureID], range: DayRange
    )? {
        let rows = rows.filter { Day.supported.contains($0.range.start) && Day.supported.contains($0.range.last) }
        let wanted = Set(rows.compactMap { MeasureID($0.measure) }.filter { measures[$0] != nil })
        guard let first = rows.map(\.range.start).min(), let last = rows.map(\.range.last).max() else { return nil }
        return neighbourhood(of: wanted, over: DayRange(start: first, span: last - first + 1), measures: measures, indicators: indicators)
    }

    /// The same for measures that are known and days that can be stored.
    static func neighbourhood(of given: Set<MeasureID>, over days: DayRange, measures: [MeasureID: Measure], indicators: [Indicator]) -> (
        measures: [MeasureID], range: DayRange
    )? {
        guard !given.isEmpty else { return nil }
        var wanted = given
        for definition in indicators.flatMap(\.definitions) {
            let all = definition.measuresWithReported
            if !wanted.isDisjoint(with: all) { wanted.formUnion(all) }
        }
        let isCumulative = wanted.contains { if case .cumulative? = measures[$0]?.kind { true } else { false } }
        var range = isCumulative ? DayRange(start: days.start - 62, span: days.span + 62) : days
        for scheme in PeriodScheme.allCases {
            let start = Period(.month, containing: range.start, scheme: scheme)?.range.start ?? range.start
            let end = Period(.month, containing: range.last, scheme: scheme)?.range.end ?? range.end
            range = DayRange(start: min(range.start, start), span: max(range.end, end) - min(range.start, start))
        }
        return (wanted.sorted(), range)
    }

    /// The finding for a figure of a closed period that a source has changed after the fact.
    public static func restatement(of cell: CellKey, from old: String, to new: String, source: String) -> Finding {
        Finding(
            .restatedClosedPeriod, source: source, agency: cell.agency.text, measure: cell.measure.text, range: cell.range, found: new, expected: old)
    }

    /// One value a cell: the same value twice is one, two values for one cell are both refused, because nothing tells which is right.
    private static func withoutContradictions(_ candidates: [Candidate], source: String, _ findings: inout [Finding]) -> [Candidate] {
        var first: [CellKey: Candidate] = [:]
        var refused: Set<CellKey> = []
        var kept: [Candidate] = []
        for candidate in candidates {
            guard let other = first[candidate.cell] else {
                first[candidate.cell] = candidate
                kept.append(candidate)
                continue
            }
            guard other.value != candidate.value, refused.insert(candidate.cell).inserted else { continue }
            findings.append(
                candidate.finding(.duplicateInDelivery, source: source, found: candidate.shown, expected: "\(other.shown) (\(other.place.english))"))
        }
        return kept.filter { !refused.contains($0.cell) }
    }

    /// At most `mostFindings`, and one that says how many more there were.
    static func bounded(_ findings: [Finding], source: String) -> [Finding] {
        guard findings.count > mostFindings else { return findings }
        return findings.prefix(mostFindings) + [Finding(.moreFindings, source: source, found: String(findings.count - mostFindings))]
    }
}

/// What checking may look at: the province as it is configured, and what the store holds around the rows.
public struct IngestContext: Sendable {
    public let register: Register
    public let measures: [MeasureID: Measure]
    public let indicators: [Indicator]
    /// The code that every agency's begins with.
    public let province: AgencyCode
    public let today: Day
    /// The stored cells of `Ingest.neighbourhood`.
    public let known: CellTable
    /// Figures that end before are past their keeping and would be gone within the hour; nil takes any.
    public let firstKept: Day?

    public init(
        register: Register, measures: [MeasureID: Measure], indicators: [Indicator], province: AgencyCode, today: Day,
        known: CellTable = CellTable([:]), firstKept: Day? = nil
    ) {
        self.register = register
        self.measures = measures
        self.indicators = indicators
        self.province = province
        self.today = today
        self.known = known
        self.firstKept = firstKept
    }
}

/// What checking led to.
public struct Checked: Hashable, Sendable {
    public let observations: [Observation]
    public let findings: [Finding]

    public init(observations: [Observation], findings: [Finding]) {
        self.observations = observations
        self.findings = findings
    }
}
