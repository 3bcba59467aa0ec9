import Assembly
import Control
import Model
import TestSupport
import Testing

/// A period that is named for a file or form lies over days by each measure's own scheme, and forms ask only of agencies that were there.
@Suite struct PeriodOfFileTests {
    private func office() throws -> Office {
        var files = Audit.files()
        files.measures += "  - {id: issued, title: {vi: Văn bản phát hành, en: Issued}, scheme: admin15}\n"
        return try Office(files)
    }

    private func lines(_ text: String, _ order: (inout ImportOrder) -> Void = { _ in }) throws -> [String] {
        var file = ImportOrder(name: "a.csv", file: Payload(Array(text.utf8)), period: PeriodName("8/2026"), by: "lan")
        order(&file)
        let office = try office()
        let answer = office.desk(now: instant("2026-09-20T08:00")).answer(.importPreview(order: file))
        guard answer.failure == nil else { return [answer.failure?.message ?? ""] }
        let sheet = try answer.sheet("import-lines")
        let columns = try ["outcome", "measure", "from", "through"].map { try sheet.column($0) }
        return sheet.rows.indices.map { row in columns.map { $0[row].id }.joined(separator: " ") }
    }

    private static let both = "agency,measure,value\nH52.01,issued,5\nH52.01,received,7\n"

    @Test func aTableOfMeasuresOfBothSchemesIsReadAsEachHasIt() throws {
        #expect(
            try lines(PeriodOfFileTests.both) == ["new issued 2026-07-15 2026-08-14", "new received 2026-08-01 2026-08-31"])
        #expect(
            try lines("{\"observations\":[{\"agency\":\"H52.01\",\"measure\":\"issued\",\"value\":5}]}") == [
                "new issued 2026-07-15 2026-08-14"
            ])
    }

    @Test func aMapOfMeasuresOfBothSchemesIsReadAsEachHasIt() throws {
        let map = "answer: {format: csv, agency: {code: ma}, measures: {issued: ph, received: tn}}\n"

        let read = try lines("ma,ph,tn\nH52.01,5,7\n") { $0.map = ImportOrder.Map(name: "so.yaml", text: map) }

        #expect(read == ["new issued 2026-07-15 2026-08-14", "new received 2026-08-01 2026-08-31"])
    }

    @Test func aSchemeThatIsNamedHoldsForAllAndDaysOfTheFileMustLieInTheMeasuresPeriod() throws {
        let calendar = try lines(PeriodOfFileTests.both) { $0.scheme = .calendar }
        let own = try lines("agency,measure,from,to,value\nH52.01,issued,2026-07-15,2026-08-14,5\n")
        let outside = try lines("agency,measure,from,to,value\nH52.01,issued,2026-08-15,2026-09-14,5\n")

        #expect(calendar == ["refused issued 2026-08-01 2026-08-31", "new received 2026-08-01 2026-08-31"])
        #expect(own == ["new issued 2026-07-15 2026-08-14"])
        #expect(
            outside == ["a.csv: line 2, column 'value': a figure of 2026-08-15..2026-09-14, outside 2026-07-15..2026-08-14 that --period says"])
    }

    @Test func aFormAsksNothingOfAnAgencyThatWasNotThereInTheDaysOfTheColumn() throws {
        // H52.04 ended on 30 June 2025, in the third quarter of one scheme and before that of the other; H52.03 began the day after.
        let question = FormQuestion(
            measures: [measure("received"), measure("issued")], period: try #require(PeriodName("2025-Q3")),
            agencies: [code("H52.03"), code("H52.04")], level: nil, form: .csv)

        let office = try office()
        guard case .bytes(let form) = office.desk().answer(.importForm(question: question)) else {
            Issue.record("no form")
            return
        }

        #expect(
            String(decoding: form.bytes, as: UTF8.self) == """
                agency,measure,from,to,value\r
                H52.03,received,2025-07-01,2025-09-30,\r
                H52.03,issued,2025-06-15,2025-09-14,\r
                H52.04,issued,2025-06-15,2025-09-14,\r

                """)
        var gone = question
        gone.period = try #require(PeriodName("2025-Q4"))
        #expect(
            office.desk().answer(.importForm(question: gone)).failure?.message
                == "the agency H52.04 does not exist in 2025-09-15..2025-12-14; 2025-10-01..2025-12-31")
    }
}
