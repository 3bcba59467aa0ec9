import Assembly
import Control
import Model
import Reports
import TestSupport
import Testing

/// The working calendar as the daemon and `--database` answer for it.
@Suite struct DeskCalendarTests {
    private func files(unit: String) -> Office.Files {
        Office.Files(
            agencies: [("H52.01", "Sở Trượt Dốc")],
            measures: """
                  - {id: mail.sent, title: {vi: Thư đã gửi, en: Messages sent}}
                  - {id: staff, title: {vi: Biên chế, en: Staff}}

                """,
            indicators: """
                  - id: email.sent
                    title: {vi: Thư mỗi ngày làm việc, en: Messages per working day}
                    clause: "(h)"
                    direction: higher
                    unit: \(unit)
                    definitions:
                      - version: 1
                        numerator: mail.sent
                        denominator: staff
                        wording: {vi: Thư trên biên chế, en: Messages over staff}
                        legal_basis: Văn bản thử nghiệm

                """,
            sources: [
                "mail": """
                id: mail
                kind: http
                schedule: "15 2 * * *"
                request: {each: month, url: "https://mail.example/${month}"}
                answer:
                  rows: data
                  agency: {code: code}
                  measures: {mail.sent: sent, staff: staff}

                """
            ])
    }

    /// With a month of 2025, a year that the calendar does not have.
    private func office(unit: String) async throws -> Office {
        let office = try Office(files(unit: unit))
        try await office.receive(
            #"{"data": [{"code": "H52.01", "sent": 40, "staff": 10}]}"#, from: "mail", at: instant("2026-02-01T02:15"),
            asked: days("2025-07-01", "2025-07-31"))
        return office
    }

    private func isMissing(_ office: Office, at now: String = "2026-09-10T08:00") throws -> [Int] {
        try office.desk(now: instant(now)).calendarRemarks().filter(\.isProblem).map(\.year)
    }

    @Test func figuresPerWorkingDayNeedTheCalendarBackToTheirFirstDay() async throws {
        #expect(try isMissing(await office(unit: "per-working-day")) == [2025])
        #expect(try isMissing(await office(unit: "percent")) == [])
        #expect(try isMissing(await office(unit: "percent"), at: "2026-10-01T00:00") == [2027])
    }

    @Test func periodsThatAgenciesOweNeedTheCalendarToo() throws {
        var files = files(unit: "percent")
        files.rules = "rules:\n  - {id: silent, kind: not-reported, from: 2024-06-01, indicators: [email.sent]}\n"

        #expect(try isMissing(Office(files)) == [2024, 2025])
    }

    @Test func theStatusTellsOfMissingYearsInBothLanguages() async throws {
        let office = try await office(unit: "per-working-day")

        let texts = [office.desk(.vietnamese), office.desk(.english)].map { $0.answer(.status) }

        let vietnamese = "calendar.yaml: thiếu năm 2025; không tính được hạn và ngày làm việc trong đó"
        let english = "calendar.yaml: missing years: 2025; deadlines and working days in them cannot be counted"
        for (response, text) in zip(texts, [vietnamese, english]) {
            guard case .document(let document) = response else {
                Issue.record("\(response)")
                continue
            }
            #expect(document.blocks.contains(.text(text)))
        }
    }

    @Test func aYearIsShownAndOneThatIsNotThereIsNot() async throws {
        let office = try await office(unit: "percent")

        let months = try office.desk().answer(.calendarShow(year: 2026)).sheet("calendar-months")

        #expect(try months.column("working_days").first == .integer(22))
        #expect(
            office.desk().answer(.calendarShow(year: 2027)).failure
                == Failure(.unknownID, "calendar.yaml has no year 2027", hint: "the years it has: 2026"))
    }
}
