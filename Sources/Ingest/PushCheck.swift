import Model

/// Checks the observations of one push, in the stages of `Ingest.check`, and notes for each that is refused why.
struct PushCheck {
    let pushed: PushedObservations
    let source: String
    let lastValueHolds: Bool
    let context: IngestContext
    private var refused: [PushRefusal] = []
    private var findings: [Finding] = []

    /// A cell by the places of its names, which compare and hash faster than the names do.
    private struct Place: Hashable {
        let agency: Int32
        let measure: Int32
        let start: Int32
        let span: Int32

        init(agency: Int, measure: Int, range: DayRange) {
            self.agency = Int32(truncatingIfNeeded: agency)
            self.measure = Int32(truncatingIfNeeded: measure)
            // Ranges have been checked to lie within the days that can be stored.
            start = Int32(truncatingIfNeeded: range.start.number)
            span = Int32(truncatingIfNeeded: range.span)
        }
    }

    init(_ pushed: PushedObservations, from source: String, lastValueHolds: Bool, in context: IngestContext) {
        self.pushed = pushed
        self.source = source
        self.lastValueHolds = lastValueHolds
        self.context = context
    }

    mutating func check(scope: PushScope?) -> PushChecked {
        for refusal in pushed.unreadable {
            refused.append(refusal)
            findings.append(
                Finding(
                    .unreadableValue, source: source, place: refusal.place.english, found: refusal.found.english, expected: refusal.expected.english))
        }
        var kinds = Kinds(pushed, context)
        let reach = PushReach(scope, register: context.register, province: context.province)
        var candidates = resolved(reach, &kinds)
        withoutImpossible(&candidates, kinds, reach)
        noteDoubts(candidates, kinds)
        return PushChecked(
            observations: candidates.map(\.observation), refused: refused.sorted { $0.index < $1.index },
            findings: Ingest.bounded(findings, source: source))
    }

    /// The candidates of all observations that can be resolved, one a cell.
    private mutating func resolved(_ reach: PushReach, _ kinds: inout Kinds) -> [Candidate] {
        var resolver = PushResolver(pushed, reach: reach, context: context)
        var candidates: [Candidate] = []
        candidates.reserveCapacity(pushed.items.count)
        var owners = [Place: Int](minimumCapacity: pushed.items.count)
        var repeats: [(owner: Int, candidate: Candidate)] = []
        for item in pushed.items {
            do throws(PushResolver.Refused) {
                let (candidate, agency) = try resolver.resolve(item)
                let place = Place(agency: agency, measure: item.measure, range: candidate.cell.range)
                let owner = owners[place, default: candidates.count]
                kinds.meet(item.measure, candidate.cell.range)
                if owner == candidates.count {
                    owners[place] = owner
                    candidates.append(candidate)
                } else if lastValueHolds {
                    candidates[owner] = candidate
                } else {
                    repeats.append((owner, candidate))
                }
            } catch {
                refuse(item, error)
            }
        }
        return repeats.isEmpty ? candidates : withoutContradictions(candidates, repeats)
    }

    /// The same value twice is one; two values for one cell refuse all that was said of it, because nothing tells which is right.
    private mutating func withoutContradictions(_ candidates: [Candidate], _ repeats: [(owner: Int, candidate: Candidate)]) -> [Candidate] {
        /// Of each cell that is contradicted the first observation with another value than its first one.
        var others: [Int: Candidate] = [:]
        for (owner, candidate) in repeats where others[owner] == nil && candidates[owner].value != candidate.value {
            others[owner] = candidate
            let expected = PushCheck.told(candidates[owner]).english
            findings.append(candidate.finding(.duplicateInDelivery, source: source, found: candidate.shown, expected: expected))
        }
        for (owner, other) in others { refuse(candidates[owner], .duplicate, expected: PushCheck.told(other)) }
        for (owner, candidate) in repeats {
            guard let other = others[owner] else { continue }
            // Each is held against one that says something else, never against itself.
            let contrary = candidate.value == candidates[owner].value ? other : candidates[owner]
            refuse(candidate, .duplicate, expected: PushCheck.told(contrary))
        }
        return candidates.indices.filter { others[$0] == nil }.map { candidates[$0] }
    }

    /// A value with its place, for the refusal of another.
    private static func told(_ candidate: Candidate) -> LocalizedText {
        LocalizedText { "\(candidate.shown) (\(candidate.place[$0]))" }
    }

