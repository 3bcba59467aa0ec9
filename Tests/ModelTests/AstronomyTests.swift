import TestSupport
import Testing

@testable import Model

struct AstronomyTests {
    /// Meeus' own example 49.a: the new moon of February 1977 in even time; universal time was 47.7 seconds behind.
    @Test func aNewMoonFallsOnItsPublishedInstant() {
        let instant = Astronomy.newMoon(-283)

        #expect(abs(instant + 47.7 / 86_400 - 2_443_192.65118) < 0.00001)
    }

    /// Meeus' own example 25.a: 1992-10-13, 0 h of even time, 58.9 seconds ahead of universal time.
    @Test func theSunStandsWhereItIsPublishedToStand() {
        let longitude = Astronomy.sunLongitude(at: 2_448_908.5 - 58.9 / 86_400)

        #expect(abs(longitude - 199.90895) < 0.0001)
    }

    @Test(arguments: [
        (0, 0), (30, 0.5), (45, 0.7071067811865476), (90, 1), (150, 0.5), (180, 0), (270, -1), (-30, -0.5), (-90, -1), (360_030, 0.5),
        (-720_060, -0.8660254037844386),
    ])
    func sinesAreGoodToElevenDigits(degrees: Double, sine: Double) {
        #expect(abs(Astronomy.sine(degrees) - sine) < 0.00000000001)
    }

    /// The method errs by less than a minute, so that a margin of seven leaves no holiday to chance.
    @Test func noHolidayHangsOnANewMoonNearMidnight() throws {
        for year in 1968...2099 {
            for first in [LunarCalendar.newYear(year), LunarCalendar.day(1, ofMonth: 3, year: year)] {
                let estimate = Int((Double(first.number - 10_962) / 29.530588861).rounded())
                let index = try #require((estimate - 1...estimate + 1).first { LunarCalendar.firstDay(ofMonth: $0) == first })

                let hours = (Astronomy.newMoon(index) + 0.5 + 7.0 / 24).truncatingRemainder(dividingBy: 1) * 24

                #expect(hours > 7.0 / 60 && hours < 24 - 7.0 / 60, "\(first)")
            }
        }
    }
}
