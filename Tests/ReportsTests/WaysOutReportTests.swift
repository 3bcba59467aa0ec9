import Model
import Testing

@testable import Reports

struct WaysOutReportTests {
    @Test(arguments: Language.allCases)
    func eachStateOfAWayIsSaid(language: Language) throws {
        let at = try #require(Instant("2026-09-10T08:00"))
        let entries = [
            WayOutEntry(id: "new", kind: "webhook", url: "https://a.example/"),
            WayOutEntry(id: "on-call", kind: "alertmanager", url: "https://b.example/", state: WayOutCondition(lastSuccess: at)),
            WayOutEntry(
                id: "chat", kind: "webhook", url: "https://c.example/", waiting: 3,
                state: WayOutCondition(lastSuccess: nil, failures: 4, nextAttempt: at, lastError: "503 Service Unavailable")),
        ]

        let text = TableRenderer(language: language, width: nil, usesColour: false).render(WaysOutReport.sheet(entries, language: language))

        try Golden.expect(text, matches: "ways-out-\(language.rawValue).txt")
    }
}
