import Foundation
import Model
import Testing

@testable import Store

@Suite struct TokenTests {
    private func token(_ text: String, of name: String = "one", expires: Instant? = nil, measures: [MeasureID]? = nil) throws -> NewPushToken {
        let scope = PushScope(agencies: [try Sample.agency(1), try Sample.agency(2)], includesBelow: true, measures: measures)
        return NewPushToken(
            sender: PushSender(name: name, scope: scope), prefix: String(text.prefix(12)), digest: TokenDigest(of: text),
            createdAt: Sample.noon(), createdBy: "lan", expiresAt: expires)
    }

    @Test func aTokenComesBackAsItWasMadeAndNotAsItsText() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let late = try Sample.measure("late")

        try await store.add(try token("ddk_secretsecret", expires: Sample.noon(9), measures: [late]))
        try await store.noteUses([1: Sample.noon(2)])
        try await store.noteUses([1: Sample.noon(1), 7: Sample.noon(1)])

        let kept = try #require(try store.pushTokens().first)
        #expect(kept.token.sender == (try token("x", measures: [late])).sender)
        #expect(kept.token.prefix == "ddk_secretse" && kept.token.createdBy == "lan" && kept.token.createdAt == Sample.noon())
        #expect(kept.token.expiresAt == Sample.noon(9) && kept.token.lastUsed == Sample.noon(2))
        #expect(kept.digest.isSame(as: TokenDigest(of: "ddk_secretsecret")) && !kept.digest.isSame(as: TokenDigest(of: "ddk_secretsecreT")))
        #expect(kept.token.isAccepted(at: Sample.noon(8)) && !kept.token.isAccepted(at: Sample.noon(9)))
        try store.close()
        let bytes = try String(decoding: readFile(place.path), as: UTF8.self)
        #expect(!bytes.contains("secretsecret") && bytes.contains("ddk_secretse"))
    }

    @Test func aNewTokenEndsTheOthersOfItsSenderAndNobodyElses() async throws {
        let store = try TemporaryStore().open()
        try await store.add(try token("a"))
        try await store.add(try token("b", expires: Sample.noon(1)))
        try await store.add(try token("c", of: "two"))

        try await store.add(try token("d"), othersEnd: Sample.noon(3))

        #expect(try store.pushTokens().map(\.token.expiresAt) == [Sample.noon(3), Sample.noon(1), nil, nil])
    }

    @Test func revokingEndsAllOfASenderWithWhoAndWhy() async throws {
        let store = try TemporaryStore().open()
        for text in ["a", "b"] { try await store.add(try token(text)) }
        try await store.add(try token("c", of: "two"))
        let actor = AlertActor(name: "lan", why: "lộ mã")

        #expect(try await store.revokePushTokens(of: "one", by: actor, at: Sample.noon(1)) == 2)
        #expect(try await store.revokePushTokens(of: "one", by: actor, at: Sample.noon(2)) == 0)

        let tokens = try store.pushTokens().map(\.token)
        #expect(tokens.map(\.revokedBy) == [actor, actor, nil])
        #expect(tokens.map(\.revokedAt) == [Sample.noon(1), Sample.noon(1), nil])
        #expect(tokens.map { $0.isAccepted(at: Sample.noon(1)) } == [false, false, true])
    }

    @Test func tokensAndKeysSurviveADump() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        try await store.add(try token("a"))
        let push = PushRecord(
            source: "push:one", receivedAt: Sample.noon(), body: try PushBody([1, 2]), mediaType: "",
            observations: [try Sample.observation(1, "late", day: 0, 1)], idempotencyKey: "k")
        _ = await store.record(pushes: [push])
        var lines: [UInt8] = []
        try store.export { lines += Array($0) }
        let copy = place.directory.appendingPathComponent("copy.db").path

        var rest = lines.split(separator: UInt8(ascii: "\n"))[...]
        _ = try await Store.build(copy) { rest.popFirst().map { .init($0) } }

        let other = try Store(path: copy, mode: .readWrite)
        #expect(try other.pushTokens() == store.pushTokens())
        guard case .repeated = await other.record(pushes: [push])[0] else { throw Sample.Missing() }
        #expect(try other.verify().problems == [])
    }
}

/// The bytes of a file.
private func readFile(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }
