import Control
import Model
import TestSupport
import Testing

@testable import dondoc

/// Both commands from the files on disk to the bytes an operator sees.
@Suite struct CalendarCommandTests {
    private let surroundings = Surroundings(environment: [:], isTerminal: false, isInteractive: false, terminalWidth: nil)

    private func directory(_ calendar: String) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        try directory.write(calendar, to: "calendar.yaml")
        return directory
    }

    private func check(
        _ calendar: String, _ language: Language, as format: OutputFormat = .table, on today: String = "2026-11-23"
    ) throws -> Outcome {
        let directory = try directory(calendar)
        let verdict = try Offline.checkCalendar(configuration: directory.path, database: nil, language: language, today: day(today)).get()
        var outcome = verdict.outcome(format, language, surroundings)
        outcome.output = Array(String(decoding: outcome.output, as: UTF8.self).replacing(directory.path, with: "DIR").utf8)
        return outcome
    }

    private let incomplete = "years: [{year: 2026, status: estimated}]\n"
    private let complete = "years: [{year: 2026, status: estimated}, {year: 2027, status: estimated}]\n"

    @Test func aYearThatIsNeededAndMissingIsAProblem() throws {
        #expect(
            try check(incomplete, .vietnamese)
                == Outcome(
                    output: """
                        calendar.yaml: cảnh báo: năm 2026 còn là dự kiến; nhập ngày nghỉ theo thông báo của năm rồi đặt status: confirmed
                        calendar.yaml: thiếu năm 2027, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2027, status: estimated}'
                        DIR: lịch làm việc có 1 lỗi, 1 cảnh báo

                        """, status: .answerIsNo))
        #expect(
            try check(incomplete, .english)
                == Outcome(
                    output: """
                        calendar.yaml: warning: 2026 is still estimated; enter the days of its notices and set status: confirmed
                        calendar.yaml: 2027 is missing, so deadlines and working days in it cannot be counted; add '- {year: 2027, status: estimated}'
                        DIR: the working calendar has 1 problem, 1 warning

                        """, status: .answerIsNo))
    }

    @Test func warningsAloneLeaveTheAnswerGood() throws {
        #expect(
            try check(complete, .english)
                == Outcome(
                    output: """
                        calendar.yaml: warning: 2026 is still estimated; enter the days of its notices and set status: confirmed
                        DIR: the working calendar has 0 problems, 1 warning

                        """, status: .answered))
        #expect(
            try check(complete, .vietnamese, on: "2025-12-14")
                == Outcome(output: "DIR: lịch làm việc có 1 lỗi, 0 cảnh báo\n", status: .answerIsNo).with(
                    "calendar.yaml: thiếu năm 2025, nên không tính được hạn và ngày làm việc trong năm đó; bổ sung '- {year: 2025, status: estimated}'\n"
                ))
        #expect(try check(complete, .english, on: "2026-12-15").status == .answered)
    }

    @Test func mistakesOfTheFileStandWithTheirPlace() throws {
        #expect(
            try check("years: [{year: 2026, status: confirmed, days_off: [{day: 2026-13-01, name: x}]}]\n", .english)
                == Outcome(
                    output: """
                        calendar.yaml:1:58: 'day' is '2026-13-01', expected a day of the calendar such as 2026-08-01
                        DIR: the working calendar has 1 problem, 0 warnings

                        """, status: .answerIsNo))
    }

    @Test func programsGetProblemsAndRemarksAsTwoTables() throws {
        let csv = try check(incomplete, .english, as: .csv)

        #expect(
            String(decoding: csv.output, as: UTF8.self)
                == "file,line,column,message\r\n\r\nseverity,year,kind,day,message\r\n"
                + "warning,2026,notice-due,,2026 is still estimated; enter the days of its notices and set status: confirmed\r\n"
                + "problem,2027,year-missing,,\"2027 is missing, so deadlines and working days in it cannot be counted; "
                + "add '- {year: 2027, status: estimated}'\"\r\n")
    }

    @Test func aYearIsShownFromTheFileOnDisk() throws {
        let directory = try directory(incomplete)

        let response = Offline.calendar(2026, configuration: directory.path, language: .english)

        guard case .document(let document) = response else {
            Issue.record("\(response)")
            return
        }
        let sheets = document.blocks.compactMap { block in if case .sheet(let sheet) = block { sheet.id } else { nil } }
        #expect(sheets == ["calendar", "calendar-days", "calendar-months"])
    }

    @Test func aYearThatIsNotThereIsAnsweredWithThoseThatAre() throws {
        let directory = try directory(complete)

        let english = Offline.calendar(2031, configuration: directory.path, language: .english)
        let vietnamese = Offline.calendar(2031, configuration: directory.path, language: .vietnamese)

        #expect(english == .failure(Failure(.unknownID, "calendar.yaml has no year 2031", hint: "the years it has: 2026, 2027")))
        #expect(vietnamese == .failure(Failure(.unknownID, "calendar.yaml không có năm 2031", hint: "các năm đã có: 2026, 2027")))
    }

    @Test func aBrokenFileIsNotShown() throws {
        let directory = try directory("years: [{year: 2026, status: sure}]\n")

        let response = Offline.calendar(2026, configuration: directory.path, language: .english)

        let path = directory.path
        #expect(
            response
                == .failure(
                    Failure(
                        .failed,
                        "calendar.yaml in \(path) is broken:\ncalendar.yaml:1:30: 'status' is 'sure', expected one of confirmed, estimated",
                        hint: "See all of it with dondoc calendar check \(path).")))
    }
}

extension Outcome {
    /// The outcome with a line before its own.
    fileprivate func with(_ line: String) -> Outcome {
        var copy = self
        copy.output = Array(line.utf8) + output
        return copy
    }
}
