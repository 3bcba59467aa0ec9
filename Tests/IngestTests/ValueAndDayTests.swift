import Ingest
import Model
import TestSupport
import Testing

/// Of what, how much, and over which days a row counts.
@Suite struct ValueAndDayTests {
    @Test func unknownMeasureIsRefusedWithTheNearestOne() {
        let checked = Province.check([Province.row("dossiers.recieved")])

        let finding = Province.finding(.unknownMeasure, measure: "dossiers.recieved", found: "dossiers.recieved", expected: "dossiers.received")
        #expect(checked == Checked(observations: [], findings: [finding]))
    }

    @Test func whatTheSourceDoesNotKnowIsStoredAsUnknown() {
        let checked = Province.check([Province.row(Province.received, .unknown)])

        #expect(checked == Checked(observations: [Province.observation(Province.received, nil)], findings: []))
    }

    struct Refused: Sendable {
        let measure: String
        let value: RowValue
        let kind: Finding.Kind
        let found: String
        let expected: String?
    }

    @Test(arguments: [
        Refused(measure: Province.received, value: .unreadable("1.234,5,6"), kind: .unreadableValue, found: "1.234,5,6", expected: "a whole number"),
        Refused(
            measure: Province.percent, value: .unreadable("NaN"), kind: .unreadableValue, found: "NaN", expected: "a number with at most 2 decimals"),
        Refused(measure: Province.received, value: .number(decimal("7.5")), kind: .unreadableValue, found: "7.5", expected: "a whole number"),
        Refused(
            measure: Province.percent, value: .number(decimal("98.705")), kind: .unreadableValue, found: "98.705", expected: "at most 2 decimals"),
        Refused(
            measure: Province.percent, value: .number(ExactDecimal(.max)), kind: .unreadableValue, found: "9223372036854775807",
            expected: "a smaller number"),
        Refused(measure: Province.received, value: .number(ExactDecimal(-1)), kind: .negativeCount, found: "-1", expected: "0 or more"),
    ])
    func valueThatCannotBeTrueIsRefused(refused: Refused) {
        let checked = Province.check([Province.row(refused.measure, refused.value)])

        let finding = Province.finding(refused.kind, measure: refused.measure, found: refused.found, expected: refused.expected)
        #expect(checked == Checked(observations: [], findings: [finding]))
    }

    @Test func decimalsThatAreZeroAreAWholeNumber() {
        let checked = Province.check([Province.row(Province.received, .number(decimal("7.00")))])

        #expect(checked == Checked(observations: [Province.observation(Province.received, 7)], findings: []))
    }

    @Test func dayAfterTodayIsRefused() {
        let range = days("2026-11-24", "2026-11-24")

        let checked = Province.check([Province.row(in: range)])

        #expect(checked.observations.isEmpty)
        #expect(checked.findings == [Province.finding(.futureDay, in: range, found: "2026-11-24", expected: "≤ 2026-11-23")])
    }

    @Test(arguments: ["1999-12-31", "2100-01-01", "9999-12-31", "0001-01-01"])
    func dayOutsideTheSupportedYearsIsRefused(text: String) {
        let range = DayRange(day(text))

        let checked = Province.check([Province.row(in: range)])

        #expect(checked.observations.isEmpty)
        #expect(checked.findings == [Province.finding(.unsupportedDay, in: range, found: text, expected: "2000-01-01..2099-12-31")])
    }

    @Test func absurdYearIsNoDayAtAll() {
        #expect(Day("292277026596-12-04") == nil)
    }

    @Test(arguments: [
        (Province.received, days("2026-07-15", "2026-08-14"), "calendar"), ("documents.signed", days("2026-07-01", "2026-07-31"), "admin15"),
        (Province.received, days("2026-07-01", "2026-07-30"), "calendar"), ("documents.signed", days("2026-07-15", "2026-08-15"), "admin15"),
    ])
    func intervalThatIsNoPeriodOfTheMeasuresSchemeIsRefused(measure: String, range: DayRange, scheme: String) {
        let checked = Province.check([Province.row(measure, in: range)])

        #expect(checked.observations.isEmpty)
        #expect(checked.findings == [Province.finding(.misalignedInterval, measure: measure, in: range, found: range.description, expected: scheme)])
    }

    @Test(arguments: [
        (Province.received, days("2026-07-01", "2026-07-31")), (Province.received, days("2026-07-01", "2026-09-30")),
        (Province.received, days("2026-01-01", "2026-06-30")), (Province.received, days("2025-01-01", "2025-12-31")),
        ("documents.signed", days("2026-07-15", "2026-08-14")), ("documents.signed", days("2026-08-05", "2026-08-05")),
    ])
    func periodOfTheMeasuresSchemeAndAnySingleDayIsStored(measure: String, range: DayRange) {
        let checked = Province.check([Province.row(measure, in: range)])

        #expect(checked == Checked(observations: [Province.observation(measure, 7, in: range)], findings: []))
    }

    @Test func runningTotalStandsAtItsLastDay() {
        let checked = Province.check([Province.row("portal.visits", in: days("2026-07-03", "2026-07-20"))])

        #expect(checked.observations == [Province.observation("portal.visits", 7, in: DayRange(day("2026-07-20")))])
    }
}
