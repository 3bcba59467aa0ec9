import Indicators
import Model
import Testing

@Suite struct FlowTests {
    private typealias F = Fixture
    private let count = Fixture.indicator("n", unit: .count)

    private func daily(_ days: ClosedRange<Int>, _ value: Int64?) -> [Cell] {
        days.map { F.cell("2026-08-\($0.padded(to: 2))", "2026-08-\($0.padded(to: 2))", value) }
    }

    @Test func completeDaysWinOverTheMonth() {
        let reading = F.reading(count, ["n": daily(1...31, 1) + [F.cell("2026-08-01", "2026-08-31", 99)]])

        #expect(reading.numerator == 31)
        #expect(reading.coverage.isComplete)
        #expect(!reading.isMixed)
    }

    @Test func monthFillsInForIncompleteDays() {
        let reading = F.reading(count, ["n": daily(1...30, 1) + [F.cell("2026-08-01", "2026-08-31", 99)]])

        #expect(reading.numerator == 99)
    }

    @Test func unknownMonthDoesNotHideKnownDays() {
        let reading = F.reading(count, ["n": daily(1...10, 1) + [F.cell("2026-08-01", "2026-08-31", nil)]])

        #expect(reading.numerator == 10)
        #expect(reading.coverage == Coverage(days: 10, of: 31))
    }

    @Test func daysBesideAWeekAreMixedAndNotCountedTwice() {
        let reading = F.reading(count, ["n": [F.cell("2026-08-03", "2026-08-09", 70)] + daily(1...9, 1)])
        let mixed = F.reading(count, ["n": [F.cell("2026-08-03", "2026-08-09", 70)] + daily(1...5, 1)])

        #expect(reading.numerator == 9)
        #expect(mixed.numerator == 72)
        #expect(mixed.isMixed)
    }

    @Test func monthsBesideAQuarterAreMixedToo() {
        let quarter = [F.cell("2026-01-01", "2026-03-31", 90), F.cell("2026-04-01", "2026-04-30", 30), F.cell("2026-05-01", "2026-05-31", 31)]
        let months = ["2026-04-01", "2026-05-01", "2026-06-01"].compactMap { Period(.month, containing: F.day($0))?.range }

        let mixed = F.reading(count, ["n": quarter], period: F.month("2026-H1"))
        let even = F.reading(count, ["n": months.map { Cell(range: $0, value: 1, delivery: DeliveryID(1)) }], period: F.month("2026-H1"))

        #expect(mixed.numerator == 151)
        #expect(mixed.isMixed)
        #expect(!even.isMixed)
    }

    @Test func cellThatCutsThroughAChosenOneIsLeftOut() {
        let reading = F.reading(count, ["n": [F.cell("2026-08-05", "2026-08-12", 8), F.cell("2026-08-03", "2026-08-09", 7)]])

        #expect(reading.numerator == 7)
        #expect(reading.coverage.days == 7)
    }

    @Test func stockIsTheLastKnownValueAndCoversUpToItsDay() {
        let stock = [F.measure("n", .stock)]
        let cells = [F.cell("2026-08-20", "2026-08-20", 5), F.cell("2026-08-10", "2026-08-10", 4), F.cell("2026-08-25", "2026-08-25", nil)]

        let reading = F.reading(count, ["n": cells], measures: stock)

        #expect(reading.numerator == 5)
        #expect(reading.coverage.days == 20)
    }

    @Test func runningTotalsBecomeFlowsByDifference() {
        let running = [F.measure("n", .cumulative(since: .calendar))]
        let cells = [F.cell("2026-08-31", "2026-08-31", 900), F.cell("2026-07-31", "2026-07-31", 700)]

        let reading = F.reading(count, ["n": cells], measures: running)

        #expect(reading.numerator == 200)
        #expect(reading.coverage.isComplete)
    }

    @Test func runningTotalBeginsAtZeroOnTheFirstDayOfItsYear() {
        let calendar = F.reading(
            count, ["n": [F.cell("2026-01-31", "2026-01-31", 40)]], measures: [F.measure("n", .cumulative(since: .calendar))],
            period: F.month("2026-01"))
        let administrative = F.reading(
            count, ["n": [F.cell("2026-01-14", "2026-01-14", 40), F.cell("2025-12-14", "2025-12-14", 900)]],
            measures: [F.measure("n", .cumulative(since: .admin15))], period: F.month("2026-01", .admin15))

        #expect(calendar.numerator == 40)
        #expect(administrative.numerator == 40)
        #expect(administrative.coverage.isComplete)
    }

    @Test func fallOfARunningTotalIsUnknownAndNotNegative() {
        let running = [F.measure("n", .cumulative(since: .calendar))]
        let cells = [F.cell("2026-07-31", "2026-07-31", 700), F.cell("2026-08-31", "2026-08-31", 650)]

        let reading = F.reading(count, ["n": cells], measures: running)

        #expect(reading.state == .unknown)
        #expect(reading.coverage.days == 0)
    }

    @Test func runningTotalWithoutItsBaseIsUnknown() {
        let running = [F.measure("n", .cumulative(since: .calendar))]

        let reading = F.reading(count, ["n": [F.cell("2026-08-31", "2026-08-31", 650)]], measures: running)

        #expect(reading.state == .unknown)
    }

    /// A slow model that keeps a list of days for each cell and follows the rule word by word.
    private func model(_ cells: [Cell]) -> (sum: Int64, days: Int) {
        var chosen: [Cell] = []
        for cell in cells.filter({ $0.value != nil }).sorted(by: { ($0.range.span, $0.range.start) < ($1.range.span, $1.range.start) }) {
            let days = Set(cell.range.start.number..<cell.range.end.number)
            let touched = chosen.filter { $0.range.overlaps(cell.range) }
            let covered = Set(touched.flatMap { $0.range.start.number..<$0.range.end.number })
            if !covered.isSubset(of: days) || covered == days { continue }
            chosen = chosen.filter { !$0.range.overlaps(cell.range) } + [cell]
        }
        return (chosen.reduce(0) { $0 + ($1.value ?? 0) }, chosen.reduce(0) { $0 + $1.range.span })
    }

    @Test(arguments: 0..<300)
    func randomMixturesAgreeWithAnObviousModel(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var cells: [DayRange: Cell] = [:]
        for _ in 0..<next(40) {
            let span = [1, 1, 1, 2, 3, 7, 31][next(7)]
            let range = DayRange(start: F.day("2026-08-01") + next(32 - span), span: span)
            cells[range] = Cell(range: range, value: next(6) == 0 ? nil : Int64(next(100)), delivery: DeliveryID(1))
        }

        let reading = F.reading(count, ["n": Array(cells.values)])

        let expected = model(Array(cells.values))
        if expected.days > 0 {
            #expect(reading.numerator == expected.sum)
            #expect(reading.coverage.days == expected.days)
        } else {
            #expect(reading.state == (cells.isEmpty ? .notReported : .unknown))
        }
    }
}
