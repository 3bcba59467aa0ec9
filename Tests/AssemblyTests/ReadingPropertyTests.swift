import Assembly
import Indicators
import Model
import Settings
import Store
import TestSupport
import Testing

/// Random histories (out of order, restated, retracted, of several granularities, packed in between) held against the day-by-day model: every
/// reading, in both schemes, now and as of any instant, of agencies and of groups.
@Suite struct ReadingPropertyTests {
    private static let firstDay = day("2025-11-20")
    private static let agencies = ["H52.01", "H52.02", "H52.03"]

    private func office() throws -> Office {
        try Office(
            Office.Files(
                agencies: ReadingPropertyTests.agencies.map { ($0, "Cơ quan \($0)") },
                measures: """
                      - {id: part, title: {vi: Phần, en: Part}}
                      - {id: whole, title: {vi: Toàn bộ, en: Whole}}
                      - {id: extra, title: {vi: Thêm, en: Extra}}
                      - {id: staff, title: {vi: Biên chế, en: Staff}, kind: stock}
                      - {id: total, title: {vi: Lũy kế, en: Running total}, kind: cumulative, since: calendar}
                      - {id: total15, title: {vi: Lũy kế 15, en: Running total from the 15th}, kind: cumulative, since: admin15}

                    """,
                indicators: [
                    ("ratio", "quotient", "part + extra?", "whole"), ("staffing", "quotient", "part", "staff"),
                    ("running", "count", "total", nil),
                    ("running15", "count", "total15", nil), ("plain", "count", "part", nil),
                ].map { id, unit, numerator, denominator in
                    """
                      - id: \(id)
                        title: {vi: Chỉ số, en: Indicator}
                        clause: "(a)"
                        direction: higher
                        unit: \(unit)
                        scheme: \(id == "running15" ? "admin15" : "calendar")
                        definitions:
                          - version: 1
                            numerator: \(numerator)
                            \(denominator.map { "denominator: \($0)" } ?? "")
                            wording: {vi: Thử, en: Test}
                            legal_basis: Văn bản thử nghiệm

                    """
                }.joined(),
                sources: [:]))
    }

    @Test(arguments: 0..<24) func everyReadingIsWhatTheModelSays(seed: UInt64) async throws {
        var random = Dice(state: seed)
        let office = try office()
        var model = DayByDayModel()
        let instants = try await fill(office, &model, &random)
        var states: Set<Reading.State> = []

        for _ in 0..<60 {
            let question = try question(office, instants, &random)
            let readings = try compare(question, office, model)
            states.formUnion(readings.map(\.state))
        }

        #expect(states.contains(.figure) || states.contains(.unknown))
        #expect(try office.store.checkCells().problems == [])
    }

    private struct Question {
        let indicator: Indicator
        let period: Period
        let asOf: Instant?
    }

    private func fill(_ office: Office, _ model: inout DayByDayModel, _ random: inout Dice) async throws -> [Instant] {
        var instants: [Instant] = []
        var known: [CellKey] = []
        for step in 0..<24 {
            var observations: [Observation] = []
            for _ in 0..<random.number(to: 60) {
                let isRepeated = random.number(to: 3) == 0 && !known.isEmpty
                let cell = isRepeated ? known[random.number(to: known.count)] : cell(&random)
                known.append(cell)
                observations.append(
                    Observation(
                        cell: cell, value: random.number(to: 9) == 0 ? nil : Int64(random.number(to: 40)) - (random.number(to: 50) == 0 ? 40 : 0)))
            }
            let instant = Instant(ReadingPropertyTests.firstDay + step * 5, hour: 3, minute: 0)
            let delivery = Delivery(source: "any", receivedAt: instant, bytes: Array("\(step)".utf8), mediaType: "text/plain")
            _ = try await office.store.record(delivery, observations: observations)
            model.record(at: instant, observations)
            instants.append(instant)
            if random.number(to: 4) == 0 {
                _ = try await office.store.pack(endedBefore: ReadingPropertyTests.firstDay + random.number(to: 200))
            }
        }
        return instants
    }

    /// Days, weeks, months of both schemes and quarters, so that all of them meet.
    private func cell(_ random: inout Dice) -> CellKey {
        let start = ReadingPropertyTests.firstDay + random.number(to: 110)
        let range: DayRange? =
            switch random.number(to: 10) {
            case 0: Period(.month, containing: start)?.range
            case 1: Period(.month, containing: start, scheme: .admin15)?.range
            case 2: DayRange(start: start, span: 7)
            case 3: Period(.quarter, containing: start)?.range
            default: DayRange(start)
            }
        let measures = ["part", "whole", "extra", "staff", "total", "total15"]
        return CellKey(
            agency: code(ReadingPropertyTests.agencies[random.number(to: 3)]), measure: measure(measures[random.number(to: measures.count)]),
            range: range ?? DayRange(start))
    }

