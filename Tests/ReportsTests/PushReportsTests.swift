import Model
import Testing

@testable import Reports

struct PushReportsTests {
    private func token(
        _ id: Int64, _ name: String, expires: Instant? = nil, revoked: Instant? = nil, used: Instant? = nil, measures: [MeasureID]? = nil
    ) throws -> PushToken {
        let scope = PushScope(agencies: [try #require(AgencyCode("H52.07"))], includesBelow: id == 1, measures: measures)
        return PushToken(
            id: id, sender: PushSender(name: name, scope: scope), prefix: "ddk_abcdefg\(id)", createdAt: try #require(Instant("2026-01-05T08:00")),
            createdBy: "lan", expiresAt: expires, revokedAt: revoked, revokedBy: revoked.map { _ in AlertActor(name: "minh", why: "lộ mã") },
            lastUsed: used)
    }

    @Test(arguments: Language.allCases)
    func eachStateOfATokenIsSaid(language: Language) throws {
        let now = try #require(Instant("2026-09-10T08:00"))
        let tokens = [
            try token(1, "one-stop", used: now),
            try token(2, "ending", expires: now + .seconds(14 * 86_400), measures: [try #require(MeasureID("dossiers.received"))]),
            try token(3, "expired", expires: now), try token(4, "revoked", revoked: now),
            try token(5, "long", expires: now + .seconds(15 * 86_400)),
        ]
        let renderer = TableRenderer(language: language, width: nil, usesColour: false)

        let list = renderer.render(TokensReport.sheet(tokens, at: now, language: language))
        let new = renderer.render(
            NewTokenReport.sheet("ddk_secret", of: tokens[0].sender, expires: nil, othersEnd: now, language: language))

        try Golden.expect(list + "\n" + new, matches: "tokens-\(language.rawValue).txt")
        #expect(!list.contains("secret"))
    }

    @Test(arguments: Language.allCases)
    func whoNeverDeliveredIsLouderThanWhoDid(language: Language) throws {
        let now = try #require(Instant("2026-09-10T08:00"))
        let last = DeliveryRecord(
            id: DeliveryID(42), source: "push:one-stop", receivedAt: now, sha256: "00", byteCount: 2, mediaType: "application/json", asked: nil,
            outcome: IngestOutcome(stored: 5, unchanged: 1, restated: 2, refused: 3))
        let entries = [
            PusherEntry(name: "one-stop", hasToken: true, last: last, waiting: 2), PusherEntry(name: "silent", hasToken: true, last: nil, waiting: 0),
        ]
        let failed = [FailedLoginEntry(address: "203.0.113.7", count: 12, last: now)]
        let renderer = TableRenderer(language: language, width: nil, usesColour: false)

        let text = [PushersReport.sheet(entries, language: language), FailedLoginsReport.sheet(failed, language: language)].map(renderer.render)

        try Golden.expect(text.joined(separator: "\n"), matches: "pushers-\(language.rawValue).txt")
    }

    @Test func withoutATokenTheCommandThatMakesOneIsNamed() throws {
        let notes = Language.allCases.map { TokensReport.sheet([], at: Instant(milliseconds: 0), language: $0).notes }

        #expect(
            Set(notes) == [
                ["Chưa có mã nào: dondoc tokens create --agency MÃ --name TÊN."], ["There is none: dondoc tokens create --agency CODE --name NAME."],
            ])
    }
}
