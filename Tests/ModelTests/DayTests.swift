import Model
import Testing

struct DayTests {
    @Test func everySupportedDayRoundTripsThroughItsFieldsAndText() throws {
        for number in Day.supported.lowerBound.number...Day.supported.upperBound.number {
            let day = Day(number: number)

            let fromFields = Day(year: day.year, month: day.month, day: day.dayOfMonth)
            let fromText = Day(day.description)
            let fromVietnamese = Day(day.vietnamese, pattern: .vietnamese)

            #expect(fromFields == day)
            #expect(fromText == day)
            #expect(fromVietnamese == day)
        }
    }

    @Test(arguments: [
        ("2026-02-29", nil), ("2028-02-29", 21243), ("2026-11-23", 20780), ("1970-01-01", 0), ("2026-13-01", nil), ("2026-00-10", nil),
        ("26-11-23", nil), ("2026-11-23 ", nil), ("２０２６-11-23", nil), ("2026/11/23", nil), ("", nil), ("--", nil), ("2026-1-2", 20455),
    ])
    func textBecomesADayOnlyWhenTheCalendarHasIt(text: String, number: Int?) {
        #expect(Day(text)?.number == number)
    }

    @Test func weekdaysFollowIso() throws {
        let monday = try #require(Day("2026-11-23"))

        #expect(monday.weekday == 1)
        #expect((monday + 6).weekday == 7)
        #expect(Day(number: -1).weekday == 3)
    }

    @Test func theDayTurnsAtSeventeenHoursUniversalTime() throws {
        let lastMoment = try #require(Instant("2026-08-31T16:59:59.999Z"))

        #expect(lastMoment.day.description == "2026-08-31")
        #expect((lastMoment + .milliseconds(1)).day.description == "2026-09-01")
        #expect(lastMoment.day.start.description == "2026-08-31T00:00:00+07:00")
    }

    @Test(arguments: ["2026-08-01T07:30:00+07:00", "2026-08-01T07:30:00.250+07:00", "1969-12-31T23:59:59.999+07:00"])
    func instantsRoundTripThroughTheirText(text: String) throws {
        #expect(try #require(Instant(text)).description == text)
    }

    @Test func anInstantGivenAsADayIsItsLastMoment() throws {
        let instant = try #require(Instant("2026-08-01"))

        #expect(instant.description == "2026-08-01T23:59:59.999+07:00")
        #expect(Instant("2026-08-01T7:30") == nil)
        #expect(Instant("2026-08-01T24:00") == nil)
    }
}
