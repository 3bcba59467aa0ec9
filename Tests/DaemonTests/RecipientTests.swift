import Daemon
import Model
import Store
import Synchronization
import TestSupport
import Testing

/// What becomes of a letter for each of its addresses, through the whole daemon and a relay on loopback.
struct RecipientTests {
    private static let three = ["mot@xa.example", "hai@xa.example", "ba@xa.example"]

    private func province() throws -> SmallProvince {
        let province = try SmallProvince()
        try province.rewrite("agencies.csv") { $0.replacing("vanthu@truotdoc.example", with: RecipientTests.three.joined(separator: "|")) }
        return province
    }

    @Test func aRefusedAddressIsAFindingAndTheOthersHaveTheLetter() async throws {
        let province = try province()
        province.behave(RelayManners(recipient: { $0 == "hai@xa.example" ? "550 5.1.1 no such mailbox" : "250 Ok" }))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is settled") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let item = try #require(try daemon.stored { try $0.outbox() }.first)
            let findings = try daemon.stored { try $0.findings(kinds: [.letterRefused]) }
            #expect(item.recipients.map(\.state) == [.sent, .failed, .sent])
            #expect(findings.map(\.finding.found) == ["hai@xa.example: 550 5.1.1 no such mailbox"])
            #expect(province.letters.count == 1)
        }
    }

    @Test func aPostponedAddressAloneGetsTheNextAttempt() async throws {
        let province = try province()
        let asked = Mutex<[[String]]>([[]])
        let greylists: @Sendable (String) -> String = { address in
            asked.withLock { $0[$0.count - 1].append(address) }
            return address == "ba@xa.example" ? "451 4.7.1 greylisted" : "250 Ok"
        }
        province.behave(RelayManners(recipient: greylists))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("two have it") {
                try daemon.stored { try $0.outbox() }.first?.recipients.map(\.state) == [.sent, .sent, .queued]
            }
            asked.withLock { $0.append([]) }
            province.behave(
                RelayManners(recipient: { address in
                    asked.withLock { $0[$0.count - 1].append(address) }
                    return "250 Ok"
                }))
            daemon.clock.advance(by: .seconds(301))
            try await daemon.eventually("all have it") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            #expect(asked.withLock { $0 } == [RecipientTests.three, ["ba@xa.example"]])
            #expect(Set(province.messageIDs).count == 1)
            #expect(try daemon.stored { try $0.findings(kinds: [.letterRefused]) }.isEmpty)
        }
    }

    @Test func aGreylistedAddressIsGivenUpAfterTheLimitInDaysAndTheOthersKeepTheirLetter() async throws {
        let province = try province()
        province.behave(RelayManners(recipient: { $0 == "ba@xa.example" ? "451 4.7.1 greylisted" : "250 Ok" }))

        try await RunningDaemon.run(province) { daemon in
            for attempt in 1...30 {
                try await daemon.eventually("attempt \(attempt)") {
                    let item = try daemon.stored { try $0.outbox() }.first
                    return item?.attempts ?? 0 >= attempt || item?.state == .sent
                }
                if try daemon.stored({ try $0.outbox() }).first?.state == .sent { break }
                daemon.clock.advance(by: .seconds(4 * 3600))
            }

            let item = try #require(try daemon.stored { try $0.outbox() }.first)
            #expect(item.recipients.map(\.state) == [.sent, .sent, .failed])
            #expect(item.recipients.map(\.attempts).prefix(2) == [1, 1])
            #expect(try daemon.stored { try $0.findings(kinds: [.letterRefused]) }.map(\.finding.found) == ["ba@xa.example: 451 4.7.1 greylisted"])
        }
    }

    @Test func theSecondRelayIsAskedWhenTheFirstWillNotTalkAndIsWrittenDown() async throws {
        let province = try province()
        let second = try ScriptedServer { try $0.playRelay() }
        province.behave(RelayManners(greeting: "421 4.3.2 too busy"))
        try province.rewrite("dondoc.yaml") {
            let lines = $0.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard line.contains("relay:") else { return String(line) }
                let first = line.replacing("  relay: ", with: "    - ")
                return "  relays:\n\(first)\n    - {host: 127.0.0.1, port: \(second.port), security: none, timeout: 60s}"
            }
            return lines.joined(separator: "\n")
        }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let item = try #require(try daemon.stored { try $0.outbox() }.first)
            #expect(Set(item.recipients.map(\.relay)) == ["smtp://127.0.0.1:\(second.port)"])
            #expect(item.attempts == 1)
            #expect(province.letters.isEmpty)
        }
    }

    @Test func whatTheFirstRelaySaysOfTheLetterIsNotAskedOfTheSecond() async throws {
        let province = try province()
        let heard = Mutex(0)
        let second = try ScriptedServer { try $0.playRelay { _ in heard.withLock { $0 += 1 } } }
        province.behave(RelayManners(verdict: "554 5.7.1 not wanted"))
        try province.rewrite("dondoc.yaml") {
            let lines = $0.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                guard line.contains("relay:") else { return String(line) }
                let first = line.replacing("  relay: ", with: "    - ")
                return "  relays:\n\(first)\n    - {host: 127.0.0.1, port: \(second.port), security: none, timeout: 60s}"
            }
            return lines.joined(separator: "\n")
        }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is given up") { try daemon.stored { try $0.outbox(state: .failed) }.count == 1 }

            #expect(heard.withLock { $0 } == 0)
            #expect(province.letters.count == 1)
        }
    }

    @Test func anAddressThatTheRelayKnowsNobodyAtIsPassedOverFromThenOn() async throws {
        let province = try province()
        let answers = ["mot@xa.example": "550 5.1.1 no such user", "hai@xa.example": "550 5.7.1 not from you"]
        province.behave(RelayManners(recipient: { answers[$0] ?? "250 Ok" }))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is settled") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            let marked = try daemon.stored { try $0.bouncedAddresses() }
            try await daemon.eventually("the reminder and the operators' letter are written") {
                daemon.clock.advance(by: .seconds(86_400))
                return try daemon.stored { try $0.outbox() }.count >= 3
            }

            #expect(marked.map(\.address) == ["mot@xa.example"])
            #expect(marked.map(\.status) == ["5.1.1"] && marked.map(\.diagnostic) == ["550 5.1.1 no such user"])
            let later = try daemon.stored { try $0.outbox() }.dropLast().filter { $0.letter.agency != nil }
            #expect(later.map(\.letter.recipients) == [["hai@xa.example", "ba@xa.example"]])
        }
    }

    @Test func whenTheRelayKnowsNobodyAtAnyAddressTheOperatorsGetTheReminder() async throws {
        let province = try SmallProvince()
        province.behave(RelayManners(recipient: { $0 == "vanthu@truotdoc.example" ? "550 5.1.1 no such user" : "250 Ok" }))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is given up") { try daemon.stored { try $0.outbox(state: .failed) }.count == 1 }
            try await daemon.eventually("the reminder and the operators' letter are written") {
                daemon.clock.advance(by: .seconds(86_400))
                return try daemon.stored { try $0.outbox() }.count >= 3
            }

            let later = try daemon.stored { try $0.outbox() }.dropLast()
            #expect(later.allSatisfy { $0.letter.recipients == ["operator@sonla.example"] })
            #expect(later.contains { $0.letter.agency != nil })
        }
    }
}
