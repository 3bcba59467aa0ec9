import Ingest
import Model
import TestSupport
import Testing

struct PushTests {
    /// An observation of H52.01 on 1 July, but for what is named.
    private struct Pushed {
        var agency = "H52.01"
        var measure = Province.received
        var range = DayRange(day("2026-07-01"))
        var value: ExactDecimal? = ExactDecimal(7)
    }

    private func pushed(_ observations: [Pushed]) -> PushedObservations {
        var all = PushedObservations()
        for (index, one) in observations.enumerated() {
            if !all.agencies.contains(one.agency) { all.agencies.append(one.agency) }
            if !all.measures.contains(one.measure) { all.measures.append(one.measure) }
            guard let agency = all.agencies.firstIndex(of: one.agency), let measure = all.measures.firstIndex(of: one.measure) else { continue }
            all.items.append(PushedObservations.Item(agency: agency, measure: measure, range: one.range, value: one.value, index: index))
        }
        return all
    }

    private func check(
        _ observations: [Pushed], scope: PushScope? = nil, lastValueHolds: Bool = false, known: [String: [(DayRange, Int64?)]] = [:]
    ) -> PushChecked {
        Ingest.check(pushed(observations), from: "push:x", scope: scope, lastValueHolds: lastValueHolds, in: Province.context(known))
    }

    /// Each refusal as `index code: found → expected`.
    private func refusals(_ checked: PushChecked) -> [String] {
        checked.refused.map { "\($0.index) \($0.code.rawValue): \($0.found.english) → \($0.expected.english)" }
    }

