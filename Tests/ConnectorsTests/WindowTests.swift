import Model
import TestSupport
import Testing

@testable import Connectors

@Suite struct WindowTests {
    private func windows(_ request: String..., from first: String, through last: String) throws -> [String] {
        let source = try SourceUnderTest(request: request + ["url: \"https://a.example/\""])
        return try #require(source.connector).windows(from: day(first), through: day(last)).map(\.description)
    }

    @Test func daysAreAskedOneByOne() throws {
        #expect(try windows(from: "2026-08-30", through: "2026-09-01") == ["2026-08-30", "2026-08-31", "2026-09-01"])
    }

    @Test func rangeIsOneQuestion() throws {
        #expect(try windows("each: range", from: "2026-08-30", through: "2026-09-01") == ["2026-08-30..2026-09-01"])
    }

    @Test func monthsAreAskedWholeAndAnOpenOneNever() throws {
        let expected = ["2026-07-01..2026-07-31", "2026-08-01..2026-08-31"]

        #expect(try windows("each: month", from: "2026-07-20", through: "2026-09-29") == expected)
        #expect(try windows("each: month", from: "2026-07-20", through: "2026-08-31") == expected)
        #expect(try windows("each: month", from: "2026-08-01", through: "2026-08-30") == [])
    }

    @Test func monthsOfTheAdministrativeSchemeRunFromTheFifteenth() throws {
        let asked = try windows("each: month", "scheme: admin15", from: "2026-01-01", through: "2026-03-13")

        #expect(asked == ["2025-12-15..2026-01-14", "2026-01-15..2026-02-14"])
    }

    @Test(arguments: ["day", "month", "range"])
    func nothingIsAskedBackwards(_ each: String) throws {
        #expect(try windows("each: \(each)", from: "2026-08-02", through: "2026-08-01") == [])
    }

    @Test func requestKeyChangesWithTheQuestionAndWithItsReading() throws {
        let august = days("2026-08-01", "2026-08-31")
        let lines = ["url: \"https://a.example/\""]
        let variants = [
            try SourceUnderTest(request: lines), try SourceUnderTest(request: lines + ["headers: {X-Agency: sonla}"]),
            try SourceUnderTest(request: lines + ["method: POST"]), try SourceUnderTest(request: ["url: \"https://b.example/\""]),
            try SourceUnderTest(answer: ["agency: {code: code}", "measures: {dossiers.received: n}"]),
            try SourceUnderTest(answer: ["agency: {code: code}", "measures: {dossiers.received: m}"]),
            try SourceUnderTest(answer: ["agency: {name: code}", "measures: {dossiers.received: n}"]),
            try SourceUnderTest(answer: ["agency: {code: code}", "measures: {dossiers.received: n}", "verify: {path: a, equals: b}"]),
        ]

        let keys = try variants.map { try #require($0.connector).requestKey(august) }

        #expect(Set(keys).count == variants.count)
        #expect(try keys[0] == #require(variants[0].connector).requestKey(august))
        #expect(try keys[0] != #require(variants[0].connector).requestKey(days("2026-07-01", "2026-07-31")))
    }
}
