import Model
import Testing

@testable import Reports

struct RemoteWriteReportTests {
    @Test(arguments: Language.allCases)
    func eachStateOfATargetIsSaid(language: Language) throws {
        let at = try #require(Instant("2026-09-10T08:00"))
        let entries = [
            RemoteWriteEntry(id: "new", url: "https://a.example/"),
            RemoteWriteEntry(id: "current", url: "https://b.example/", isKnown: true, sent: 120, lastSuccess: at),
            RemoteWriteEntry(
                id: "sending", url: "https://c.example/", isKnown: true, pending: 3, sent: 7, refused: 2, replayFrom: at.day, lastSuccess: at),
            RemoteWriteEntry(
                id: "failing", url: "https://d.example/", isKnown: true, pending: 3, failures: 4, nextAttempt: at, lastError: "503 compacting"),
        ]

        let text = TableRenderer(language: language, width: nil, usesColour: false).render(RemoteWriteReport.sheet(entries, language: language))

        try Golden.expect(text, matches: "remote-write-\(language.rawValue).txt")
    }

    @Test func withoutATargetThePageThatExplainsIsNamed() {
        let notes = Language.allCases.map { RemoteWriteReport.sheet([], language: $0).notes }

        #expect(
            Set(notes) == [
                ["Chưa cấu hình đích nào: xem remote_write trong docs/metrics.md."],
                ["No target is configured: see remote_write in docs/metrics.md."],
            ])
    }
}
