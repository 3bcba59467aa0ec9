import TestSupport
import Testing

@testable import Transport

/// What is said to an IMAP server, and what is made of its answers.
struct FolderVisitTests {
    private let mailbox = ScriptedMailbox()

    private func account(_ server: ScriptedServer, timeout: Duration = .seconds(20)) -> MailAccount {
        MailAccount(
            host: "127.0.0.1", port: server.port, security: .none, username: "dondoc", secret: Secret("mật khẩu"), timeout: timeout)
    }

    private func server() throws -> ScriptedServer { try ScriptedServer { [mailbox] in try $0.playMailbox(mailbox) } }

    @Test func mailsAreReadWholeAndNotMarked() async throws {
        let server = try server()
        let mails = ["Subject: a\n\nD2 OK not the end\n* 1 FETCH (\n", "Subject: b\n\n) {5}\n"]
        for mail in mails { mailbox.add(mail) }
        let visit = FolderVisit(account(server))

        let state = try await visit.open()
        let uids = try await visit.mails(after: 0)
        var fetched: [FetchedMail] = []
        for uid in uids { fetched += [try await visit.fetch(uid, maximum: 10_000)].compactMap { $0 } }
        await visit.close()

        #expect(state == FolderState(validity: 17, count: 2))
        #expect(fetched.map { String(decoding: $0.bytes, as: UTF8.self) } == mails.map { $0.replacing("\n", with: "\r\n") })
        #expect(fetched.allSatisfy { !$0.isCut })
        #expect(mailbox.flags == [[], []])
        #expect(!mailbox.commands.contains { $0.contains("BODY[]") })
    }

    @Test func onlyMailsAfterTheLastOneAreNamed() async throws {
        let server = try server()
        for number in 1...3 { mailbox.add("Subject: \(number)\n\n") }
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        #expect(try await visit.mails(after: 2) == [3])
        #expect(try await visit.mails(after: 3) == [])
    }

    @Test func ofALargeMailOnlyTheBeginningIsRead() async throws {
        let server = try server()
        let uid = mailbox.add("Subject: large\n\n" + String(repeating: "x", count: 5000))
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        let mail = try #require(try await visit.fetch(uid, maximum: 1000))

        #expect(mail.bytes.count == 1000 && mail.isCut && mail.size == 5018)
    }

    @Test func aMailThatHasGoneIsNoMail() async throws {
        let server = try server()
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        #expect(try await visit.fetch(9, maximum: 1000) == nil)
    }

    @Test(arguments: ["IMAP4rev1 UIDPLUS MOVE", "IMAP4rev1 UIDPLUS"])
    func aMailIsMovedIntoAFolderThatIsMadeForIt(_ capabilities: String) async throws {
        let server = try server()
        mailbox.behave { $0.capabilities = capabilities }
        let uid = mailbox.add("Subject: a\n\n")
        mailbox.add("Subject: b\n\n")
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        try await visit.move(uid, to: "Đã xử lý")

        #expect(mailbox.uids == [2])
        #expect(mailbox.moved(to: "&ARAA4w- x&Hu0- l&AP0-").count == 1)
    }

    @Test func withoutMoveAndUidplusTheOriginalStaysMarkedAsDeleted() async throws {
        let server = try server()
        mailbox.behave { $0.capabilities = "IMAP4rev1" }
        let uid = mailbox.add("Subject: a\n\n")
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        try await visit.move(uid, to: "Done")

        #expect(mailbox.flags == [["\\Deleted"]])
        #expect(!mailbox.commands.contains { $0.contains("EXPUNGE") })
    }

    @Test func aRefusedLoginSaysWhatTheServerSaid() async throws {
        let server = try server()
        mailbox.behave { $0.login = "NO [AUTHENTICATIONFAILED] wrong password" }

        let error = await outcome { () throws(TransportError) in try await FolderVisit(account(server)).open() }.error

        #expect(error?.kind == .loginRefused(text: "NO [AUTHENTICATIONFAILED] wrong password"))
        #expect(error?.isRetryable == true)
        #expect(error.map { "\($0)" }?.contains("mật khẩu") == false)
    }

    @Test(arguments: [("AUTH=PLAIN SASL-IR", false), ("AUTH=XOAUTH2 SASL-IR", true)])
    func aLoginMayBeAPasswordOrAToken(_ capabilities: String, _ usesToken: Bool) async throws {
        let server = try server()
        mailbox.behave { $0.capabilities = "IMAP4rev1 \(capabilities)" }
        var account = account(server)
        account.usesToken = usesToken

        #expect(try await FolderVisit(account).open().validity == 17)
    }

    @Test func aTokenIsNotSentAsAPassword() async throws {
        let server = try server()
        mailbox.behave { $0.capabilities = "IMAP4rev1 AUTH=PLAIN" }
        var account = account(server)
        account.usesToken = true

        let error = await outcome { () throws(TransportError) in try await FolderVisit(account).open() }.error

        #expect(error?.kind == .loginUnsupported)
        #expect(!mailbox.commands.contains { $0.hasPrefix("LOGIN") })
    }

