@testable import Daemon
import Control
import Model
import Store
import TestSupport
import Testing

struct PushTokenTests {
    @Test func aTokenIsRecognisableAndHoldsAllItsBits() {
        #expect(PushTokenText.text([]) == "ddk_")
        #expect(PushTokenText.text(Array("fooba".utf8)) == "ddk_Zm9vYmE")
        #expect(PushTokenText.text(Array("foob".utf8)) == "ddk_Zm9vYg")
        #expect(PushTokenText.text([255, 239, 191]) == "ddk_" + "_--_")
        let tokens = (0..<100).map { _ in PushTokenText.random() }
        #expect(Set(tokens).count == 100 && tokens.allSatisfy { $0.utf8.count == 47 })
        #expect(PushTokenText.prefix(of: "ddk_0123456789") == "ddk_01234567")
    }

    @Test func aTokenIsTakenUntilItEndsAndItsUseIsNoted() async throws {
        let province = try SmallProvince()
        let test = try DeskUnderTest(province.directory.path)
        let text = PushTokenText.random()
        let now = test.clock.now
        try await test.store.add(
            NewPushToken(
                sender: DeskUnderTest.sender, prefix: PushTokenText.prefix(of: text), digest: TokenDigest(of: text), createdAt: now,
                createdBy: "lan", expiresAt: now + .seconds(60)))
        #expect(await test.desk.sender(token: text) == nil, "tokens are in memory and re-read when they change")
        try test.office.tokens.reload(from: test.store)

        #expect(await test.desk.sender(token: text) == DeskUnderTest.sender)
        for wrong in ["", "ddk_", String(text.dropLast()), text + "A", String(text.dropLast()) + "!", String(repeating: "x", count: 100_000)] {
            #expect(await test.desk.sender(token: wrong) == nil)
        }
        #expect(try test.store.pushTokens().map(\.token.lastUsed) == [nil])
        try await test.office.writeUses()
        #expect(try test.store.pushTokens().map(\.token.lastUsed) == [now])
        test.clock.advance(by: .seconds(60))
        #expect(await test.desk.sender(token: text) == nil)
    }

    @Test func whatCameUnderANameBeforeItWasGivenAgainIsSomebodyElses() async throws {
        let province = try SmallProvince()
        let test = try DeskUnderTest(province.directory.path)
        func give(_ agency: String) async throws -> PushSender {
            let sender = PushSender(name: "so", scope: PushScope(agencies: [code(agency)], includesBelow: false))
            let text = PushTokenText.random()
            test.clock.advance(by: .seconds(60))
            try await test.store.add(
                NewPushToken(
                    sender: sender, prefix: PushTokenText.prefix(of: text), digest: TokenDigest(of: text), createdAt: test.clock.now,
                    createdBy: "lan", expiresAt: nil))
            try test.office.tokens.reload(from: test.store)
            return sender
        }
        func push(_ sender: PushSender, _ agency: String) async throws -> DeliveryID {
            let observations = DeskUnderTest.observations([(day("2026-09-01"), 5)], agency: agency)
            return try await test.desk.receive(DeskUnderTest.push(observations, from: sender)).delivery
        }

        let former = try await give("H52.01")
        let formers = try await push(former, "H52.01")
        #expect(try await test.desk.receipt(of: formers, for: former) != nil)
        _ = try await give("H52.01")
        #expect(try await test.desk.receipt(of: formers, for: former) != nil, "a token that replaces another speaks for the same sender")
        let newer = try await give("H52.02")
        let newers = try await push(newer, "H52.02")

        #expect(try await test.desk.receipt(of: formers, for: newer) == nil)
        #expect(try await test.desk.receipt(of: newers, for: newer)?.record.id == newers)
        #expect(try await test.desk.receipt(of: newers, for: former) == nil, "a certificate of that name is somebody else too")
        #expect(test.office.tokens.start(of: newer, beside: [former]) == nil, "and then nobody knows whose it is")
        #expect(test.office.tokens.start(of: newer, beside: [newer]) != nil)
    }

    @Test func aNameBelongsToTheScopeThatPushedUnderIt() {
        func scope(_ agencies: String..., measures: [MeasureID]? = nil) -> PushScope {
            PushScope(agencies: agencies.map(code), includesBelow: false, measures: measures)
        }
        let own = scope("H52.01", "H52.02")
        let others = [
            scope("H52.01"), PushScope(agencies: own.agencies, includesBelow: true), scope("H52.01", "H52.02", measures: [measure("staff")]),
        ]

        #expect(FrontDesk.mayHaveName(own, certified: [], earlier: [], hasPushed: false))
        #expect(FrontDesk.mayHaveName(own, certified: [], earlier: [scope("H52.02", "H52.01")], hasPushed: true), "order says nothing")
        #expect(!FrontDesk.mayHaveName(own, certified: [], earlier: [], hasPushed: true))
        for other in others {
            #expect(FrontDesk.mayHaveName(own, certified: [], earlier: [other], hasPushed: false), "nothing is under the name")
            #expect(!FrontDesk.mayHaveName(own, certified: [], earlier: [own, other], hasPushed: true))
            #expect(!FrontDesk.mayHaveName(own, certified: [other], earlier: [], hasPushed: false), "the certificate may push at any time")
        }
    }

