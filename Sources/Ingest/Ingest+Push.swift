import Model

extension Ingest {
    /// Checks the observations of one push: what `check(_:from:in:)` does for rows, with the sender's scope, and with a refusal for each
    /// observation that is not stored.
    ///
    /// - Parameters:
    ///   - scope: whom and what the sender may speak of; nil for everything.
    ///   - lastValueHolds: whether of several values of one cell the last is taken, as of samples, instead of all being refused.
    public static func check(
        _ pushed: PushedObservations, from source: String, scope: PushScope?, lastValueHolds: Bool, in context: IngestContext
    ) -> PushChecked {
        var check = PushCheck(pushed, from: source, lastValueHolds: lastValueHolds, in: context)
        return check.check(scope: scope)
    }

    /// The stored cells that checking a push needs to see; nil when it needs none, as for single days of flows and stocks.
    ///
    /// - Parameter longer: the measures of which the store holds, or may hold, cells longer than a day. Only with one of them can a day that is
    ///   pushed lie within an interval that is already counted.
    public static func neighbourhood(
        of pushed: PushedObservations, measures: [MeasureID: Measure], indicators: [Indicator], longer: Set<MeasureID>
    ) -> PushNeighbourhood? {
        let percentages = Set(indicators.flatMap(\.definitions).compactMap(\.reportedPercent))
        let known = pushed.measures.map { MeasureID($0).flatMap { measures[$0] } }
        let always = known.map { measure in
            guard let measure else { return false }
            if case .cumulative = measure.kind { return true }
            return percentages.contains(measure.id) || (measure.kind == .flow && longer.contains(measure.id))
        }
        var rows = PushedSpan()
        for item in pushed.items where known[item.measure] != nil && (item.range.span > 1 || always[item.measure]) { rows.include(item) }
        guard let range = rows.range else { return nil }
        let wanted = rows.measures.compactMap { known[$0]?.id }
        guard let around = neighbourhood(of: Set(wanted), over: range, measures: measures, indicators: indicators) else { return nil }
        let agencies = Set(rows.agencies.compactMap { AgencyCode(pushed.agencies[$0]) ?? AgencyCode(legacy: pushed.agencies[$0]) })
        return PushNeighbourhood(measures: around.measures, agencies: agencies.sorted(), range: around.range)
    }
}

/// Which of a push's names and days need to be held against the store.
private struct PushedSpan {
    private(set) var measures: Set<Int> = []
    private(set) var agencies: Set<Int> = []
    private(set) var range: DayRange?

    mutating func include(_ item: PushedObservations.Item) {
        guard Day.supported.contains(item.range.start), Day.supported.contains(item.range.last) else { return }
        measures.insert(item.measure)
        agencies.insert(item.agency)
        guard let range else {
            range = item.range
            return
        }
        let start = min(range.start, item.range.start)
        self.range = DayRange(start: start, span: max(range.end, item.range.end) - start)
    }
}

/// The measures, agencies and days of the stored cells that checking a push needs.
public struct PushNeighbourhood: Hashable, Sendable {
    public let measures: [MeasureID]
    public let agencies: [AgencyCode]
    public let range: DayRange

    public init(measures: [MeasureID], agencies: [AgencyCode], range: DayRange) {
        self.measures = measures
        self.agencies = agencies
        self.range = range
    }
}

/// What checking a push led to.
public struct PushChecked: Hashable, Sendable {
    public let observations: [Observation]
    /// In the order of the body; those that could not be read at all are among them.
    public let refused: [PushRefusal]
    /// For operators: what was refused, and what is stored but in doubt. At most `Ingest.mostFindings` and one more.
    public let findings: [Finding]

    public init(observations: [Observation], refused: [PushRefusal], findings: [Finding]) {
        self.observations = observations
        self.refused = refused
        self.findings = findings
    }
}
