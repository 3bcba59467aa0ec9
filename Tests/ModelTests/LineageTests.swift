import Model
import TestSupport
import Testing

/// Whose figures may be added across a reorganisation, and where the series breaks.
@Suite struct LineageTests {
    private func agency(_ text: String, from: String = "2000-01-01", to: String? = nil) -> Agency {
        Agency(code: code(text), name: text, level: .commune, validFrom: day(from), validTo: to.map { day($0) })
    }

    private let merger = day("2025-07-01")
    private let year = period("2025").range

    @Test func wholePredecessorsOfThePeriodBelongToTheGroup() {
        let register = Register(
            agencies: [agency("H52.01", to: "2025-07-01"), agency("H52.02", to: "2025-07-01"), agency("H52.30", from: "2025-07-01")],
            successions: [
                Succession(predecessor: code("H52.01"), successor: code("H52.30"), effective: merger),
                Succession(predecessor: code("H52.02"), successor: code("H52.30"), effective: merger),
            ])

        #expect(register.lineage(of: code("H52.30"), over: year).members == [code("H52.01"), code("H52.02"), code("H52.30")])
        #expect(register.lineage(of: code("H52.30"), over: year).breaks == [])
        #expect(register.lineage(of: code("H52.30"), over: period("2025-07").range).members == [code("H52.30")], "it began with the period")
        #expect(register.lineage(of: code("H52.30"), over: period("2026").range).members == [code("H52.30")])
    }

    @Test func chainsInsideOnePeriodAreFollowed() {
        let register = Register(
            agencies: [
                agency("H52.01", to: "2025-03-01"), agency("H52.02", from: "2025-03-01", to: "2025-07-01"), agency("H52.30", from: "2025-07-01"),
            ],
            successions: [
                Succession(predecessor: code("H52.01"), successor: code("H52.02"), effective: day("2025-03-01")),
                Succession(predecessor: code("H52.02"), successor: code("H52.30"), effective: merger),
            ])

        #expect(register.lineage(of: code("H52.30"), over: year).members == [code("H52.01"), code("H52.02"), code("H52.30")])
    }

    @Test func anAgencyThatWasSplitIsABreakForBoth() {
        let split = [
            Succession(predecessor: code("H52.01"), successor: code("H52.30"), effective: merger),
            Succession(predecessor: code("H52.01"), successor: code("H52.31"), effective: merger),
        ]
        let register = Register(
            agencies: [agency("H52.01", to: "2025-07-01"), agency("H52.30", from: "2025-07-01"), agency("H52.31", from: "2025-07-01")],
            successions: split)

        #expect(register.lineage(of: code("H52.30"), over: year) == Lineage(members: [code("H52.30")], breaks: [split[0]]))
        #expect(register.lineage(of: code("H52.31"), over: year) == Lineage(members: [code("H52.31")], breaks: [split[1]]))
    }

    @Test func aMeasureThatMovedWithoutAMergerIsABreak() {
        let moved = Succession(predecessor: code("H52.01"), successor: code("H52.30"), effective: merger, measures: [measure("staff")])
        let register = Register(agencies: [agency("H52.01"), agency("H52.30")], successions: [moved])

        #expect(register.lineage(of: code("H52.30"), over: year) == Lineage(members: [code("H52.30")], breaks: [moved]))
        #expect(register.lineage(of: code("H52.01"), over: year) == Lineage(members: [code("H52.01")], breaks: []))
    }
}
