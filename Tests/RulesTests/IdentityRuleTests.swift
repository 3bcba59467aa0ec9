import Model
import Rules
import Testing

/// Sums that should be equal: what is carried over and received is resolved or open.
@Suite struct IdentityRuleTests {
    private typealias F = Fixture

    private let rule = IdentityRule(
        id: "adds-up", keys: FigureKeys(scope: RuleScope(indicators: []), legalBasis: "Văn bản 1"),
        title: LocalizedText(vietnamese: "Hồ sơ", english: "Dossiers"), left: Expression("carried + received") ?? Fixture.fail("left"),
        right: Expression("resolved + open") ?? Fixture.fail("right"))

    private func said(_ reading: @escaping @Sendable (AgencyCode, Period) -> Reading) -> [Condition] {
        rule.evaluate(F.august, F.scene(reading: reading)).verdicts.map(\.condition)
    }

    private func words(_ condition: Condition?) -> String {
        switch condition {
        case .breach(_, .unbalanced(let facts)), .suspected(_, .unbalanced(let facts)), .clear(.unbalanced(let facts)):
            "\(condition?.short ?? ""): \(facts.sentence(.english)) / \(facts.sentence(.vietnamese))"
        default: condition?.short ?? ""
        }
    }

    @Test func itJudgesTheDifferenceOfItsSides() {
        #expect(rule.cadences == [Cadence(kind: .month, scheme: .calendar)])
        #expect(
            rule.indicators(of: Cadence(kind: .month, scheme: .calendar)).first?.definitions.first?.numerator.description
                == "carried + received - resolved - open")
    }

    static let cases: [(difference: Int64, state: Reading.State, said: String)] = [
        (
            12, .figure,
            "breach warning: August 2026: carried + received is 12 more than resolved + open / Tháng 8/2026: carried + received lớn hơn resolved + open 12"
        ),
        (
            -1_200, .inconsistent,
            "breach warning: August 2026: carried + received is 1,200 less than resolved + open / Tháng 8/2026: carried + received nhỏ hơn resolved + open 1.200"
        ),
        (0, .figure, "clear: August 2026: carried + received is resolved + open / Tháng 8/2026: carried + received khớp resolved + open"),
    ]

    @Test(arguments: cases.indices) func aDifferenceIsSaidWithItsSideAndSize(row: Int) {
        let (difference, state, expected) = IdentityRuleTests.cases[row]

        #expect(said { F.reading(difference, nil, state, agency: $0, period: $1) }.map(words) == [expected])
    }

    @Test func whatIsNotKnownSaysNothingAndWhatIsNotCompleteNothingCertain() {
        #expect(said { F.reading(nil, nil, .notReported, agency: $0, period: $1) }.map(\.short) == ["undecided"])
        #expect(said { F.reading(3, nil, days: 30, agency: $0, period: $1) }.map(\.short) == ["suspected warning"])
        #expect(said { F.reading(0, nil, days: 30, agency: $0, period: $1) }.map(\.short) == ["undecided"])
    }
}
