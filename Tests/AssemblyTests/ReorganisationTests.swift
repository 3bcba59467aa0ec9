import Assembly
import Control
import Foundation
import Model
import Notify
import Reports
import Settings
import Store
import TestSupport
import Testing

/// The worked example of docs/reorganisation.md: on 1/7/2025 twelve districts and two hundred communes became seventy-five communes.
@Suite struct ReorganisationTests {
    private static let boundary = day("2025-07-01")
    private static let source = """
        id: sheet
        kind: http
        title: {vi: Bảng số liệu, en: Sheet}
        schedule: "0 7 * * *"
        request: {each: month, url: "http://127.0.0.1:1/?thang=${year}-${month:2}"}
        answer:
          format: csv
          agency: {code: ma}
          days: asked
          measures: {dossiers.received: nhan, dossiers.received.online: truc_tuyen}

        """

    private func importer(
        _ list: String, successions: String? = nil, closing: RegisterImport.Closing? = nil, into directory: TemporaryDirectory
    ) throws -> RegisterImporter {
        func read(_ name: String) throws -> RegisterImport.List {
            .init(name: name, text: try String(contentsOfFile: repository("docs/examples/reorganisation-2025/\(name)"), encoding: .utf8))
        }
        return try RegisterImporter.prepare(
            agencies: read(list), successions: try successions.map(read), closing: closing, directory: directory.path
        ).get()
    }

    /// The shipped configuration with the example's register before and after, as docs/reorganisation.md brings it in.
    private func office() throws -> Office {
        let directory = try TemporaryDirectory()
        for name in try FileManager.default.contentsOfDirectory(atPath: repository("config")) where name != "demo" && name != "sources.d" {
            try directory.copy(repository("config/\(name)"), to: name)
        }
        try directory.write(ReorganisationTests.source, to: "sources.d/sheet.yaml")
        _ = try importer("agencies-before.csv", into: directory).apply(stamp: "before")
        let closing = RegisterImport.Closing(levels: [.district, .commune], day: ReorganisationTests.boundary)
        _ = try importer("agencies-after.csv", successions: "successions.csv", closing: closing, into: directory).apply(stamp: "after")
        return try Office(directory)
    }

    /// A month's counts as the sheet gives them, received on a day: code, received, online.
    private func receive(_ month: String, _ rows: [(String, Int, Int)], at time: String, _ office: Office) async throws -> [Finding] {
        let lines = rows.map { "\($0.0),\($0.1),\($0.2)\n" }.joined()
        return try await office.receive("ma,nhan,truc_tuyen\n\(lines)", from: "sheet", at: instant(time), asked: period(month).range)
    }

    private let now = instant("2025-10-05T08:00")

    @Test func theRegisterOfEachDayIsTheOneOfThatDay() throws {
        let register = try office().configuration.core.register

        func count(_ level: Agency.Level, _ text: String) -> Int { register.agencies(in: DayRange(day(text)), level: level).count }
        #expect(count(.district, "2025-06-30") == 12)
        #expect(count(.commune, "2025-06-30") == 200)
        #expect(count(.district, "2025-07-01") == 0)
        #expect(count(.commune, "2025-07-01") == 75)
        #expect(register.agency(code("H52.168"), on: day("2025-06-30"))?.parent == code("H52.SCO"))
        #expect(register.agency(code("H52.168"), on: day("2025-07-01"))?.parent == code("H52"))
    }

