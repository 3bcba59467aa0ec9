import Model
import TestSupport
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

    /// A century of days, each in exactly one period: the same as the day before, or the next one on its first day.
    @Test(arguments: Period.Kind.allCases.filter { $0 != .nineMonths }, PeriodScheme.allCases)
    func everySupportedDayLiesInExactlyOnePeriod(kind: Period.Kind, scheme: PeriodScheme) throws {
        var current = try #require(Period(kind, containing: Day.supported.lowerBound - 1, scheme: scheme))
        var misplaced: [Day] = []

        for number in Day.supported.lowerBound.number...Day.supported.upperBound.number {
            let day = Day(number: number)
            if day == current.end { current = current.next }
            if Period(kind, containing: day, scheme: scheme) != current || !current.range.contains(day) { misplaced.append(day) }
        }

        #expect(misplaced.isEmpty)
    }

    @Test(arguments: PeriodScheme.allCases)
    func longerPeriodsAreMadeOfWholeShorterOnes(scheme: PeriodScheme) throws {
        for year in 2000...2099 {
            let months = try (1...12).map { try #require(Period("\(year)-\($0.padded(to: 2))", scheme: scheme)) }
            let quarters = try (1...4).map { try #require(Period("\(year)-Q\($0)", scheme: scheme)) }
            let halves = try (1...2).map { try #require(Period("\(year)-H\($0)", scheme: scheme)) }
            let nineMonths = period("\(year)-9M", scheme)
            let whole = period("\(year)", scheme)

            #expect(quarters.map(\.range) == (0..<4).map { DayRange(start: months[3 * $0].range.start, end: months[3 * $0 + 2].end) })
            #expect(halves.map(\.range) == (0..<2).map { DayRange(start: quarters[2 * $0].range.start, end: quarters[2 * $0 + 1].end) })
            #expect(whole.range == DayRange(start: months[0].range.start, end: months[11].end))
            #expect(nineMonths.range == DayRange(start: whole.range.start, end: quarters[3].range.start))
            #expect((months + quarters + halves + [nineMonths, whole]).allSatisfy { $0.year == year })
            #expect(months.map(\.index) == Array(1...12))
        }
    }

    /// The nine months are the one kind that leaves a gap: the last quarter lies in none of them.
    @Test(arguments: PeriodScheme.allCases)
    func nineMonthPeriodsStepByYearsAndLeaveTheLastQuarterOut(scheme: PeriodScheme) throws {
        let nine = period("2026-9M", scheme)
        let fourth = period("2026-Q4", scheme)

        #expect(nine.next == period("2027-9M", scheme))
        #expect(nine.end == fourth.range.start)
        #expect(Period(.nineMonths, containing: nine.range.last, scheme: scheme) == nine)
        #expect(Period(.nineMonths, containing: fourth.range.start, scheme: scheme) == nil)
        #expect(Period(.nineMonths, containing: fourth.range.last, scheme: scheme) == nil)
    }

    @Test(arguments: [
        ("2026-08", PeriodScheme.calendar, "2026-08-01..2026-08-31", "Tháng 8/2026", "August 2026"),
        ("2026-08", .admin15, "2026-07-15..2026-08-14", "Tháng 8/2026 (15/07/2026–14/08/2026)", "August 2026 (2026-07-15 to 2026-08-14)"),
        ("2026-01", .admin15, "2025-12-15..2026-01-14", "Tháng 1/2026 (15/12/2025–14/01/2026)", "January 2026 (2025-12-15 to 2026-01-14)"),
        ("2028-03", .admin15, "2028-02-15..2028-03-14", "Tháng 3/2028 (15/02/2028–14/03/2028)", "March 2028 (2028-02-15 to 2028-03-14)"),
        ("2026-Q3", .calendar, "2026-07-01..2026-09-30", "Quý III/2026", "Q3 2026"),
        ("2026-Q1", .admin15, "2025-12-15..2026-03-14", "Quý I/2026 (15/12/2025–14/03/2026)", "Q1 2026 (2025-12-15 to 2026-03-14)"),
        ("2026-H1", .calendar, "2026-01-01..2026-06-30", "6 tháng đầu năm 2026", "First half of 2026"),
        (
            "2026-H1", .admin15, "2025-12-15..2026-06-14", "6 tháng đầu năm 2026 (15/12/2025–14/06/2026)",
            "First half of 2026 (2025-12-15 to 2026-06-14)"
        ),
        ("2026-H2", .calendar, "2026-07-01..2026-12-31", "6 tháng cuối năm 2026", "Second half of 2026"),
        (
            "2026-H2", .admin15, "2026-06-15..2026-12-14", "6 tháng cuối năm 2026 (15/06/2026–14/12/2026)",
            "Second half of 2026 (2026-06-15 to 2026-12-14)"
        ),
        ("2026-9M", .calendar, "2026-01-01..2026-09-30", "9 tháng đầu năm 2026", "First nine months of 2026"),
        (
            "2026-9M", .admin15, "2025-12-15..2026-09-14", "9 tháng đầu năm 2026 (15/12/2025–14/09/2026)",
            "First nine months of 2026 (2025-12-15 to 2026-09-14)"
        ),
        ("2026", .calendar, "2026-01-01..2026-12-31", "Năm 2026", "Year 2026"),
        ("2026", .admin15, "2025-12-15..2026-12-14", "Năm 2026 (15/12/2025–14/12/2026)", "Year 2026 (2025-12-15 to 2026-12-14)"),
        ("2026-W01", .calendar, "2025-12-29..2026-01-04", "Tuần 1/2026", "Week 1 of 2026"),
        ("2026-W53", .admin15, "2026-12-28..2027-01-03", "Tuần 53/2026", "Week 53 of 2026"),
        ("2024-W01", .calendar, "2024-01-01..2024-01-07", "Tuần 1/2024", "Week 1 of 2024"),
        ("2026-08-01", .calendar, "2026-08-01", "Ngày 01/08/2026", "2026-08-01"),
        ("2026-08-14", .admin15, "2026-08-14", "Ngày 14/08/2026", "2026-08-14"),
    ])
    func idsNamePeriodsOfTheirScheme(id: String, scheme: PeriodScheme, range: String, vietnamese: String, english: String) throws {
        let period = try #require(Period(id, scheme: scheme))

        #expect(period.range.description == range)
        #expect(period.title(.vietnamese) == vietnamese)
        #expect(period.title(.english) == english)
        #expect(period.description == id)
    }

    @Test(arguments: [
        "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-W54", "2025-W53", "2026-8", "26-08", "2026-", "", "2026-Q", "9M", "2026-08-32", "2026-W1",
        "2026-W00", "2026-10M", "2026-q3", "2026-Q3-", "２０２６", "-2026", "2026-+8",
    ])
    func otherTextsNameNoPeriod(text: String) {
        #expect(Period(text) == nil)
        #expect(Period(typed: text) == nil)
    }

    @Test(arguments: [
        ("Tháng 8/2026", "2026-08"), ("thang 08 nam 2026", "2026-08"), ("8/2026", "2026-08"), ("Tháng 8 năm 2026", "2026-08"),
        ("Quý III/2026", "2026-Q3"), ("quý 3/2026", "2026-Q3"), ("quy iv nam 2026", "2026-Q4"), ("6 tháng đầu năm 2026", "2026-H1"),
        ("6 THÁNG CUỐI NĂM 2026", "2026-H2"), ("9 thang dau nam 2026", "2026-9M"), ("Năm 2026", "2026"), ("Tuần 32/2026", "2026-W32"),
        ("15/8/2026", "2026-08-15"), ("Ngày 15/08/2026", "2026-08-15"), ("2026-Q3", "2026-Q3"), ("Tha\u{301}ng 8/2026", "2026-08"),
    ])
    func whatPeopleTypeNamesAPeriod(text: String, id: String) {
        #expect(Period(typed: text)?.description == id)
        #expect(Period(typed: text, scheme: .admin15) == Period(id, scheme: .admin15))
    }

    @Test(arguments: [
        "Tháng 13/2026", "Tháng 0/2026", "Quý V/2026", "Quý 13/2026", "quý +3/2026", "6 tháng giữa năm 2026", "Tuần 54/2026", "tám/2026", "8/26",
        "31/2/2026", "Tháng 8", "năm", "1/2/3/2026", "Tháng Tháng 2026", "/2026", "Quý /2026",
    ])
    func whatOnlyResemblesAPeriodNamesNone(text: String) {
        #expect(Period(typed: text) == nil)
    }

    @Test(arguments: Period.Kind.allCases)
    func vietnameseTitlesAreReadBack(kind: Period.Kind) {
        var day = day("2019-12-20")
        while day < TestSupport.day("2031-01-10") {
            if let period = Period(kind, containing: day) { #expect(Period(typed: period.title(.vietnamese)) == period) }
            day = day + 5
        }
    }

    @Test func theNewestClosedPeriodIsTheOneThatEndedLast() throws {
        let day = try #require(Day("2026-11-23"))

        #expect(Period.lastClosed(.month, scheme: .calendar, on: day).description == "2026-10")
        #expect(Period.lastClosed(.month, scheme: .admin15, on: day).description == "2026-11")
        #expect(Period.lastClosed(.nineMonths, scheme: .calendar, on: day).description == "2026-9M")
        #expect(Period.lastClosed(.year, scheme: .admin15, on: try #require(Day("2026-12-15"))).description == "2026")
    }

    /// August of the 15th to the 14th closes on Friday 14/8; the year ends in January of the next.
    @Test(arguments: [
        ("2026-08", PeriodScheme.admin15, 1, "2026-08-17"), ("2026-08", .admin15, 0, "2026-08-14"), ("2026-08", .calendar, 2, "2026-09-04"),
        ("2026", .calendar, 1, "2027-01-04"), ("2026", .admin15, 2, "2026-12-16"),
    ])
    func deadlinesAreWorkingDaysAfterTheCutOff(id: String, scheme: PeriodScheme, workingDays: Int, due: String) throws {
        let calendar = WorkCalendar(
            years: [2026: .confirmed, 2027: .estimated],
            daysOff: [day("2026-08-31"): "Hoán đổi", day("2026-09-01"): "Quốc khánh", day("2026-09-02"): "Quốc khánh", day("2027-01-01"): "Tết"])

        #expect(try period(id, scheme).deadline(workingDays: workingDays, in: calendar) == day(due))
    }

    @Test func aDeadlineInAMissingYearIsAnError() {
        let calendar = WorkCalendar(years: [2026: .confirmed])

        #expect(throws: WorkCalendar.MissingYear(year: 2027)) { try period("2026").deadline(workingDays: 1, in: calendar) }
    }
}
