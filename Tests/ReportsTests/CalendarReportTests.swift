import Model
import Testing

@testable import Reports

struct CalendarReportTests {
    /// A computed year with one swap, after a missing one.
    private func calendar() throws -> WorkCalendar {
        let byLaw = try #require(WorkCalendar.daysOffByLaw(in: 2029))
        let off = try #require(Day("2029-12-31"))
        let worked = try #require(Day("2029-12-22"))
        let loose = try #require(Day("2029-12-29"))
        let swap = WorkCalendar.DayOff(
            LocalizedText(vietnamese: "Nghỉ hoán đổi, làm bù 22/12", english: "Swapped, worked on 2029-12-22"), .swap)
        return WorkCalendar(
            years: [2029: .estimated], daysOff: byLaw.merging([off: swap]) { _, new in new }, workedWeekends: [loose], workedFor: [worked: off],
            origins: [2029: .init(basis: "Bộ luật Lao động 2019", isComputed: true)])
    }

    @Test(arguments: Language.allCases)
    func aYearIsShownWithEveryUnusualDayAndTheWorkingDaysOfEachMonth(language: Language) throws {
        let document = CalendarReport.document(try calendar(), year: 2029, language: language)

        let text = TableRenderer(language: language, width: 100, usesColour: false).render(document)

        try Golden.expect(text, matches: "calendar-\(language.rawValue).txt")
    }

    @Test func programsGetStableIdentifiers() throws {
        let document = CalendarReport.document(try calendar(), year: 2029, language: .vietnamese)

        let text = CSVRenderer().render(document)

        try Golden.expect(text, matches: "calendar.csv")
    }

    /// Each kind of remark once, made by calendars that deserve it.
    private func remarks() throws -> [CalendarRemark] {
        let today = try #require(Day("2026-11-23"))
        let chinese = try #require(WorkCalendar.daysOffByLaw(in: 2026)).filter { $0.key.description != "2026-11-24" }
        let off = try #require(Day("2026-04-25"))
        let stated = WorkCalendar.DayOff(named: "Giỗ Tổ Hùng Vương", .holiday)
        let wrong = WorkCalendar(years: [2026: .estimated], daysOff: chinese.merging([off: stated]) { _, new in new })
        let short = try #require(WorkCalendar.daysOffByLaw(in: 2029)).filter { $0.value.reason == .holiday }
        let exact = try #require(WorkCalendar.daysOffByLaw(in: 2027)).filter { $0.value.reason == .holiday }
        let worked = try #require(Day("2027-06-05"))
        let both = WorkCalendar(
            years: [2027: .confirmed, 2028: .confirmed, 2029: .confirmed], daysOff: short.merging(exact) { first, _ in first },
            workedWeekends: [worked])
        return wrong.remarks(on: today, dataSince: Day("2020-12-20")).filter { $0.year != 2021 }
            + both.remarks(on: try #require(Day("2029-01-01"))).filter { $0.year != 2028 }
    }

    @Test func everyRemarkIsASentenceThatSaysWhatToDo() throws {
        let remarks = try remarks()

        #expect(
            remarks.map { $0.sentence(.vietnamese) } == [
                "thiếu năm 2020, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung 'year: 2020, status, days_off'",
                "thiếu năm 2022, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2022, status: estimated}'",
                "thiếu năm 2023, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2023, status: estimated}'",
                "thiếu năm 2024, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2024, status: estimated}'",
                "thiếu năm 2025, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2025, status: estimated}'",
                "năm 2026 còn là dự kiến; nhập ngày nghỉ theo thông báo của năm rồi đặt status: confirmed",
                "ngày 24/11/2026 (Thứ Ba) là Ngày Văn hóa Việt Nam theo luật nhưng đang tính là ngày làm việc; bổ sung vào days_off",
                "ngày 25/04/2026 (Thứ Bảy) ghi là ngày lễ nhưng luật không có; nếu là nghỉ bù hay hoán đổi thì ghi why: compensatory hoặc why: swap",
                "thiếu năm 2027, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2027, status: estimated}'",
                "năm 2027 có 9 ngày lễ và nghỉ bù từ thứ Hai đến thứ Sáu, theo luật là 12; kiểm tra ngày nghỉ bù",
                "năm 2027 có 0 ngày nghỉ hoán đổi và 1 ngày làm bù; mỗi ngày nghỉ cần một ngày làm bù (swaps)",
                "năm 2029 có 10 ngày lễ và nghỉ bù từ thứ Hai đến thứ Sáu, theo luật là 11 hoặc 12; kiểm tra ngày nghỉ bù",
            ])
        #expect(
            remarks.map { $0.sentence(.english) } == [
                "2020 is missing, so deadlines and working days in it cannot be counted; add 'year: 2020, status, days_off'",
                "2022 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2022, status: estimated}'",
                "2023 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2023, status: estimated}'",
                "2024 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2024, status: estimated}'",
                "2025 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2025, status: estimated}'",
                "2026 is still estimated; enter the days of its notices and set status: confirmed",
                "2026-11-24 (Tuesday) is Viet Nam Culture Day by law, but counts as a working day; add it to days_off",
                "2026-04-25 (Saturday) stands as a holiday, but the law has none on it; for a day in lieu or swapped write why: compensatory or swap",
                "2027 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2027, status: estimated}'",
                "2027 has 9 holidays and days in lieu from Monday to Friday, by law 12; look at the days in lieu",
                "2027 has 0 days off by swap and 1 weekend days worked; each day off needs one (swaps)",
                "2029 has 10 holidays and days in lieu from Monday to Friday, by law 11 or 12; look at the days in lieu",
            ])
    }

    @Test func remarksAreSummedUpForTheStatus() throws {
        let remarks = try remarks()
        let warning = remarks.filter { $0.kind == .noticeDue }

        #expect(CalendarRemarksReport.summary([], language: .english).isEmpty)
        #expect(
            CalendarRemarksReport.summary(remarks, language: .vietnamese) == [
                "calendar.yaml: thiếu năm 2020, 2022, 2023, 2024, 2025, 2027; không tính được hạn và ngày làm việc trong đó",
                "calendar.yaml: 6 điểm cần xem; chạy dondoc calendar check",
            ])
        #expect(
            CalendarRemarksReport.summary(remarks, language: .english) == [
                "calendar.yaml: missing years: 2020, 2022, 2023, 2024, 2025, 2027; deadlines and working days in them cannot be counted",
                "calendar.yaml: 6 things to look at; run dondoc calendar check",
            ])
        #expect(
            CalendarRemarksReport.summary(warning, language: .english) == ["calendar.yaml: 1 thing to look at; run dondoc calendar check"])
    }

    @Test(arguments: Language.allCases)
    func everyCaseHasItsOwnWords(language: Language) {
        let titles = [
            WorkCalendar.YearStatus.allCases.map { $0.title(language) }, WorkCalendar.DayOff.Reason.allCases.map { $0.title(language) },
            StatutoryHoliday.allCases.map { $0.name[language] }, (4...10).map { Day(number: $0).weekdayName(language) },
        ]

        for words in titles { #expect(Set(words).count == words.count && !words.contains("")) }
        #expect(Day(number: 4).weekdayName(.english) == "Monday")
        #expect(Day(number: 4).weekdayName(.vietnamese) == "Thứ Hai")
    }
}