    @Test func predecessorsAreAddedWhereTheyCameWholeAndTheRestIsAMarkedBreak() async throws {
        let office = try office()
        _ = try await receive("2025-06", [("H52.TPS.04", 100, 40), ("H52.TPS.05", 50, 10), ("H52.TPS.06", 10, 10)], at: "2025-07-05T07:00", office)
        _ = try await receive("2025-07", [("H52.101", 200, 120)], at: "2025-08-05T07:00", office)
        let desk = office.desk(now: now)

        let trend = try desk.answer(
            .trend(
                question: TrendQuestion(
                    agency: code("H52.101"), indicator: "dossier.online", from: PeriodName("2025-06"), through: PeriodName("2025-07"),
                    withPredecessors: true))
        ).sheet("trend")
        let alone = try desk.answer(
            .trend(question: TrendQuestion(agency: code("H52.101"), indicator: "dossier.online", through: PeriodName("2025-07")))
        ).sheet("trend")

        #expect(try trend.column("numerator") == [.integer(60), .integer(120)])
        #expect(try trend.column("denominator") == [.integer(160), .integer(200)])
        #expect(
            trend.notes.prefix(2) == [
                "The figures of the former agencies are added: Xã cũ số 4 (ví dụ) (H52.TPS.04), Xã cũ số 5 (ví dụ) (H52.TPS.05), "
                    + "Xã cũ số 6 (ví dụ) (H52.TPS.06).",
                "Break on 2025-07-01: only a part of Xã cũ số 3 (ví dụ) (H52.TPS.03) came over; its earlier figures are not added.",
            ])
        #expect(try alone.column("period").map(\.id) == ["2025-07"])
    }

    @Test func aHalfYearAcrossTheBoundaryIsTheSumOfBothOnRequest() async throws {
        let office = try office()
        _ = try await receive("2025-06", [("H52.TPS.07", 100, 40), ("H52.TPS.08", 50, 10), ("H52.TPS.09", 10, 10)], at: "2025-07-05T07:00", office)
        _ = try await receive("2025-07", [("H52.102", 200, 120)], at: "2025-08-05T07:00", office)

        let sheet = try office.desk(now: now).answer(
            .rollup(
                question: RollupQuestion(indicator: "dossier.online", agencies: [code("H52.102")], withPredecessors: true, period: PeriodName("2025"))
            )
        ).sheet("rollup")

        #expect(try sheet.column("numerator") == [.integer(180)])
        #expect(try sheet.column("denominator") == [.integer(360)])
    }

    @Test func lateFiguresOfAnAbolishedCommuneCountForItsOldMonthAndNotForALaterOne() async throws {
        let office = try office()

        let late = try await receive("2025-06", [("H52.TPS.01", 80, 20)], at: "2025-09-20T07:00", office)
        let wrong = try await receive("2025-08", [("H52.TPS.01", 70, 30)], at: "2025-09-20T07:05", office)

        #expect(late == [])
        #expect(wrong.map(\.kind) == [.agencyNotInForce, .agencyNotInForce])
        let reading = try office.reading("dossier.online", of: "H52.TPS.01", over: period("2025-06"), today: now.day)
        #expect(reading.numerator == 20)
        #expect(reading.denominator == 80)
    }

    @Test func lettersGoToTheSuccessorAndOfASplitCommuneToBoth() throws {
        let register = try office().configuration.core.register

        func addressees(_ text: String) -> [[String]] {
            let reason = Reason.noLongerJudged("")
            let key = AlertKey(rule: "threshold", subject: "dossier.online", agency: code(text))
            let transition = Transition(
                key: key, from: nil, to: .firing, severity: .warning, at: now, period: period("2025-06"), reason: reason)
            let owed = Telling.Owed(alert: transition.alert, occasion: .news, step: 0, audience: .agency)
            return Notices.compose([owed], transitions: [transition], register: register, today: now.day).notices.map {
                $0.addressees.map(\.code.text)
            }
        }

        #expect(addressees("H52.TPS.01") == [["H52.100"]])
        #expect(addressees("H52.TPS.03") == [["H52.100"], ["H52.101"]])
        #expect(addressees("H52.168") == [["H52.168"]])
    }

    @Test func rankingIsByTheRegisterOfItsPeriod() async throws {
        let office = try office()

        func ranked(_ month: String) throws -> [String] {
            try office.desk(now: now).answer(.rank(indicator: "dossier.online", period: PeriodName(month), scheme: nil, level: .commune, asOf: nil))
                .sheet("rank")
                .column("agency").map(\.id)
        }

        let june = try ranked("2025-06")
        let july = try ranked("2025-07")
        #expect(june.count == 200)
        #expect(july.count == 75)
        #expect(Set(june).intersection(july).count == 7)
    }
}
