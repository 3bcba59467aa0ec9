/// Something that happened to an agency on a day.
public struct RegisterEvent: Hashable, Sendable {
    /// The raw values are stable identifiers.
    public enum Kind: String, CaseIterable, Sendable {
        /// It exists from this day on, under this name, level and parent.
        case begins
        /// It exists no longer from this day on.
        case ends
        /// All functions of another agency come to it.
        case takesOver = "takes-over"
        /// Some measures of another agency come to it.
        case receives
        /// All its functions go to another agency.
        case passesOn = "passes-on"
        /// Some of its measures go to another agency.
        case gives
    }

    public let day: Day
    public let kind: Kind
    /// The agency itself for a beginning or an end, the other one otherwise.
    public let code: AgencyCode
    public let name: String
    /// The measures that moved; empty when all functions did or none.
    public let measures: [MeasureID]
    public let note: String
}

extension Register {
    /// The agencies of a day from the top down, each with the number of agencies above it. One whose parent does not exist that day stands
    /// at the top, so that nobody is missing.
    public func tree(on day: Day) -> [(agency: Agency, depth: Int)] {
        let present = agencies.filter { $0.exists(on: day) }
        let codes = Set(present.map(\.code))
        let below = Dictionary(grouping: present) { agency in agency.parent.flatMap { codes.contains($0) ? $0 : nil } }
        var tree: [(Agency, Int)] = []
        var open = (below[nil] ?? []).reversed().map { ($0, 0) }
        while let (agency, depth) = open.popLast() {
            tree.append((agency, depth))
            open += (below[agency.code] ?? []).reversed().map { ($0, depth + 1) }
        }
        // Agencies that are each other's parents hang on no top; settings refuse them, and they are shown all the same.
        let shown = Set(tree.map(\.0.code))
        return tree + present.filter { !shown.contains($0.code) }.map { ($0, 0) }
    }

    /// What happened to a code, oldest first: its beginnings and ends, what it took over and what it passed on.
    public func history(of code: AgencyCode) -> [RegisterEvent] {
        var events: [RegisterEvent] = []
        for agency in agencies where agency.code == code {
            events.append(RegisterEvent(day: agency.validFrom, kind: .begins, code: code, name: agency.name, measures: [], note: ""))
            if let end = agency.validTo { events.append(RegisterEvent(day: end, kind: .ends, code: code, name: agency.name, measures: [], note: "")) }
        }
        for succession in successions where succession.predecessor == code || succession.successor == code {
            let isComing = succession.successor == code
            let other = isComing ? succession.predecessor : succession.successor
            let whole: RegisterEvent.Kind = isComing ? .takesOver : .passesOn
            let part: RegisterEvent.Kind = isComing ? .receives : .gives
            events.append(
                RegisterEvent(
                    day: succession.effective, kind: succession.measures.isEmpty ? whole : part, code: other, name: newest(other)?.name ?? other.text,
                    measures: succession.measures, note: succession.note))
        }
        let order = Dictionary(uniqueKeysWithValues: RegisterEvent.Kind.allCases.enumerated().map { ($1, $0) })
        return events.sorted { ($0.day, order[$0.kind] ?? 0, $0.code) < ($1.day, order[$1.kind] ?? 0, $1.code) }
    }
}