    /// Takes out parts above their wholes. On single days only a percentage of the source's own has anything to be held against.
    private mutating func withoutImpossible(_ candidates: inout [Candidate], _ kinds: Kinds, _ reach: PushReach) {
        guard kinds.hasPercentage || kinds.hasLonger else { return }
        let concerned = kinds.hasPercentage ? candidates : candidates.filter { $0.cell.range.span > 1 }
        let impossible = PartsAndWholes(source: source, context: context, reach: reach).check(concerned, &findings)
        guard !impossible.isEmpty else { return }
        for candidate in candidates {
            if let expected = impossible[candidate.cell] { refuse(candidate, .partAboveWhole, expected: expected) }
        }
        candidates.removeAll { impossible[$0.cell] != nil }
    }

    /// Which of the later stages the candidates of a push concern; of most pushes none.
    private struct Kinds {
        /// By the places of the measures' names: those that `Doubts` may have something to say of, running totals and counts of which there are
        /// intervals longer than a day, or stored cells that were looked up because there may be.
        private(set) var doubted: [Bool]
        private(set) var hasLonger = false
        private(set) var hasPercentage = false
        private let isPercentage: [Bool]

        init(_ pushed: PushedObservations, _ context: IngestContext) {
            let percentages = Set(context.indicators.flatMap(\.definitions).compactMap(\.reportedPercent))
            let measures = pushed.measures.map { MeasureID($0).flatMap { context.measures[$0] } }
            isPercentage = measures.map { measure in measure.map { percentages.contains($0.id) } ?? false }
            doubted = measures.map { measure in
                guard let measure else { return false }
                if case .cumulative = measure.kind { return true }
                return !context.known.agencies(with: measure.id).isEmpty
            }
        }

        mutating func meet(_ measure: Int, _ range: DayRange) {
            if isPercentage[measure] { hasPercentage = true }
            guard range.span > 1 else { return }
            hasLonger = true
            doubted[measure] = true
        }
    }

    private mutating func noteDoubts(_ candidates: [Candidate], _ kinds: Kinds) {
        guard kinds.doubted.contains(true) else { return }
        let measures = Set(zip(pushed.measures, kinds.doubted).filter(\.1).compactMap { MeasureID($0.0) })
        Doubts(source: source, context: context).note(candidates.filter { measures.contains($0.cell.measure) }, &findings)
    }

    private mutating func refuse(_ item: PushedObservations.Item, _ error: PushResolver.Refused) {
        let place = PushedObservations.place(index: item.index, line: item.line, noun: pushed.noun)
        let agency = error.agency?.text ?? pushed.agencies[item.agency]
        let found = error.found.map { $0.printable(upTo: Resolver.longestShown) }
        refused.append(
            PushRefusal(
                index: item.index, code: PushRefusal.Code(error.kind), place: place, found: LocalizedText(verbatim: found ?? ""),
                expected: error.expected ?? LocalizedText(verbatim: "")))
        findings.append(
            Finding(
                error.kind, source: source, agency: agency.printable(upTo: Resolver.longestShown),
                measure: pushed.measures[item.measure].printable(upTo: 64), range: item.range, place: place.english,
                found: found, expected: error.expected?.english))
    }

    private mutating func refuse(_ candidate: Candidate, _ code: PushRefusal.Code, expected: LocalizedText) {
        guard case .pushed(let index, _, _) = candidate.origin else { return }
        let found = LocalizedText(verbatim: candidate.shown)
        refused.append(PushRefusal(index: index, code: code, place: candidate.place, found: found, expected: expected))
    }
}

extension PushRefusal.Code {
    /// The interface's word for what a finding says; kinds that refuse nothing have none and count as malformed.
    init(_ kind: Finding.Kind) {
        self =
            switch kind {
            case .unknownAgency, .ambiguousAgency: .unknownAgency
            case .agencyNotInForce: .agencyNotInForce
            case .unknownMeasure: .unknownMeasure
            case .unreadableValue, .negativeCount: .badValue
            case .partAboveWhole: .partAboveWhole
            case .futureDay: .futureDay
            case .unsupportedDay: .badDay
            case .misalignedInterval: .misalignedInterval
            case .duplicateInDelivery: .duplicate
            case .outOfScope: .outOfScope
            default: .malformed
            }
    }
}