    @Test func aPushIsJudgedAsTheSameRowsWouldBe() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<400 {
            let observations = random(&numbers)
            let known: [String: [(DayRange, Int64?)]] = [
                Province.received: [(Province.july, 10), (DayRange(day("2026-07-02")), 3)], "portal.visits": [(DayRange(day("2026-06-30")), 50)],
            ]
            let rows = observations.enumerated().map { index, one in
                Row(
                    subject: .code(one.agency), measure: one.measure, range: one.range, value: one.value.map { .number($0) } ?? .unknown,
                    place: "observations[\(index)]")
            }
            let byRows = Ingest.check(rows, from: "push:x", in: Province.context(known))
            let byPush = check(observations, known: known)
            #expect(byPush.observations == byRows.observations)
            #expect(Set(byPush.findings) == Set(byRows.findings))
            let refused = Set(byRows.findings.filter(\.kind.isRefusal).compactMap(\.place))
            #expect(refused.isSubset(of: byPush.refused.map(\.place.english)))
            #expect(byPush.refused.map(\.index) == byPush.refused.map(\.index).sorted())
            #expect(Set(byPush.refused.map(\.index)).count == byPush.refused.count)
        }
    }

    private func random(_ numbers: inout SeededNumbers) -> [Pushed] {
        let agencies = ["H52.01", "H52.02", "000.00.01.H52", "H52.03", "H52.99", "H01.05", "", "H52.1"]
        let measures = [
            Province.received, Province.online, Province.percent, "staff", "documents.signed", "portal.visits", "services.used", "dossier.received",
            "X",
        ]
        let ranges = [
            DayRange(day("2026-07-01")), DayRange(day("2026-07-02")), Province.july, days("2026-06-15", "2026-07-14"),
            days("2026-07-02", "2026-07-05"),
            DayRange(day("2026-12-01")), DayRange(day("1999-12-31")), days("2026-01-01", "2026-06-30"),
        ]
        let values = [nil, ExactDecimal(1), ExactDecimal(7), ExactDecimal(20), ExactDecimal(-1), ExactDecimal("98.15"), ExactDecimal("0.001")]
        return (0..<Int.random(in: 1...12, using: &numbers)).map { _ in
            let isLikely = Bool.random(using: &numbers)
            return Pushed(
                agency: isLikely ? "H52.01" : agencies.randomElement(using: &numbers) ?? "",
                measure: measures[Int.random(in: 0..<(isLikely ? 7 : 9), using: &numbers)],
                range: ranges[Int.random(in: 0..<(isLikely ? 3 : 8), using: &numbers)],
                value: values[Int.random(in: 0..<(isLikely ? 4 : 7), using: &numbers)])
        }
    }

    @Test func figuresPastTheirKeepingAreRefusedWithTheFirstDayThatIsKept() {
        let all = Province.context()
        let context = IngestContext(
            register: all.register, measures: all.measures, indicators: all.indicators, province: all.province, today: all.today,
            firstKept: day("2026-07-02"))
        let observations = [Pushed(), Pushed(range: DayRange(day("2026-07-02"))), Pushed(range: Province.july)]

        let checked = Ingest.check(pushed(observations), from: "push:x", scope: nil, lastValueHolds: false, in: context)

        #expect(refusals(checked) == ["0 bad-day: 2026-07-01 → ≥ 2026-07-02"])
        #expect(checked.observations.count == 2, "a month counts by its last day")
        let rows = Ingest.check([Province.row(Province.received, 7, in: DayRange(day("2026-07-01")))], from: "x", in: context)
        #expect(rows.findings.map(\.kind) == [.unsupportedDay])
        #expect(rows.findings.map(\.expected) == ["≥ 2026-07-02"])
    }

    @Test func twoValuesOfOneCellRefuseAllThatWasSaidOfItUnlessTheLastHolds() {
        let three = [
            Pushed(), Pushed(), Pushed(agency: "000.00.01.H52", value: ExactDecimal(8)), Pushed(measure: Province.online, value: ExactDecimal(1)),
        ]
        let refused = check(three)
        #expect(
            refusals(refused) == [
                "0 duplicate: 7 → 8 (observations[2])", "1 duplicate: 7 → 8 (observations[2])", "2 duplicate: 8 → 7 (observations[0])",
            ])
        #expect(refused.findings.map(\.expected) == ["7 (observations[0])"])
        #expect(refused.observations.map(\.value) == [1])
        let taken = check(three, lastValueHolds: true)
        #expect(taken.refused.isEmpty)
        #expect(taken.observations.map(\.value) == [8, 1])
    }

    @Test func aPartAboveItsWholeRefusesBoth() {
        let checked = check([
            Pushed(range: Province.july), Pushed(measure: Province.online, range: Province.july, value: ExactDecimal(8)), Pushed(measure: "staff"),
        ])
        let possible = "'dossiers.received.online' (8) no larger than 'dossiers.received' (7)"
        #expect(refusals(checked) == ["0 part-above-whole: 7 → \(possible)", "1 part-above-whole: 8 → \(possible)"])
        #expect(checked.observations.map(\.cell.measure.text) == ["staff"])
        #expect(checked.findings.map(\.kind) == [.partAboveWhole])
    }

    @Test func aPartAboveItsWholeTellsNoFigureOfMeasuresThatAreNotTheSenders() {
        let own = PushScope(agencies: [code("H52.01")], includesBelow: false, measures: [measure(Province.online)])
        let known: [String: [(DayRange, Int64?)]] = [Province.received: [(Province.july, 4711)]]
        let push = [Pushed(measure: Province.online, range: Province.july, value: ExactDecimal(5000))]

        let limited = check(push, scope: own, known: known)
        let everybody = check(push, known: known)

        #expect(refusals(limited) == ["0 part-above-whole: 5000 → 'dossiers.received.online' (5000) no larger than 'dossiers.received'"])
        #expect(limited.refused.map(\.expected.vietnamese) == ["'dossiers.received.online' (5000) không lớn hơn 'dossiers.received'"])
        #expect(!"\(limited.refused)".contains("4711"))
        #expect(limited.findings.map(\.found) == ["5000/4711"], "operators see both")
        #expect(refusals(everybody) == ["0 part-above-whole: 5000 → 'dossiers.received.online' (5000) no larger than 'dossiers.received' (4711)"])
    }

    @Test func aCountBelowZeroIsToldWhatACountIs() {
        let checked = check([Pushed(value: ExactDecimal(-1)), Pushed(value: ExactDecimal("7.5"))])
        #expect(refusals(checked) == ["0 bad-value: -1 → 0 or more", "1 bad-value: 7.5 → a whole number"])
        #expect(checked.refused.map(\.expected.vietnamese) == ["từ 0 trở lên", "số nguyên"])
    }

    @Test func namesFromOutsideAreToldWithoutTheirControlCharacters() {
        let checked = check([Pushed(agency: "H52.07\u{1B}[31mRED\u{7}"), Pushed(measure: "staff\u{9B}31m")])
        #expect(checked.refused.map(\.found.vietnamese) == ["H52.07\u{FFFD}[31mRED\u{FFFD}", "staff\u{FFFD}31m"])
        let texts = checked.findings.flatMap { [$0.agency, $0.measure, $0.found] }.compactMap { $0 }.joined()
        #expect(texts.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
    }

    @Test func whatCouldNotBeReadIsAmongTheRefusals() {
        var body = pushed([Pushed(agency: "H52.99")])
        body.unreadable = [PushRefusal(index: 1, code: .malformed, place: "line 3", found: "3 fields", expected: "5 fields")]
        let checked = Ingest.check(body, from: "push:x", scope: nil, lastValueHolds: false, in: Province.context())
        #expect(checked.refused.map(\.code) == [.unknownAgency, .malformed])
        #expect(checked.findings.map(\.kind) == [.unreadableValue, .unknownAgency])
    }

    @Test func toAScopedSenderWhatIsNotItsOwnLooksLikeWhatIsNot() {
        let scope = PushScope(agencies: [code("H52.01")], includesBelow: true, measures: [measure(Province.received)])
        let checked = check(
            [
                Pushed(agency: "H52.02"), Pushed(agency: "H52.99"), Pushed(agency: "H52.03"), Pushed(measure: "staff"), Pushed(measure: "stafff"),
                Pushed(measure: "dossiers.recieved"), Pushed(agency: "H52.1"), Pushed(),
            ], scope: scope)
        #expect(
            refusals(checked) == [
                "0 out-of-scope: H52.02 → H52.01", "1 out-of-scope: H52.99 → H52.01", "2 out-of-scope: H52.03 → H52.01", "3 out-of-scope: staff → ",
                "4 out-of-scope: stafff → ", "5 out-of-scope: dossiers.recieved → dossiers.received", "6 out-of-scope: H52.1 → H52.01",
            ])
        #expect(checked.observations.map(\.value) == [7])
        #expect(checked.findings.allSatisfy { $0.kind == .outOfScope })
    }

    @Test func aScopeOfTheProvinceWithAllBelowIsEverybody() {
        let scope = PushScope(agencies: [code("H52")], includesBelow: true)
        let checked = check([Pushed(agency: "H52.02"), Pushed(agency: "H52.99"), Pushed(agency: "H52.03")], scope: scope)
        #expect(refusals(checked) == ["1 unknown-agency: H52.99 → H52.01", "2 agency-not-in-force: 2026-07-01 → "])
    }

    @Test func scopesFollowTheRegistersParentsOfTheDay() {
        func agency(_ text: String, _ parent: String?, from: String = "2000-01-01", to: String? = nil) -> Agency {
            Agency(code: code(text), name: text, level: .department, parent: parent.map(code), validFrom: day(from), validTo: to.map(day))
        }
        let register = Register(agencies: [
            agency("H52", nil), agency("H52.01", "H52"), agency("H52.02", "H52"), agency("H52.01.01", "H52.01", to: "2026-01-01"),
            agency("H52.01.01", "H52.02", from: "2026-01-01"), agency("H52.08", "H52.09"), agency("H52.09", "H52.08"),
        ])
        let below = PushReach(PushScope(agencies: [code("H52.01")], includesBelow: true), register: register, province: code("H52"))
        #expect(below.covers(code("H52.01.01"), in: DayRange(day("2025-12-31"))))
        #expect(!below.covers(code("H52.01.01"), in: DayRange(day("2026-01-01"))))
        #expect(!below.covers(code("H52.08"), in: DayRange(day("2026-01-01"))))
        let alone = PushReach(PushScope(agencies: [code("H52.01")], includesBelow: false), register: register, province: code("H52"))
        #expect(alone.covers(code("H52.01"), in: DayRange(day("2026-01-01"))))
        #expect(!alone.covers(code("H52.01.01"), in: DayRange(day("2025-12-31"))))
    }

    @Test func theStoreIsAskedOnlyForWhatMayContradict() throws {
        func around(_ observations: [Pushed], longer: Set<MeasureID> = []) -> PushNeighbourhood? {
            Ingest.neighbourhood(of: pushed(observations), measures: Province.measures, indicators: Province.indicators, longer: longer)
        }
        #expect(around([Pushed(), Pushed(measure: "staff"), Pushed(measure: "unknown", range: Province.july)]) == nil)
        #expect(around([Pushed(range: DayRange(day("1999-01-01")))], longer: [measure(Province.received)]) == nil)
        let day = try #require(around([Pushed(), Pushed(agency: "H52.02", measure: "staff")], longer: [measure(Province.received)]))
        #expect(day.measures.map(\.text) == ["dossiers.percent", "dossiers.received", "dossiers.received.online"])
        #expect(day.agencies.map(\.text) == ["H52.01"])
        #expect(day.range == days("2026-06-15", "2026-08-14"))
        #expect(try #require(around([Pushed(range: Province.july)])).range == days("2026-06-15", "2026-08-14"))
        #expect(try #require(around([Pushed(measure: "portal.visits")])).range == days("2026-03-15", "2026-08-14"))
        #expect(around([Pushed(measure: Province.percent)]) != nil)
    }
}
