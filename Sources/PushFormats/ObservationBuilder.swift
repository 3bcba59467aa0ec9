import Model

/// Gathers the observations of one body: reads what their fields say, keeps names once, counts, and notes what cannot be read.
struct ObservationBuilder {
    private let most: Int
    private let noun: String
    private var agencies = Names()
    private var measures = Names()
    private var starts = DayReader()
    private var ends = DayReader()
    private var items: [PushedObservations.Item] = []
    private var unreadable: [PushRefusal] = []
    /// Of the items, where they have moments of their own.
    private var moments: [Int64] = []
    private var isInOrder = true
    /// The index of the next observation.
    private(set) var next = 0

    init(most: Int, noun: String = "observations") {
        self.most = most
        self.noun = noun
    }

    /// What was gathered. Observations with moments are put in their order, so that of several of one cell the last is the newest.
    consuming func pushed() -> PushedObservations {
        var pushed = PushedObservations()
        pushed.noun = noun
        pushed.agencies = agencies.texts
        pushed.measures = measures.texts
        pushed.unreadable = unreadable
        guard !isInOrder else {
            pushed.items = items
            return pushed
        }
        let order = items.indices.sorted { (moments[$0], $0) < (moments[$1], $1) }
        pushed.items = order.map { items[$0] }
        return pushed
    }

    /// Takes the next index; call it once for every observation of the body, before anything is said about it.
    mutating func begin() throws(PushFormatError) -> Int {
        guard next < most else { throw .tooManyObservations(most: most) }
        next += 1
        return next - 1
    }

    mutating func refuse(_ trouble: Trouble, index: Int, line: Int = 0) {
        unreadable.append(trouble.refusal(index: index, line: line, noun: noun))
    }

    /// The place of an agency's name.
    mutating func agency(_ range: Range<Int>, in bytes: [UInt8]) -> Int { agencies.place(of: range, in: bytes) }

    /// The place of a measure's name.
    mutating func measure(_ range: Range<Int>, in bytes: [UInt8]) -> Int { measures.place(of: range, in: bytes) }

    /// The name of a measure as it was written.
    func measure(at place: Int) -> String { measures.texts[place] }

    private mutating func add(_ item: PushedObservations.Item) { items.append(item) }

    /// Adds an observation that was made at a moment, in any unit that the whole body shares.
    mutating func add(_ item: PushedObservations.Item, at moment: Int64) {
        if let last = moments.last, moment < last { isInOrder = false }
        moments.append(moment)
        items.append(item)
    }

    /// Adds the observation whose fields stand in `bytes`, or notes why not. A value of nil is known to be unknown.
    mutating func add(_ fields: FieldPlaces, value: ExactDecimal?, in bytes: [UInt8], index: Int, line: Int = 0) {
        do throws(Trouble) {
            guard let agency = fields.agency, !agency.isEmpty else { throw Trouble(.malformed, .agency, expected: .agencyCode) }
            guard let measure = fields.measure, !measure.isEmpty else { throw Trouble(.malformed, .measure, expected: .measureID) }
            let range = try range(fields, bytes)
            add(
                PushedObservations.Item(
                    agency: agencies.place(of: agency, in: bytes), measure: measures.place(of: measure, in: bytes), range: range, value: value,
                    index: index, line: line))
        } catch {
            refuse(error, index: index, line: line)
        }
    }

    /// The days that `from`, `to`, `period` and `scheme` mean together.
    mutating func range(_ fields: FieldPlaces, _ bytes: [UInt8]) throws(Trouble) -> DayRange {
        if let period = fields.period { return try days(of: period, fields, bytes) }
        guard fields.scheme == nil else { throw Trouble(.malformed, .scheme, expected: .schemeBesidePeriod) }
        guard let from = fields.from else { throw Trouble(.malformed, .from, expected: .dayOrPeriod) }
        guard let start = starts.day(from, in: bytes) else {
            throw Trouble(.badDay, .from, found: Found(from, bytes), expected: .day(example: "2026-11-01"))
        }
        guard let to = fields.to else { return DayRange(start) }
        guard let last = ends.day(to, in: bytes) else {
            throw Trouble(.badDay, .to, found: Found(to, bytes), expected: .day(example: "2026-11-30"))
        }
        guard last >= start else { throw Trouble(.badDay, .to, found: .text("\(last)"), expected: .dayFrom(start)) }
        return DayRange(start: start, span: last - start + 1)
    }

    private mutating func days(of period: Range<Int>, _ fields: FieldPlaces, _ bytes: [UInt8]) throws(Trouble) -> DayRange {
        guard fields.from == nil, fields.to == nil else {
            throw Trouble(.malformed, .period, found: Found(period, bytes), expected: .periodOrDays)
        }
        var scheme = PeriodScheme.calendar
        if let name = fields.scheme {
            guard let known = PeriodScheme(rawValue: String(decoding: bytes[name], as: UTF8.self)) else {
                throw Trouble(.badDay, .scheme, found: Found(name, bytes), expected: .either("calendar", "admin15"))
            }
            scheme = known
        }
        guard let range = starts.period(period, scheme, in: bytes) else {
            throw Trouble(.badDay, .period, found: Found(period, bytes), expected: .period)
        }
        return range
    }
}
