import Model
import Testing

struct PeriodTests {
    @Test(arguments: Period.Kind.allCases.filter { $0 != .nineMonths }, PeriodScheme.allCases)
    func periodsOfASchemeTileTimeWithoutGapOrOverlap(kind: Period.Kind, scheme: PeriodScheme) throws {
        var period = try #require(Period(kind, containing: Day(number: 18000), scheme: scheme))

        for _ in 0..<400 {
            #expect(period.next.range.start == period.range.end)
            #expect(period.next.previous == period)
            #expect(Period(kind, containing: period.range.start, scheme: scheme) == period)
            #expect(Period(kind, containing: period.range.last, scheme: scheme) == period)
            #expect(Period(period.description, scheme: scheme) == period)
            period = period.next
        }
    }

    @Test(arguments: [
        ("2026-08", PeriodScheme.calendar, "2026-08-01..2026-08-31", "Tháng 8/2026"),
        ("2026-08", .admin15, "2026-07-15..2026-08-14", "Tháng 8/2026 (15/07/2026–14/08/2026)"),
        ("2026-01", .admin15, "2025-12-15..2026-01-14", "Tháng 1/2026 (15/12/2025–14/01/2026)"),
        ("2026-Q3", .calendar, "2026-07-01..2026-09-30", "Quý III/2026"),
        ("2026-Q1", .admin15, "2025-12-15..2026-03-14", "Quý I/2026 (15/12/2025–14/03/2026)"),
        ("2026-H1", .calendar, "2026-01-01..2026-06-30", "6 tháng đầu năm 2026"),
        ("2026-H2", .admin15, "2026-06-15..2026-12-14", "6 tháng cuối năm 2026 (15/06/2026–14/12/2026)"),
        ("2026-9M", .admin15, "2025-12-15..2026-09-14", "9 tháng đầu năm 2026 (15/12/2025–14/09/2026)"),
        ("2026", .calendar, "2026-01-01..2026-12-31", "Năm 2026"),
        ("2026", .admin15, "2025-12-15..2026-12-14", "Năm 2026 (15/12/2025–14/12/2026)"),
        ("2026-W01", .calendar, "2025-12-29..2026-01-04", "Tuần 1/2026"),
        ("2026-W53", .calendar, "2026-12-28..2027-01-03", "Tuần 53/2026"),
        ("2026-08-01", .calendar, "2026-08-01", "Ngày 01/08/2026"),
    ])
    func idsNamePeriodsOfTheirScheme(id: String, scheme: PeriodScheme, range: String, title: String) throws {
        let period = try #require(Period(id, scheme: scheme))

        #expect(period.range.description == range)
        #expect(period.title(.vietnamese) == title)
        #expect(period.description == id)
    }

    @Test(arguments: [
        "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-W54", "2025-W53", "2026-8", "26-08", "2026-", "", "2026-Q", "9M", "2026-08-32", "2026-W1",
    ])
    func otherTextsNameNoPeriod(text: String) {
        #expect(Period(text) == nil)
    }

    @Test func theNewestClosedPeriodIsTheOneThatEndedLast() throws {
        let day = try #require(Day("2026-11-23"))

        #expect(Period.lastClosed(.month, scheme: .calendar, on: day).description == "2026-10")
        #expect(Period.lastClosed(.month, scheme: .admin15, on: day).description == "2026-11")
        #expect(Period.lastClosed(.nineMonths, scheme: .calendar, on: day).description == "2026-9M")
        #expect(Period.lastClosed(.year, scheme: .admin15, on: try #require(Day("2026-12-15"))).description == "2026")
    }
}
