import Model

// Stands in until the checking of pushes is merged.
public struct PushReach: Sendable {
    let scope: PushScope?
    public init(_ scope: PushScope?, register: Register, province: AgencyCode) { self.scope = scope }
    public func covers(_ measure: MeasureID) -> Bool { scope?.measures?.contains(measure) ?? true }
    public func covers(_ code: AgencyCode, in range: DayRange) -> Bool {
        scope.map { $0.agencies.contains(code) || $0.includesBelow } ?? true
    }
}

public struct PushNeighbourhood: Hashable, Sendable {
    public let measures: [MeasureID]
    public let agencies: [AgencyCode]
    public let range: DayRange
}

public struct PushChecked: Hashable, Sendable {
    public let observations: [Observation]
    public let refused: [PushRefusal]
    public let findings: [Finding]
}

extension Ingest {
    public static func neighbourhood(
        of pushed: PushedObservations, measures: [MeasureID: Measure], indicators: [Indicator], longer: Set<MeasureID>
    ) -> PushNeighbourhood? { nil }

    public static func check(
        _ pushed: PushedObservations, from source: String, scope: PushScope?, lastValueHolds: Bool, in context: IngestContext
    ) -> PushChecked {
        var refused = pushed.unreadable
        var observations: [Observation] = []
        let reach = PushReach(scope, register: context.register, province: context.province)
        for item in pushed.items {
            guard let measure = MeasureID(pushed.measures[item.measure]), context.measures[measure] != nil, let agency = AgencyCode(pushed.agencies[item.agency]),
                reach.covers(agency, in: item.range)
            else {
                refused.append(PushRefusal(index: item.index, code: .outOfScope, place: "\(item.index)"))
                continue
            }
            observations.append(
                Observation(cell: CellKey(agency: agency, measure: measure, range: item.range), value: item.value?.units))
        }
        return PushChecked(observations: observations, refused: refused, findings: [])
    }
}
