import Assembly
import Control
import Model
import Settings
import Store
import TestSupport
import Testing

/// Random reorganisations: agencies merged, divided, and with single measures moved, at random days, in chains. Sums over predecessors are held
/// against a walk that follows every agency forward in time and adds those whose functions all arrive.
@Suite struct MergedAgenciesPropertyTests {
    private static let firstDay = day("2026-01-01")
    private static let lastDay = day("2026-12-31")
    private static let codes = (1...8).map { "H52.0\($0)" }

    private func register(_ random: inout SeededNumbers) -> (agencies: String, successions: String) {
        var ends: [String: Day] = [:]
        var successions: [String] = []
        // An agency only passes on to one with a higher number, which lives longer, so nothing goes in circles.
        for (index, code) in MergedAgenciesPropertyTests.codes.enumerated().dropLast(2) where Int.random(in: 0..<4, using: &random) > 0 {
            let day = MergedAgenciesPropertyTests.firstDay + Int.random(in: 20 + index * 40...50 + index * 40, using: &random)
            let heirs = MergedAgenciesPropertyTests.codes.dropFirst(index + 1).shuffled(using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0:  // Divided.
                ends[code] = day - 1
                successions += heirs.prefix(2).map { "\(code),\($0),\(day),," }
            case 1:  // One measure moves, the agency stays.
                successions.append("\(code),\(heirs[0]),\(day),part,")
            default:
                ends[code] = day - 1
                successions.append("\(code),\(heirs[0]),\(day),,")
            }
        }
        let lines = MergedAgenciesPropertyTests.codes.map { "\($0),Cơ quan \($0),department,H52,2000-01-01,\(ends[$0]?.description ?? ""),," }
        return (lines.joined(separator: "\n") + "\n", successions.map { $0 + "\n" }.joined())
    }

    private func office(_ random: inout SeededNumbers) throws -> Office {
        let (agencies, successions) = register(&random)
        return try Office(
            Office.Files(
                agencies: [], datedAgencies: agencies, successions: successions, measures: "  - {id: part, title: {vi: Phần, en: Part}}\n",
                indicators: """
                      - id: plain
                        title: {vi: Chỉ số, en: Indicator}
                        clause: "(a)"
                        direction: higher
                        unit: count
                        definitions: [{version: 1, numerator: part, wording: {vi: Thử, en: Test}, legal_basis: Văn bản thử nghiệm}]

                    """, sources: [:]))
    }

    /// Figures of days and months, out of order, restated and withdrawn.
    private func fill(_ office: Office, _ model: inout DayByDayModel, _ random: inout SeededNumbers) async throws {
        for step in 0..<12 {
            var observations: [Observation] = []
            for _ in 0..<60 {
                let start = MergedAgenciesPropertyTests.firstDay + Int.random(in: 0..<365, using: &random)
                let month = Period(.month, containing: start, scheme: Bool.random(using: &random) ? .calendar : .admin15)?.range
                let range = Int.random(in: 0..<3, using: &random) == 0 ? month ?? DayRange(start) : DayRange(start)
                let agency = code(MergedAgenciesPropertyTests.codes.randomElement(using: &random) ?? "H52.01")
                let value = Int.random(in: 0..<9, using: &random) == 0 ? nil : Int64.random(in: 0...40, using: &random)
                observations.append(Observation(cell: CellKey(agency: agency, measure: measure("part"), range: range), value: value))
            }
            let at = Instant(MergedAgenciesPropertyTests.lastDay + step, hour: 3, minute: 0)
            try await Audit.record(observations, in: office.store, at: at)
            model.record(at: at, observations)
            if step % 5 == 2 { _ = try await office.store.pack(endedBefore: day("2026-07-01") + step) }
        }
    }

    /// Where all that an agency did has gone by the end of an interval; nil when it was divided, or ended without a successor.
    private func end(of agency: AgencyCode, in range: DayRange, _ register: Register) -> AgencyCode? {
        var current = agency
        var from = range.start
        while let last = register.agencies.first(where: { $0.code == current })?.validTo, last < range.end {
            guard last > from || current != agency else { return nil }
            let heirs = Set(register.successions.filter { $0.predecessor == current && $0.effective == last && $0.measures.isEmpty }.map(\.successor))
            guard heirs.count == 1, let heir = heirs.first else { return nil }
            current = heir
            from = last
        }
        return current
    }