    private func question(_ office: Office, _ instants: [Instant], _ random: inout Dice) throws -> Question {
        let indicators = office.configuration.core.indicators
        let kind: Period.Kind = [.day, .week, .month, .month, .quarter, .half, .year][random.number(to: 7)]
        let scheme: PeriodScheme = random.number(to: 2) == 0 ? .calendar : .admin15
        let period = Period(kind, containing: ReadingPropertyTests.firstDay + random.number(to: 110), scheme: scheme)
        return Question(
            indicator: indicators[random.number(to: indicators.count)], period: try #require(period),
            asOf: random.number(to: 2) == 0 ? instants[random.number(to: instants.count)] : nil)
    }

    private func compare(_ question: Question, _ office: Office, _ model: DayByDayModel) throws -> [Reading] {
        let core = office.configuration.core
        let today = day("2026-06-01")
        let room = try ReadingRoom(
            core: core, store: office.store, for: [(question.indicator, question.period)], today: today, asOf: question.asOf)
        let readings = core.register.agencies.filter { $0.level != .province }.map {
            room.reading(of: question.indicator, agency: $0.code, over: question.period)
        }
        for reading in readings {
            let expected = expected(reading.agency, question, core, model)
            #expect(reading.state == expected.state, "\(question)")
            #expect(reading.numerator == expected.numerator, "\(question)")
            #expect(reading.denominator == expected.denominator, "\(question)")
            #expect(reading.coverage.days == expected.days, "\(question)")
            #expect(reading.isMixed == expected.isMixed, "\(question)")
        }
        let rollup = try #require(Rollup(readings, unit: question.indicator.unit))
        let counted = readings.filter { $0.state == .figure || $0.state == .nothingToCount }
        #expect(rollup.counted == counted.count)
        #expect(rollup.missing == readings.filter { !counted.contains($0) }.map(\.agency))
        #expect(rollup.numerator == (counted.isEmpty ? nil : counted.reduce(0) { $0 + ($1.numerator ?? 0) }))
        return readings
    }

    private struct Expected {
        var state: Reading.State
        var numerator: Int64?
        var denominator: Int64?
        var days: Int
        var isMixed: Bool
    }

    /// The indicators above, worked out by hand from the amounts of their measures.
    private func expected(_ agency: AgencyCode, _ question: Question, _ core: CoreSettings, _ model: DayByDayModel) -> Expected {
        let range = question.period.range
        let amount = { (id: String) -> DayByDayModel.Amount in
            core.measures[measure(id)].map { model.amount(agency, $0, over: range, asOf: question.asOf) } ?? DayByDayModel.Amount()
        }
        let names: (top: String, extra: String?, bottom: String?) =
            switch question.indicator.id {
            case "ratio": ("part", "extra", "whole")
            case "staffing": ("part", nil, "staff")
            case "running": ("total", nil, nil)
            case "running15": ("total15", nil, nil)
            default: ("part", nil, nil)
            }
        var top = amount(names.top)
        if let extra = names.extra.map(amount), extra.isReported {
            top.value = top.value.flatMap { value in extra.value.map { value + $0 } }
            top.days = min(top.days, range.span - extra.unknownDays)
            top.isReported = true
            top.isMixed = top.isMixed || extra.isMixed
            top.isImpossible = top.isImpossible || extra.isImpossible
        }
        let bottom = names.bottom.map(amount)
        let isReported = top.isReported || bottom?.isReported ?? false
        guard isReported else { return Expected(state: .notReported, numerator: nil, denominator: nil, days: 0, isMixed: false) }
        let days = min(top.days, bottom?.days ?? top.days)
        let isMixed = top.isMixed || bottom?.isMixed ?? false
        if top.isImpossible || bottom?.isImpossible ?? false {
            return Expected(state: .inconsistent, numerator: nil, denominator: nil, days: days, isMixed: isMixed)
        }
        guard let bottom else {
            return Expected(state: top.value == nil ? .unknown : .figure, numerator: top.value, denominator: nil, days: days, isMixed: isMixed)
        }
        var state = Reading.State.figure
        if top.value == nil || bottom.value == nil {
            state = .unknown
        } else if top.value == 0, bottom.value == 0 {
            state = .nothingToCount
        } else if bottom.value == 0 {
            state = top.days == bottom.days ? .inconsistent : .unknown
        }
        return Expected(state: state, numerator: top.value, denominator: bottom.value, days: days, isMixed: isMixed)
    }
}

/// Numbers that look random and are the same in every run.
private struct Dice {
    var state: UInt64

    mutating func number(to limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, limit)))
    }
}
