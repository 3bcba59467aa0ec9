import Model
import Testing

@testable import Reports

struct WaysOutReportTests {
    @Test(arguments: Language.allCases)
    func eachStateOfAWayIsSaid(language: Language) throws {
        let at = try #require(Instant("2026-09-10T08:00"))
        var taken = WayOutState(way: "on-call")
        taken.lastSuccess = at
        var refused = WayOutState(way: "chat")
        (refused.failures, refused.nextAttempt, refused.lastError) = (4, at, "503 Service Unavailable")
        let entries = [
            WayOutEntry(id: "new", kind: "webhook", url: "https://a.example/"),
            WayOutEntry(id: "on-call", kind: "alertmanager", url: "https://b.example/", state: taken),
            WayOutEntry(id: "chat", kind: "webhook", url: "https://c.example/", waiting: 3, state: refused),
        ]

        let text = TableRenderer(language: language, width: nil, usesColour: false).render(WaysOutReport.sheet(entries, language: language))

        try Golden.expect(text, matches: "ways-out-\(language.rawValue).txt")
    }
}