    @Test func sumsOverPredecessorsAreThoseOfEveryAgencyWhoseFunctionsAllArrive() async throws {
        var seen = (sums: 0, breaks: 0)
        for seed in 0..<16 {
            let found = try await compare(seed: seed)
            seen = (seen.sums + found.sums, seen.breaks + found.breaks)
        }

        #expect(seen.sums > 20 && seen.breaks > 20, "the histories held what this is about: \(seen)")
    }

    /// Thirty questions over one random history, against the walk; how many had predecessors to add and breaks to name.
    private func compare(seed: Int) async throws -> (sums: Int, breaks: Int) {
        var random = SeededNumbers(seed: seed)
        let office = try office(&random)
        var model = DayByDayModel()
        try await fill(office, &model, &random)
        let register = office.configuration.core.register
        let definition = try #require(office.configuration.core.measures[measure("part")])
        var seen = (sums: 0, breaks: 0)
        for _ in 0..<30 {
            let agency = try #require(register.agencies.filter { $0.level != .province }.randomElement(using: &random))
            let kind: Period.Kind = [.month, .quarter, .half, .year].randomElement(using: &random) ?? .year
            let scheme: PeriodScheme = Bool.random(using: &random) ? .calendar : .admin15
            let inside = MergedAgenciesPropertyTests.firstDay + Int.random(in: 0..<365, using: &random)
            let period = try #require(Period(kind, containing: inside, scheme: scheme))
            guard register.agency(agency.code, in: period.range) != nil else { continue }
            let asOf = Bool.random(using: &random) ? Instant(MergedAgenciesPropertyTests.lastDay + 5, hour: 12, minute: 0) : nil

            let sheet = try office.desk(now: instant("2027-03-01T08:00")).answer(
                .rollup(
                    question: RollupQuestion(
                        indicator: "plain", agencies: [agency.code], withPredecessors: true, period: PeriodName("\(period)"), scheme: scheme,
                        asOf: asOf))
            ).sheet("rollup")

            let members = register.agencies.filter { other in
                guard other.level != .province, register.agency(other.code, in: period.range) != nil else { return false }
                return other.code == agency.code || arrives(other.code, at: agency, in: period.range, register)
            }
            if members.count > 1 { seen.sums += 1 }
            let amounts = members.map { model.amount($0.code, definition, over: period.range, asOf: asOf) }
            let known = amounts.compactMap { $0.isReported ? $0.value : nil }
            let what = "\(agency.code) over \(period), \(register.successions.map { "\($0.predecessor)→\($0.successor) \($0.effective)" })"
            #expect(try sheet.column("numerator") == [known.isEmpty ? .missing : .integer(known.reduce(0, +))], "\(what)")
            #expect(try sheet.column("counted") == [.integer(Int64(known.count))], "\(what)")
            #expect(try sheet.column("missing") == [.integer(Int64(members.count - known.count))], "\(what)")
            let breaks = self.breaks(into: Set(members.map(\.code)), in: period.range, register)
            #expect(sheet.notes.count { $0.hasPrefix("Break on") } == breaks, "\(what)")
            if breaks > 0 { seen.breaks += 1 }
        }
        return seen
    }

    /// Whether everything that one agency did comes to another within an interval.
    private func arrives(_ code: AgencyCode, at agency: Agency, in range: DayRange, _ register: Register) -> Bool {
        var until = range
        // An heir that itself ends in the interval passes what it inherited on; what it was asked for is what had come by its own end.
        if let last = agency.validTo, last < range.end { until = DayRange(start: range.start, span: last - range.start) }
        return end(of: code, in: until, register) == agency.code
    }

    /// How many successions in an interval bring a part to some agencies of what others did that existed in it.
    private func breaks(into members: Set<AgencyCode>, in range: DayRange, _ register: Register) -> Int {
        register.successions.count { succession in
            guard range.start < succession.effective, succession.effective < range.end, members.contains(succession.successor) else { return false }
            return !members.contains(succession.predecessor) && register.agency(succession.predecessor, in: range) != nil
        }
    }
}
