import Model

/// Does for pushes what `Resolver` does for rows, looking up each different name, and each different interval of it, once: a push repeats few
/// names and fewer days. Tests hold the two to the same verdicts.
struct PushResolver {
    /// Why an observation is refused; `PushCheck` makes the answer and the finding of it.
    struct Refused: Error {
        let kind: Finding.Kind
        /// Once it is certain.
        var agency: AgencyCode?
        var found: String?
        var expected: LocalizedText?

        init(kind: Finding.Kind, agency: AgencyCode? = nil, found: String? = nil, expected: LocalizedText? = nil) {
            self.kind = kind
            self.agency = agency
            self.found = found
            self.expected = expected
        }

        /// With a name, a day or the like as what was expected, which is the same in both languages.
        init(kind: Finding.Kind, found: String, expected: String?) {
            self.init(kind: kind, found: found, expected: expected.map { LocalizedText(verbatim: $0) })
        }
    }

    /// An agency's name, looked up.
    private struct KnownAgency {
        let code: AgencyCode
        /// Its place among different codes: one agency may be written in two ways.
        let place: Int
        /// The days it was asked for last, and whether they are in order; why not is worked out again, because it is rare.
        var range: DayRange?
        var isInOrder = false
    }

    /// A measure's name, looked up: what is needed of it, because a whole measure is a handful of texts to copy.
    private struct KnownMeasure {
        let id: MeasureID
        let kind: Measure.Kind
        let scheme: PeriodScheme
        let scale: Int
        var asked: DayRange?
        var range: DayRange
    }

    private let pushed: PushedObservations
    private let context: IngestContext
    private let reach: PushReach
    private var agencies: [KnownAgency?]
    private var measures: [KnownMeasure?]
    private var suggestions = PushSuggestions()

    init(_ pushed: PushedObservations, reach: PushReach, context: IngestContext) {
        self.pushed = pushed
        self.reach = reach
        self.context = context
        let root = context.province.root
        var places: [AgencyCode: Int] = [:]
        agencies = pushed.agencies.map { text in
            guard let code = context.register.code(written: text), code.root == root else { return nil }
            let place = places[code] ?? places.count
            places[code] = place
            return KnownAgency(code: code, place: place)
        }
        let anyRange = DayRange(context.today)
        measures = pushed.measures.map { text in
            guard let id = MeasureID(text), let measure = context.measures[id], reach.covers(id) else { return nil }
            return KnownMeasure(id: id, kind: measure.kind, scheme: measure.scheme, scale: measure.scale, range: anyRange)
        }
    }

    /// The observation as a candidate, with the place of its agency among the different ones.
    mutating func resolve(_ item: PushedObservations.Item) throws(Refused) -> (candidate: Candidate, agency: Int) {
        let (measure, scale, range) = try measure(item)
        let (code, place) = try agency(item, in: range)
        let value = try value(item.value, scale: scale, agency: code)
        return (
            Candidate(
                cell: CellKey(agency: code, measure: measure, range: range), value: value, scale: scale,
                origin: .pushed(index: item.index, line: item.line, noun: pushed.noun)), place
        )
    }

    private mutating func measure(_ item: PushedObservations.Item) throws(Refused) -> (MeasureID, scale: Int, DayRange) {
        guard var known = measures[item.measure] else {
            let text = pushed.measures[item.measure]
            let expected = suggestions.measure(text, reach: reach, context: context)
            throw Refused(kind: reach.limitsMeasures ? .outOfScope : .unknownMeasure, found: text, expected: expected)
        }
        if known.asked != item.range {
            known.range = try range(item.range, of: known)
            known.asked = item.range
            measures[item.measure] = known
        }
        return (known.id, known.scale, known.range)
    }

    /// As `Resolver.range`.
    private func range(_ range: DayRange, of measure: KnownMeasure) throws(Refused) -> DayRange {
        guard Day.supported.contains(range.start), Day.supported.contains(range.last) else {
            let days = "\(Day.supported.lowerBound)..\(Day.supported.upperBound)"
            throw Refused(kind: .unsupportedDay, found: range.description, expected: days)
        }
        guard range.last <= context.today else {
            throw Refused(kind: .futureDay, found: range.last.description, expected: "≤ \(context.today)")
        }
        if let first = context.firstKept, range.last < first {
            throw Refused(kind: .unsupportedDay, found: range.description, expected: "≥ \(first)")
        }
        if case .cumulative = measure.kind { return DayRange(range.last) }
        guard Resolver.isAligned(range, to: measure.scheme) else {
            throw Refused(kind: .misalignedInterval, found: range.description, expected: measure.scheme.rawValue)
        }
        return range
    }

    private mutating func agency(_ item: PushedObservations.Item, in range: DayRange) throws(Refused) -> (AgencyCode, Int) {
        guard var known = agencies[item.agency] else { throw unknown(item) }
        if known.range != range {
            known.range = range
            known.isInOrder = reach.covers(known.code, in: range) && context.register.agency(known.code, in: range) != nil
            agencies[item.agency] = known
        }
        if known.isInOrder { return (known.code, known.place) }
        guard reach.covers(known.code, in: range) else { throw unknown(item) }
        throw Refused(kind: .agencyNotInForce, found: range.description)
    }

    /// To a sender who does not speak for everybody, an agency that is not and one that is not the sender's look alike.
    private mutating func unknown(_ item: PushedObservations.Item) -> Refused {
        let text = pushed.agencies[item.agency]
        let expected = suggestions.agency(text, reach: reach, context: context)
        return Refused(kind: reach.isEverybody ? .unknownAgency : .outOfScope, found: text, expected: expected)
    }

    /// As `Resolver.value`.
    private func value(_ number: ExactDecimal?, scale: Int, agency: AgencyCode) throws(Refused) -> Int64? {
        guard let number else { return nil }
        if number.scale == scale, number.units >= 0 { return number.units }
        guard let fitting = number.rescaled(to: scale) else {
            throw Refused(
                kind: .unreadableValue, agency: agency, found: number.description, expected: Resolver.fitting(number, scale: scale))
        }
        guard fitting.units >= 0 else {
            throw Refused(kind: .negativeCount, agency: agency, found: number.description, expected: Resolver.noNegative)
        }
        return fitting.units
    }
}

/// What was probably meant by names that are none, among what the sender may speak of. Comparing costs as much as many lookups, so only the
/// first names of a push are compared.
struct PushSuggestions {
    private var left = 20
    private var agencies: [String]?
    private var given: [String: String?] = [:]

    mutating func agency(_ text: String, reach: PushReach, context: IngestContext) -> String? {
        let known = agencies ?? context.register.agencies.filter { reach.covers($0.code, in: DayRange(context.today)) }.map(\.code.text)
        agencies = known
        return nearest(to: text, among: known)
    }

    mutating func measure(_ text: String, reach: PushReach, context: IngestContext) -> String? {
        nearest(to: text, among: context.measures.keys.filter { reach.covers($0) }.map(\.text))
    }

    private mutating func nearest(to text: String, among known: [String]) -> String? {
        if let before = given[text] { return before }
        guard left > 0, text.count <= Resolver.longestShown else { return nil }
        left -= 1
        let nearest = TextFolding.nearest(to: text, among: known)
        given[text] = nearest
        return nearest
    }
}
