import Model
import TestSupport
import Testing

@testable import Indicators

private typealias F = Fixture

/// What an auditor adds up by hand is what the reading says, for every kind of measure and any mess of values.
@Suite struct AccountTests {
    private static let measures = [
        F.measure("flow"), F.measure("stock", .stock), F.measure("total", .cumulative(since: .calendar)),
        F.measure("total15", .cumulative(since: .admin15)), F.measure("rare"),
    ]
    private static let calculator = Calculator(
        measures: Dictionary(uniqueKeysWithValues: measures.map { ($0.id, $0) }), calendar: F.calendar)

    @Test(arguments: 0..<60) func contributionsAddUpToTermsAndTermsToTheReading(seed: Int) {
        var random = SeededNumbers(seed: seed)
        let indicator = F.indicator("flow + total15 - rare?", over: "stock + total", unit: .quotient)
        let periods = [F.month("2026-08"), F.month("2026-08", .admin15), F.month("2026-Q3"), F.month("2026-W33"), F.month("2026-01", .admin15)]

        for period in periods {
            let table = AccountTests.table(around: period.range, &random)
            let reading = AccountTests.calculator.reading(of: indicator, agency: F.agency, over: period, from: table, today: F.today)
            let account = AccountTests.calculator.account(of: indicator, agency: F.agency, over: period, from: table, today: F.today)

            for term in account.terms {
                let counted = term.entries.compactMap(\.contribution)
                #expect(term.value == (counted.isEmpty ? nil : counted.reduce(0, +)), "\(term.term.measure) in \(period)")
                #expect(term.entries.allSatisfy { ($0.contribution != nil) == ($0.role == .counted) })
            }
            for (side, figure) in [(Account.Side.numerator, reading.numerator), (.denominator, reading.denominator)] {
                guard let figure else { continue }
                let sum = account.terms.filter { $0.side == side }.reduce(Int64(0)) { $0 + ($1.term.isSubtracted ? -1 : 1) * ($1.value ?? 0) }
                #expect(sum == figure)
            }
        }
    }

    @Test func everyValueInThePeriodIsShownWithWhatBecameOfIt() {
        let cells = [
            "flow": [F.cell("2026-08-01", "2026-08-31", 99), F.cell("2026-08-02", "2026-08-02", 3), F.cell("2026-08-03", "2026-08-03", nil)]
        ]

        let account = AccountTests.account(F.indicator("flow", unit: .count), cells)

        #expect(account.terms.map { $0.entries.map(\.role) } == [[.counted, .notCounted, .unknown]])
        #expect(account.terms.map(\.value) == [99])
    }

    @Test func aRunningTotalIsShownWithTheOneItIsSubtractedFrom() {
        let cells = [
            "total": [F.cell("2026-07-31", "2026-07-31", 100), F.cell("2026-08-15", "2026-08-15", 130), F.cell("2026-08-20", "2026-08-20", 120)]
        ]

        let account = AccountTests.account(F.indicator("total", unit: .count), cells)

        #expect(account.terms.map { $0.entries.map(\.role) } == [[.base, .counted, .notCounted]])
        #expect(account.terms.map { $0.entries.map(\.contribution) } == [[nil, 30, nil]])
    }

    @Test func aTotalAfterAGapInTheTotalsIsOnlyABase() {
        let cells = [
            "total": [F.cell("2026-06-30", "2026-06-30", 100), F.cell("2026-08-15", "2026-08-15", 130), F.cell("2026-08-20", "2026-08-20", 140)]
        ]

        let account = AccountTests.account(F.indicator("total", unit: .count), cells)

        #expect(account.terms.map { $0.entries.map(\.role) } == [[.base, .counted]])
        #expect(account.terms.map(\.value) == [10])
    }

    @Test func aStockIsItsLastKnownValue() {
        let cells = [
            "stock": [F.cell("2026-08-10", "2026-08-10", 4), F.cell("2026-08-20", "2026-08-20", 5), F.cell("2026-08-25", "2026-08-25", nil)]
        ]

        let account = AccountTests.account(F.indicator("stock", unit: .count), cells)

        #expect(account.terms.map { $0.entries.map(\.role) } == [[.notCounted, .counted, .unknown]])
    }

    @Test func daysSinceShowTheDayTheyAreCountedFromAndTheNothingAfterIt() {
        let cells = ["flow": [F.cell("2026-08-01", "2026-08-01", 1), F.cell("2026-08-10", "2026-08-10", 2), F.cell("2026-08-11", "2026-08-11", 0)]]

        let account = AccountTests.account(F.indicator("flow", unit: .daysSince), cells)

        #expect(account.terms.map { $0.entries.map(\.cell.range.start) } == [[F.day("2026-08-10"), F.day("2026-08-11")]])
        #expect(account.terms.map { $0.entries.map(\.role) } == [[.counted, .notCounted]])
        #expect(account.terms.map(\.value) == [21])
    }

    @Test func theSourcesOwnPercentageStandsBesideTheTerms() {
        let cells = [
            "flow": [F.cell("2026-08-01", "2026-08-31", 1)], "stock": [F.cell("2026-08-31", "2026-08-31", 2)],
            "rare": [F.cell("2026-08-01", "2026-08-31", 50)],
        ]

        let account = AccountTests.account(F.indicator("flow", over: "stock", reported: "rare"), cells)

        #expect(account.terms.map(\.side) == [.numerator, .denominator, .reported])
        #expect(account.terms.last?.value == 50)
    }

    @Test func acrossABreakThereIsNothingToAddUp() {
        let indicator = F.indicator("flow", unit: .count, from: F.day("2026-08-15"))

        #expect(AccountTests.account(indicator, ["flow": [F.cell("2026-08-20", "2026-08-20", 1)]]).terms.isEmpty)
    }

    private static func account(_ indicator: Indicator, _ cells: [String: [Cell]]) -> Account {
        let table = CellTable(Dictionary(uniqueKeysWithValues: cells.map { (F.id($0.key), [F.agency: $0.value]) }))
        return calculator.account(of: indicator, agency: F.agency, over: F.august, from: table, today: F.today)
    }

    private static func table(around range: DayRange, _ random: inout SeededNumbers) -> CellTable {
        var cells: [MeasureID: [AgencyCode: [Cell]]] = [:]
        for measure in measures {
            var found: [DayRange: Cell] = [:]
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                let isTotal = if case .cumulative = measure.kind { true } else { false }
                let span = isTotal ? 1 : [1, 1, 1, 7, 31].randomElement(using: &random) ?? 1
                let day = range.start + Int.random(in: -3...range.span, using: &random)
                let value = Int.random(in: 0..<6, using: &random) == 0 ? nil : Int64.random(in: 0...50, using: &random)
                let cell = DayRange(start: day, span: span)
                found[cell] = Cell(range: cell, value: value, delivery: DeliveryID(1))
            }
            cells[measure.id] = [F.agency: found.values.shuffled(using: &random)]
        }
        return CellTable(cells)
    }
}
