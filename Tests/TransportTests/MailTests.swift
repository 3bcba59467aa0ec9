import Synchronization
import TestSupport
import Testing

@testable import Transport

/// What a relay may say to a letter, and what each comes to.
struct MailTests {
    let courier = Courier(concurrent: 4, perHost: 2)
    let parcel = Parcel(
        sender: "dondoc@sonla.example", recipients: ["mot@xa.example", "hai@xa.example", "ba@xa.example"],
        bytes: Array("Subject: x\r\n\r\nđôn đốc\r\n".utf8))

    /// What relays heard, for the test to look at afterwards.
    final class Heard: Sendable {
        private let state = Mutex<[HeardMail]>([])
        var mails: [HeardMail] { state.withLock { $0 } }
        func add(_ mail: HeardMail) { state.withLock { $0.append(mail) } }
    }

    func relay(_ manners: RelayManners = RelayManners(), _ heard: Heard = Heard()) throws -> ScriptedServer {
        try ScriptedServer { try $0.playRelay(manners) { heard.add($0) } }
    }

    @Test func acceptedLetterGivesTheRelaysAnswer() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(), heard)

        let receipt = try await courier.hand(parcel, to: server.relay())

        #expect(receipt == Receipt(answer: "250 2.0.0 Ok: queued as 4F2A", refused: []))
        #expect(
            heard.mails.first?.commands == [
                "EHLO dondoc.test", "MAIL FROM:<dondoc@sonla.example> SIZE=\(parcel.bytes.count)", "RCPT TO:<mot@xa.example>",
                "RCPT TO:<hai@xa.example>", "RCPT TO:<ba@xa.example>", "DATA",
            ])
        #expect(heard.mails.first?.wire == parcel.bytes)
    }

    @Test func connectionIsKeptForTheNextLetter() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(), heard)

        for _ in 1...4 { _ = try await courier.hand(parcel, to: server.relay()) }

        #expect(heard.mails.count == 4)
        #expect(server.connections == 1)
    }

    @Test func keptConnectionThatTheRelayClosedIsReplaced() async throws {
        let server = try relay(RelayManners(leavesAfterMail: true))

        for _ in 1...3 {
            _ = try await courier.hand(parcel, to: server.relay())
            _ = try await soon("the relay to close") { server.open == 0 ? true : nil }
        }

        #expect(server.connections == 3)
    }

    @Test(arguments: [
        ("Subject: x\r\n\r\n.a\r\n..b\r\n.\r\nc\r\n", "Subject: x\r\n\r\n..a\r\n...b\r\n..\r\nc\r\n"),
        (".first\r\nno end", "..first\r\nno end\r\n"),
        ("Subject: x\r\n\r\nend.\r\n", "Subject: x\r\n\r\nend.\r\n"),
    ])
    func dotsAreStuffedAndTheEndIsALine(text: String, wire: String) async throws {
        let heard = Heard()
        let server = try relay(RelayManners(), heard)

        _ = try await courier.hand(Parcel(sender: "a@b", recipients: ["c@d"], bytes: Array(text.utf8)), to: server.relay())

        #expect(heard.mails.first.map { String(decoding: $0.wire, as: UTF8.self) } == wire)
    }

    @Test func largeLetterArrivesWhole() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(), heard)
        let line = Array((String(repeating: "x", count: 70) + "\r\n.\r\n").utf8)
        let bytes = Array(repeatElement(line, count: 2000).joined())

        _ = try await courier.hand(Parcel(sender: "a@b", recipients: ["c@d"], bytes: bytes), to: server.relay())

        #expect(heard.mails.first?.wire.count == bytes.count + 2000)
    }

    @Test func emptySenderIsTheNullPath() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(extensions: []), heard)

        _ = try await courier.hand(Parcel(sender: "", recipients: ["c@d"], bytes: parcel.bytes), to: server.relay())

        #expect(heard.mails.first?.commands.contains("MAIL FROM:<>") == true)
    }

    @Test func oneRefusedRecipientDoesNotKeepTheLetterFromTheOthers() async throws {
        let heard = Heard()
        let server = try relay(
            RelayManners(recipient: { $0 == "hai@xa.example" ? "550 5.1.1 <hai@xa.example>: no such mailbox" : "250 Ok" }), heard)

        let receipt = try await courier.hand(parcel, to: server.relay())

        #expect(
            receipt.refused == [Receipt.RefusedRecipient(address: "hai@xa.example", code: 550, text: "5.1.1 <hai@xa.example>: no such mailbox")])
        #expect(receipt.refused.first?.isRetryable == false)
        #expect(heard.mails.count == 1)
    }

    @Test func lastRecipientRefusedIsNoDifferent() async throws {
        let server = try relay(RelayManners(recipient: { $0 == "ba@xa.example" ? "451-4.7.1 Greylisted,\r\n451 4.7.1 come back" : "250 Ok" }))

        let receipt = try await courier.hand(parcel, to: server.relay())

        #expect(receipt.refused == [Receipt.RefusedRecipient(address: "ba@xa.example", code: 451, text: "4.7.1 Greylisted, 4.7.1 come back")])
        #expect(receipt.refused.first?.isRetryable == true)
    }

    @Test func allRecipientsRefusedForGoodIsFinal() async throws {
        let server = try relay(RelayManners(recipient: { "550 5.1.1 <\($0)>: no such mailbox" }))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .rejected(code: 550, text: "5.1.1 <mot@xa.example>: no such mailbox"))
        #expect(error?.isRetryable == false)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the relay refused: 550 5.1.1 <mot@xa.example>: no such mailbox; "
                + "check the addresses, then send it again by hand")
    }

    @Test func allRecipientsRefusedAndOneOfThemForNowIsRetryable() async throws {
        let server = try relay(RelayManners(recipient: { $0 == "hai@xa.example" ? "450 4.2.1 mailbox busy" : "550 no" }))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .rejected(code: 450, text: "4.2.1 mailbox busy"))
        #expect(error?.isRetryable == true)
    }

    @Test(arguments: [("451 4.3.0 try later", 451, true), ("554 5.7.1 spam", 554, false), ("552 5.2.2 full", 552, false)])
    func verdictAfterTheDotDecidesByItsCode(verdict: String, code: Int, isRetryable: Bool) async throws {
        let server = try relay(RelayManners(verdict: verdict))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .rejected(code: code, text: String(verdict.dropFirst(4))))
        #expect(error?.isRetryable == isRetryable)
    }

    @Test func senderRefused() async throws {
        let server = try relay(RelayManners(sender: "553 5.1.8 sender not allowed"))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .rejected(code: 553, text: "5.1.8 sender not allowed"))
    }

    @Test func dropAfterTheDotSaysThatTheLetterMayHaveBeenTaken() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(verdict: nil), heard)

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .interrupted)
        #expect(error?.isRetryable == true)
        #expect(heard.mails.count == 1)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the connection ended before the answer was complete "
                + "(after the text was sent: the relay may have taken the letter); it is tried again")
    }

    @Test func dropInTheMiddleOfTheTextIsInterrupted() async throws {
        let server = try relay(RelayManners(dropsInData: true))
        let big = Parcel(sender: "a@b", recipients: ["c@d"], bytes: [UInt8](repeating: 65, count: 4_000_000))

        let error = await outcome { () throws(TransportError) in try await courier.hand(big, to: server.relay()) }.error

        #expect(error?.kind == .interrupted)
        #expect(error?.isRetryable == true)
    }

    @Test func verdictCountsEvenIfTheRelayHangsUpWithIt() async throws {
        let server = try ScriptedServer { conversation in
            try conversation.playRelay(RelayManners(verdict: "250 taken\r\n421 and gone")) { _ in conversation.reset() }
        }

        let receipt = try await courier.hand(parcel, to: server.relay())

        #expect(receipt.answer == "250 taken")
    }

    @Test(arguments: ["554 5.7.1 no service for you", "421 4.3.2 too busy"])
    func greetingRefusedSaysNothingAboutTheLetter(greeting: String) async throws {
        let server = try relay(RelayManners(greeting: greeting))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .turnedAway(code: Int(greeting.prefix(3)) ?? 0, text: String(greeting.dropFirst(4))))
        #expect(error?.isRetryable == true)
    }

    @Test func addressesRefusedBeforeTheTextWasRefusedAreToldApart() async throws {
        let server = try relay(
            RelayManners(recipient: { $0 == "hai@xa.example" ? "550 5.1.1 no such mailbox" : "250 Ok" }, verdict: "451 4.3.0 try later"))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }.error

        #expect(error?.kind == .rejected(code: 451, text: "4.3.0 try later"))
        #expect(error?.progress == .offered)
        #expect(error?.refused == [Receipt.RefusedRecipient(address: "hai@xa.example", code: 550, text: "5.1.1 no such mailbox")])
    }

    @Test func aLetterWhoseAnswerWasLostIsInDoubtAndOneThatWasNotOfferedIsNot() async throws {
        let silent = try relay(RelayManners(verdict: nil))
        let busy = try relay(RelayManners(greeting: "421 4.3.2 too busy"))

        let lost = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: silent.relay()) }.error
        let refused = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: busy.relay()) }.error

        #expect(lost?.progress == .inDoubt)
        #expect(refused?.progress == .notOffered)
    }

    @Test func silentRelayEndsWithTheTimeout() async throws {
        let lengths = Lengths()
        let server = try ScriptedServer { conversation in lengths.measure { conversation.waitForEnd() } }

        let error = await outcome { () throws(TransportError) in
            try await courier.hand(parcel, to: server.relay(timeout: .milliseconds(300)))
        }.error

        #expect(error?.kind == .timedOut)
        #expect(error?.isRetryable == true)
        #expect(try await lengths.longest(of: 1) < .seconds(18), "far below the 21 s and 120 s that libcurl would take by itself")
    }

    @Test func silenceAfterTheDotEndsWithTheTimeoutAndIsInDoubt() async throws {
        let lengths = Lengths()
        let server = try ScriptedServer { conversation in
            try conversation.playRelay(RelayManners()) { _ in lengths.measure { conversation.waitForEnd() } }
        }

        let error = await outcome { () throws(TransportError) in
            try await courier.hand(parcel, to: server.relay(timeout: .seconds(3)))
        }.error

        #expect(error?.kind == .timedOut)
        #expect(error?.detail == "after the text was sent: the relay may have taken the letter")
        #expect(try await lengths.longest(of: 1) < .seconds(18), "far below the 21 s and 120 s that libcurl would take by itself")
    }

    @Test func lateAnswerToALetterGivenUpIsNotTakenForTheNextOnes() async throws {
        let heard = Heard()
        let server = try ScriptedServer { conversation in
            try conversation.playRelay(RelayManners(verdict: "250 2.0.0 Ok: queued on \(conversation.number)")) {
                heard.add($0)
                if conversation.number == 1 { Pause.milliseconds(2000) }
            }
        }

        let first = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay(timeout: .milliseconds(300))) }
        let second = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay()) }

        #expect(first.kind == .timedOut)
        #expect(try second.get().answer == "250 2.0.0 Ok: queued on 2")
    }

    @Test func unansweredQuitHoldsNobodyUp() async throws {
        let lengths = Lengths()
        let server = try ScriptedServer { conversation in
            try lengths.measure { try conversation.playRelay(RelayManners(sender: "550 5.7.1 no", ignoresQuit: true)) { _ in } }
        }

        for _ in 1...2 { _ = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: server.relay(timeout: .seconds(30))) } }

        #expect(try await lengths.longest(of: 2) < .seconds(18), "far below the 21 s and 120 s that libcurl would take by itself")
    }

    @Test func cancellationWhileTheRelayThinksIsHeard() async throws {
        let heard = Heard()
        let server = try ScriptedServer { conversation in
            try conversation.playRelay(RelayManners()) {
                heard.add($0)
                conversation.waitForEnd()
            }
        }
        let relay = server.relay(timeout: .seconds(60))
        // Unstructured on purpose: the test cancels this one task and awaits it below.
        let task = Task { [courier, parcel] in await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) } }
        _ = try await soon("the letter") { heard.mails.isEmpty ? nil : true }

        task.cancel()

        #expect(await task.value.kind == .cancelled)
    }

    @Test func bytesThatAreNoSMTPAreWaitedOutAsSilence() async throws {
        let server = try ScriptedServer { conversation in
            try conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            conversation.waitForEnd()
        }

        let error = await outcome { () throws(TransportError) in
            try await courier.hand(parcel, to: server.relay(timeout: .milliseconds(300)))
        }.error

        #expect(error?.kind == .timedOut)
        #expect(error?.isRetryable == true)
    }

    @Test func refusedConnectionToTheRelay() async throws {
        let relay = Relay(host: "127.0.0.1", port: try deadPort(), security: .none)

        let kind = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.kind

        #expect(kind == .refused)
    }
}