    @Test func aServerWithoutStarttlsGetsNoPassword() async throws {
        let server = try server()
        var account = account(server)
        account.security = .starttls

        let error = await outcome { () throws(TransportError) in try await FolderVisit(account).open() }.error

        #expect(error?.kind == .tlsMissing)
        #expect(!mailbox.commands.contains { $0.hasPrefix("LOGIN") })
    }

    @Test func aFolderThatIsNotThereIsRefusedWithTheServersWords() async throws {
        let server = try server()
        mailbox.behave { $0.refusals["SELECT"] = "NO no such folder" }

        let error = await outcome { () throws(TransportError) in try await FolderVisit(account(server)).open() }.error

        #expect(error?.kind == .folderRefused(text: "NO no such folder"))
    }

    @Test func aConnectionThatBreaksIsInterruptedAndOneThatHangsTimesOut() async throws {
        let server = try server()
        mailbox.behave { $0.dropsAt = "UID SEARCH" }
        let first = FolderVisit(account(server))
        _ = try await first.open()
        let broken = await outcome { () throws(TransportError) in try await first.mails(after: 0) }.error
        mailbox.behave {
            $0.dropsAt = nil
            $0.hangsAt = "UID SEARCH"
        }
        let second = FolderVisit(account(server, timeout: .seconds(1)))
        _ = try await second.open()
        let hanging = await outcome { () throws(TransportError) in try await second.mails(after: 0) }.error

        #expect(broken?.kind == .interrupted)
        #expect(hanging?.kind == .timedOut)
    }

    @Test func cancellingEndsAVisitThatWaits() async throws {
        let server = try server()
        mailbox.behave { $0.hangsAt = "SELECT" }
        let visit = FolderVisit(account(server))
        let task = Task { await outcome { () throws(TransportError) in try await visit.open() }.error }  // Ended by the cancellation below.
        while !mailbox.commands.contains(where: { $0.hasPrefix("SELECT") }) { await Task.yield() }

        task.cancel()

        #expect(await task.value?.kind == .cancelled)
    }

    @Test func aMailThatIsLargerThanTheServerSaidIsRefused() async throws {
        let server = try server()
        let uid = mailbox.add("Subject: a\n\n")
        mailbox.behave { $0.fetch = "* 1 FETCH (UID 1 BODY[] {99999999}\r\n" }
        let visit = FolderVisit(account(server))
        _ = try await visit.open()

        let error = await outcome { () throws(TransportError) in try await visit.fetch(uid, maximum: 1000) }.error

        #expect(error?.kind == .tooLarge(limit: 2 * 14 + 65_536) || error?.kind == .tooLarge(limit: 2 * 1000 + 65_536))
    }

    @Test(arguments: [("private-ca", TransportError.Kind.tlsUntrusted), ("expired", .tlsExpired)])
    func overTLSTheCertificateIsChecked(_ certificate: String, _ kind: TransportError.Kind) async throws {
        let server = try TLSServer(certificate, ["-quiet"])
        var account = MailAccount(
            host: "localhost", port: server.port, security: .tls, username: "a", secret: Secret("b"), timeout: .seconds(20))
        if certificate == "expired" { account.caFile = TLSServer.fixture("expired.cert") }
        let strict = account

        let error = await outcome { () throws(TransportError) in try await FolderVisit(strict).open() }.error

        #expect(error?.kind == kind)
    }
}

/// The cutting of what arrives into responses.
struct IMAPReaderTests {
    @Test func responsesAreTheSameHoweverTheyArrive() throws {
        let wire = Array("* 2 FETCH (UID 7 BODY[HEADER (a b)] {3}\r\nx\r\n FLAGS (\\Seen \"a\\\"b\"))\r\n* OK [UIDVALIDITY 9] (is fine\r\nD1 OK done\r\n".utf8)
        var whole = IMAPReader(limit: 1000)
        whole.add(wire)
        var all: [IMAPResponse] = []
        while let response = try whole.next() { all.append(response) }
        var single = IMAPReader(limit: 1000)
        var each: [IMAPResponse] = []
        for byte in wire {
            single.add([byte])
            while let response = try single.next() { each.append(response) }
        }

        #expect(all == each && all.count == 3)
        #expect(all[0].fetched?["BODY[HEADER (a b)]"] == .string(Array("x\r\n".utf8)))
        #expect(all[0].fetched?["FLAGS"] == .list([.atom("\\Seen"), .string(Array("a\"b".utf8))]))
        #expect(all[1].code("UIDVALIDITY") == 9)
        #expect(all[2].status == "OK" && all[2].tag == "D1")
    }

    @Test func whatIsNoIMAPOrTooLargeIsRefusedAndNothingTraps() {
        var random = SeededNumbers(seed: 7)
        let original = Array("* 2 FETCH (UID 7 BODY[] {3}\r\nabc FLAGS (\\Seen))\r\nD1 OK done\r\n".utf8)
        var refused = 0
        for _ in 0..<3000 {
            var wire = original
            for _ in 0..<3 { wire[Int.random(in: 0..<wire.count, using: &random)] = UInt8.random(in: 0...255, using: &random) }
            var reader = IMAPReader(limit: 200)
            reader.add(wire)
            do throws(IMAPReader.Broken) {
                while try reader.next() != nil {}
            } catch {
                refused += 1
            }
        }

        #expect(refused > 0)
    }
}
