import Model
import TestSupport
import Testing

struct ScheduleTests {
    @Test(arguments: [
        ("*/15 * * * *", "2026-11-23T08:00", "2026-11-23T08:15:00+07:00"),
        ("15 2 * * *", "2026-11-23T02:15", "2026-11-24T02:15:00+07:00"),
        ("0 7 * * 1-5", "2026-11-27T07:00", "2026-11-30T07:00:00+07:00"),
        ("0 6 29 2 *", "2026-03-01T00:00", "2028-02-29T06:00:00+07:00"),
        ("0 0 13 * 5", "2026-11-01T00:00", "2026-11-06T00:00:00+07:00"),
        ("5,35 8-10/2 1 */6 *", "2026-11-23T08:00", "2027-01-01T08:05:00+07:00"),
        ("0 0 * * 7", "2026-11-23T08:00", "2026-11-29T00:00:00+07:00"),
    ])
    func theNextMomentFollowsTheFieldsOnVietnamsClocks(text: String, from: String, next: String) throws {
        let expression = cron(text)

        #expect(expression.next(after: instant(from))?.description == next)
    }

    @Test(arguments: [
        "", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "0 0 30 2 *", "a * * * *",
        "1, * * * *",
    ])
    func otherTextsAreNoSchedules(text: String) {
        #expect(CronExpression(text) == nil)
    }

    @Test func workingDaysSkipWeekendsHolidaysAndCountWorkedWeekends() throws {
        let calendar = WorkCalendar(
            years: [2026: .confirmed],
            daysOff: [day("2026-08-31"): "Nghỉ Quốc khánh", day("2026-09-01"): "Quốc khánh", day("2026-09-02"): "Quốc khánh"],
            workedWeekends: [day("2026-08-22")])

        #expect(try calendar.day(1, workingDaysAfter: day("2026-08-28")) == day("2026-09-03"))
        #expect(try calendar.day(1, workingDaysAfter: day("2026-08-21")) == day("2026-08-22"))
        #expect(try calendar.workingDays(in: days("2026-08-17", "2026-08-23")) == 6)
    }

    @Test func aMissingYearIsAnErrorAndNotAYearWithoutHolidays() throws {
        let calendar = WorkCalendar(years: [2026: .confirmed])

        #expect(throws: WorkCalendar.MissingYear(year: 2027)) { try calendar.day(5, workingDaysAfter: day("2026-12-30")) }
        #expect(
            WorkCalendar.MissingYear(year: 2027).description
                == "calendar.yaml has no year 2027: add it with status confirmed or estimated, because working days in it cannot be counted")
    }
}
