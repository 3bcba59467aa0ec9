/// Whose figures may be added to an agency's own over an interval, because all they did has come to it, and whose may not.
public struct Lineage: Hashable, Sendable {
    /// The agency and every predecessor of the interval that passed all its functions to it alone, in the order of their codes.
    public let members: [AgencyCode]
    /// Successions in the interval that brought a part: single measures, or a share of an agency that was split. Adding the predecessor's
    /// figures would count what went elsewhere; leaving them out is a break in the series.
    public let breaks: [Succession]

    public init(members: [AgencyCode], breaks: [Succession]) {
        self.members = members
        self.breaks = breaks
    }
}

extension Register {
    /// The agency with those it was formed from inside an interval, through any number of steps.
    public func lineage(of code: AgencyCode, over range: DayRange) -> Lineage {
        var members: Set<AgencyCode> = []
        var breaks: [Succession] = []
        var open = [code]
        while let next = open.popLast() {
            guard members.insert(next).inserted else { continue }
            for succession in successions where succession.successor == next && range.start < succession.effective && succession.effective < range.end
            {
                guard agency(succession.predecessor, in: range) != nil else { continue }
                if passedWhole(succession) { open.append(succession.predecessor) } else { breaks.append(succession) }
            }
        }
        return Lineage(
            members: members.sorted(),
            breaks: breaks.filter { !members.contains($0.predecessor) }.sorted { ($0.effective, $0.predecessor) < ($1.effective, $1.predecessor) })
    }

    /// Whether a predecessor passed everything to one successor and exists no longer.
    private func passedWhole(_ succession: Succession) -> Bool {
        guard succession.measures.isEmpty, agency(succession.predecessor, on: succession.effective) == nil else { return false }
        return successions.allSatisfy { other in
            other.predecessor != succession.predecessor || other.effective != succession.effective || other.successor == succession.successor
        }
    }
}