    @Test func operatorsMakeListReplaceAndEndTokens() async throws {
        let province = try SmallProvince()
        try await RunningDaemon.run(province) { daemon in
            let order = TokenOrder(
                name: "sonla", scope: PushScope(agencies: [code("H52.01")], includesBelow: true), expires: day("2026-12-31"), by: "lan")
            let made = try await daemon.ask(.tokenCreate(order: order)).sheet("new-token")
            let token = try #require(made.rows.first?[1].id)
            #expect(token.hasPrefix("ddk_") && token.utf8.count == 47)
            #expect(made.notes == ["Hand it to the sender now: dondoc keeps only its digest and cannot print it again."])

            let again = try await daemon.ask(.tokenCreate(order: order))
            let inUse = Failure(.refused, "the sender 'sonla' has a token already", hint: "replace it with dondoc tokens rotate sonla")
            #expect(again == .failure(inUse))
            let rotated = try await daemon.ask(.tokenRotate(order: RotationOrder(name: "sonla", grace: .seconds(3600), by: "lan")))
            let second = try #require(try rotated.sheet("new-token").rows.first?[1].id)
            #expect(second != token)
            let list = try await daemon.ask(.tokenList(all: false)).sheet("tokens")
            #expect(list.rows.map { $0[2].id } == [PushTokenText.prefix(of: token), PushTokenText.prefix(of: second)])
            #expect(list.rows.map { $0[6] } == [.instant(instant("2026-09-10T09:00")), list.rows[1][6]])
            #expect(!"\(list)".contains(token) && !"\(list)".contains(second))
            #expect(try await daemon.ask(.status).sheet("pushers").rows.map { $0[1].id } == ["never"])

            let revoked = try await daemon.ask(.tokenRevoke(name: "sonla", by: AlertActor(name: "lan", why: "leaked"))).sheet("tokens")
            #expect(revoked.rows.map { $0[1].id } == ["revoked", "revoked"] && revoked.rows.map { $0[12].id } == ["leaked", "leaked"])
            #expect(try await daemon.ask(.tokenList(all: false)).sheet("tokens").rows.isEmpty)
            #expect(try await daemon.ask(.tokenCreate(order: order)).sheet("new-token").rows.count == 1, "the name may come back")
        }
    }

    @Test func whatCannotBeDoneIsSaidWithWhatToDo() async throws {
        let province = try SmallProvince()
        try await RunningDaemon.run(province) { daemon in
            let scope = PushScope(agencies: [code("H52.01")], includesBelow: false)
            let strange = PushScope(agencies: [code("H52.99")], includesBelow: false)
            let unknown = PushScope(agencies: [code("H52.01")], includesBelow: false, measures: [measure("dossiers.recieved")])
            let questions: [(Request, Failure)] = [
                (
                    .tokenCreate(order: TokenOrder(name: "Sơn La", scope: scope, by: "lan")),
                    Failure(
                        .invalidRequest, "'Sơn La' is not a sender's name",
                        hint: "names are 1 to 64 of a-z, 0-9, '.', '_', '-' and begin with a letter")
                ),
                (
                    .tokenCreate(order: TokenOrder(name: "a", scope: PushScope(agencies: [], includesBelow: false), by: "lan")),
                    Failure(.invalidRequest, "no agency is named", hint: "--agency H52.07")
                ),
                (
                    .tokenCreate(order: TokenOrder(name: "a", scope: scope, expires: day("2026-09-09"), by: "lan")),
                    Failure(.invalidRequest, "the last day 2026-09-09 is over")
                ),
                (
                    .tokenRevoke(name: "a", by: AlertActor(name: "lan", why: " ")), Failure(.invalidRequest, "the reason is empty", hint: "--why")
                ),
                (
                    .tokenRevoke(name: "a", by: AlertActor(name: "lan", why: "x")),
                    Failure(.unknownID, "the sender 'a' has no token", hint: "dondoc tokens list --all")
                ),
                (
                    .tokenRotate(order: RotationOrder(name: "a", grace: .zero, by: "lan")),
                    Failure(.unknownID, "the sender 'a' has no token", hint: "dondoc tokens list --all")
                ),
                (.findingsList(kind: nil, source: "push:a", since: nil), Failure(.unknownID, "there is no sender 'a'")),
            ]
            for (request, failure) in questions { #expect(try await daemon.ask(request) == .failure(failure)) }
            for scope in [strange, unknown] {
                guard case .failure(let failure) = try await daemon.ask(.tokenCreate(order: TokenOrder(name: "a", scope: scope, by: "lan"))) else {
                    Issue.record("a token for nobody was made")
                    return
                }
                #expect(failure.code == .unknownID)
            }
        }
    }
}
