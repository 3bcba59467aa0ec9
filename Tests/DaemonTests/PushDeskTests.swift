@testable import Daemon
import Model
import Receiver
import Store
import TestSupport
import Testing

struct PushDeskTests {
    private let province: SmallProvince
    private let first = day("2026-09-01")

    init() throws { province = try SmallProvince() }

    private func refusal(_ body: () async throws(PushTrouble) -> PushReceipt) async -> PushTrouble? {
        do throws(PushTrouble) {
            _ = try await body()
            return nil
        } catch {
            return error
        }
    }

    @Test func whatIsAcknowledgedIsInTheStoreWithItsBytesUnderItsSender() async throws {
        let test = try DeskUnderTest(province.directory.path)
        let push = DeskUnderTest.push(DeskUnderTest.observations([(first, 5), (first + 1, nil)]))

        let receipt = try await test.desk.receive(push)
        let again = try await test.desk.receive(push)

        #expect(receipt == PushReceipt(delivery: DeliveryID(1), stored: 2, unchanged: 0, restated: 0, refused: []))
        #expect(again == PushReceipt(delivery: DeliveryID(2), stored: 0, unchanged: 2, restated: 0, refused: []))
        let record = try #require(try test.store.delivery(DeliveryID(1)))
        #expect(record.source == "push:one" && record.mediaType == "application/json" && record.receivedAt == test.clock.now)
        #expect(try test.store.rawBytes(of: DeliveryID(1)) == Array("body".utf8))
        #expect(
            try test.store.cells(of: [measure("dossiers.received")], in: DayRange(start: first, span: 9))[
                measure("dossiers.received"), code("H52.01")
            ].map(\.value) == [5, nil])
        #expect(test.changes == [DeliveryID(0)], "only the first changed figures")
        #expect(test.office.commits.waiting.isEmpty)
    }

    @Test func oneRefusalRefusesTheOthersOnlyWhenThatWasAskedFor() async throws {
        let test = try DeskUnderTest(province.directory.path)
        let observations = DeskUnderTest.observations([(first, 5), (day("2026-09-20"), 6), (first + 1, 7)])

        let trouble = await refusal { () throws(PushTrouble) in
            try await test.desk.receive(DeskUnderTest.push(observations, isAtomic: true, key: "k"))
        }
        #expect(try test.store.deliveries().isEmpty)
        let receipt = try await test.desk.receive(DeskUnderTest.push(observations, key: "k"))

        guard case .refused(let refused)? = trouble else {
            Issue.record("\(String(describing: trouble))")
            return
        }
        #expect(refused.map(\.index) == [1] && refused.map(\.code) == [.futureDay])
        #expect(receipt.stored == 2 && receipt.refused == refused && !receipt.isRepeat)
        #expect(try await test.desk.receive(DeskUnderTest.push(observations, key: "k")).isRepeat)
        let counts = test.office.tally.current
        #expect(counts.pushes == ["refused": 1, "stored": 1, "repeated": 1])
        #expect(counts.observations == ["stored": 2, "unchanged": 0, "restated": 0, "refused": 1], "a repeat is counted once")
        let findings = try test.store.findings(source: "push:one")
        #expect(findings.map(\.finding.kind) == [.futureDay] && findings.map(\.delivery) == [DeliveryID(1)])
        #expect(try test.store.delivery(DeliveryID(1))?.outcome == IngestOutcome(stored: 2, refused: 1))
    }

    @Test func aSenderSpeaksForItsAgenciesAlone() async throws {
        let test = try DeskUnderTest(province.directory.path)
        let sender = PushSender(
            name: "sliding", scope: PushScope(agencies: [code("H52.01")], includesBelow: false, measures: [measure("dossiers.received")]))

        let own = try await test.desk.receive(DeskUnderTest.push(DeskUnderTest.observations([(first, 5)]), from: sender))
        let other = try await test.desk.receive(DeskUnderTest.push(DeskUnderTest.observations([(first, 5)], agency: "H52.02"), from: sender))
        let online = try await test.desk.receive(
            DeskUnderTest.push(DeskUnderTest.observations([(first, 5)], measure: "dossiers.received.online"), from: sender))

        #expect(own.stored == 1)
        #expect(other.stored == 0 && other.refused.map(\.code) == [.outOfScope])
        #expect(online.stored == 0 && online.refused.map(\.code) == [.outOfScope])
        let catalogue = await test.desk.catalogue(for: sender)
        #expect(catalogue.agencies.map(\.code.text) == ["H52.01"] && catalogue.measures.map(\.id.text) == ["dossiers.received"])
        #expect(await test.desk.catalogue(for: DeskUnderTest.sender).agencies.map(\.code.text) == ["H52", "H52.01", "H52.02"])
        #expect(try await test.desk.receipt(of: own.delivery, for: sender)?.record.outcome.stored == 1)
        #expect(try await test.desk.receipt(of: own.delivery, for: DeskUnderTest.sender) == nil, "nothing of one sender leaks to another")
        #expect(try await test.desk.receipt(of: DeliveryID(99), for: sender) == nil)
    }

    @Test func concurrentRepeatsOfOneKeyGiveOneDelivery() async throws {
        let test = try DeskUnderTest(province.directory.path)
        let push = DeskUnderTest.push(DeskUnderTest.observations([(first, 5)]), key: "k")

        let receipts = try await withThrowingTaskGroup(of: PushReceipt.self) { group in
            for _ in 0..<20 { group.addTask { try await test.desk.receive(push) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(Set(receipts.map(\.delivery)) == [DeliveryID(1)] && receipts.count { !$0.isRepeat } == 1)
        #expect(receipts.allSatisfy { $0.stored == 1 })
        #expect(try test.store.deliveries().count == 1)
        let other = await refusal { () throws(PushTrouble) in
            try await test.desk.receive(DeskUnderTest.push(DeskUnderTest.observations([(first, 6)]), body: "other", key: "k"))
        }
        #expect(other == .keyReused)
    }

    @Test func manySendersAtOnceAllGetTheirOwnReceipts() async throws {
        let test = try DeskUnderTest(province.directory.path)

        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<60 {
                group.addTask { [first] in
                    let sender = PushSender(name: "s\(number % 7)", scope: DeskUnderTest.everybody)
                    let observations = DeskUnderTest.observations([(first - number, Int64(number))])
                    let receipt = try await test.desk.receive(DeskUnderTest.push(observations, body: "\(number)", from: sender))
                    #expect(receipt.stored == 1)
                    #expect(try test.store.rawBytes(of: receipt.delivery) == Array("\(number)".utf8))
                }
            }
            try await group.waitForAll()
        }

        #expect(try test.store.deliveries().count == 60)
        #expect(try test.store.verify().problems == [])
    }

    @Test func aStoppingDeskTakesNothing() async throws {
        let test = try DeskUnderTest(province.directory.path)
        let push = DeskUnderTest.push(DeskUnderTest.observations([(first, 5)]))

        #expect(await test.desk.isReady())
        test.desk.stop()

        #expect(await refusal { () throws(PushTrouble) in try await test.desk.receive(push) } == .stopping)
        #expect(await !test.desk.isReady())
        #expect(try test.store.deliveries().isEmpty)
    }

    @Test func aStoreWithoutRoomSaysSoAndHealsByItself() async throws {
        let test = try DeskUnderTest(province.directory.path, maximumBytes: 700_000)
        var random = SeededNumbers(seed: 1)
        var trouble: PushTrouble?
        var number = 0
        while trouble == nil, number < 1000 {
            let text = String(decoding: (0..<20_000).map { _ in UInt8.random(in: 33...126, using: &random) }, as: UTF8.self)
            let push = DeskUnderTest.push(DeskUnderTest.observations([(first - number, 1)]), body: text)
            trouble = await refusal { () throws(PushTrouble) in try await test.desk.receive(push) }
            number += 1
        }

        #expect(trouble == .full)
        #expect(await !test.desk.isReady())
        test.clock.advance(by: .seconds(10))
        #expect(await test.desk.isReady(), "somebody must be let try again")
        #expect(try await test.store.dropRawBytes(receivedBefore: test.clock.now) > 0)
        #expect(try await test.desk.receive(DeskUnderTest.push(DeskUnderTest.observations([(first, 2)]))).delivery.number == Int64(number))
        #expect(await test.desk.isReady())
    }

    @Test func thePageForScrapersIsTheDaemonsOwn() async throws {
        let test = try DeskUnderTest(province.directory.path)
        _ = try await test.desk.receive(DeskUnderTest.push(DeskUnderTest.observations([(first, 5)])))
        test.desk.noteBusy()

        let page = try await test.desk.metrics()
        #expect(page.contains("dondoc_deliveries_total 1\n"))
        #expect(page.contains("dondoc_push_last_timestamp_seconds{sender=\"one\"} "))
        #expect(page.contains("dondoc_pushes_total{result=\"stored\"} 1\n"))
        #expect(page.contains("dondoc_pushes_total{result=\"busy\"} 1\n"), "who was turned away at the door counts too")
        #expect(page.contains("dondoc_pushed_observations_total{outcome=\"stored\"} 1\n"))
        #expect(page.contains("dondoc_pushes_waiting 0\n") && page.contains("dondoc_push_failed_logins 0\n"))
    }
}
