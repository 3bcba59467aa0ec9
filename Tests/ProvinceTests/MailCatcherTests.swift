import Foundation
import Province
import TestSupport
import Testing

/// The mail server as a client meets it, over TCP.
@Suite struct MailCatcherTests {
    private let today = day("2026-11-24")

    /// Sends one letter over an open connection; returns the answer to the final dot.
    private static func post(_ text: String, to recipient: String = "b@demo.example", over client: WireClient) throws -> String {
        _ = try client.say("MAIL FROM:<a@demo.example>")
        _ = try client.say("RCPT TO:<\(recipient)>")
        _ = try client.say("DATA")
        return try client.say(text + "\r\n.")
    }

    @Test func twoLettersOverOneConnectionAreCaughtInTheirOrder() async throws {
        let province = Province(today: today)

        let replies = try await withRunning(province) { ports in
            try await onThread {
                let client = try WireClient(port: ports.mail)
                return [
                    try client.readReply(), try client.say("EHLO test"), try MailCatcherTests.post("first", over: client),
                    try MailCatcherTests.post("..second", to: "c@demo.example", over: client), try client.say("QUIT"),
                    String(try client.readToEnd().count),
                ]
            }
        }

        #expect(
            replies == [
                "220 demo.sonla.example ESMTP mail catcher of the demo", "250 SIZE 20000000", "250 2.0.0 Ok: caught", "250 2.0.0 Ok: caught",
                "221 2.0.0 Bye", "0",
            ])
        #expect(province.letters.map(\.recipients) == [["b@demo.example"], ["c@demo.example"]])
        #expect(province.letters.map { String(decoding: $0.bytes, as: UTF8.self) } == ["first\r\n", ".second\r\n"])
    }

    @Test func commandsMayComeAllAtOnceOrByteByByte() async throws {
        let province = Province(today: today)
        let talk = "EHLO test\r\nMAIL FROM:<a@demo.example>\r\nRCPT TO:<b@demo.example>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n"

        try await withRunning(province) { ports in
            try await onThread {
                let atOnce = try WireClient(port: ports.mail)
                try atOnce.send(talk)
                _ = try atOnce.readToEnd()
                let slowly = try WireClient(port: ports.mail)
                for byte in talk.utf8 { try slowly.send([byte]) }
                _ = try slowly.readToEnd()
            }
        }

        #expect(province.letters.map { String(decoding: $0.bytes, as: UTF8.self) } == ["hello\r\n", "hello\r\n"])
    }

    @Test func aLineWithoutEndIsCutOffAndTheServerGoesOn() async throws {
        let province = Province(today: today)

        let (cut, next) = try await withRunning(province) { ports in
            try await onThread {
                let endless = try WireClient(port: ports.mail)
                _ = try endless.readReply()
                try endless.send([UInt8](repeating: 65, count: 8001))
                let cut = String(decoding: try endless.readToEnd(), as: UTF8.self)
                let client = try WireClient(port: ports.mail)
                _ = try client.readReply()
                return (cut, try MailCatcherTests.post("hello", over: client))
            }
        }

        #expect(cut == "500 5.5.2 line too long\r\n")
        #expect(next == "250 2.0.0 Ok: caught")
    }

    @Test func aClientThatLeavesInTheMiddleOfALetterLeavesNone() async throws {
        let province = Province(today: today)

        try await withRunning(province) { ports in
            try await onThread {
                let client = try WireClient(port: ports.mail)
                try client.send("MAIL FROM:<a@demo.example>\r\nRCPT TO:<b@demo.example>\r\nDATA\r\nhalf a letter\r\n")
            }
            try await onThread {
                let client = try WireClient(port: ports.mail)
                _ = try client.readReply()
                _ = try client.say("QUIT")
            }
        }

        #expect(province.letters == [])
    }

    @Test func whoSaysNothingIsSentAway() async throws {
        let province = Province(today: today, mailPatience: .milliseconds(50))

        let heard = try await withRunning(province) { ports in
            try await onThread {
                let client = try WireClient(port: ports.mail)
                return String(decoding: try client.readToEnd(), as: UTF8.self)
            }
        }

        #expect(heard.hasSuffix("\r\n421 4.4.2 nothing was said for too long\r\n"))
    }

    @Test func connectionsAreBoundedAndRoomComesBack() async throws {
        let province = Province(today: today)

        let (refused, later) = try await withRunning(province) { ports in
            try await onThread {
                var clients = try (1...64).map { _ in try WireClient(port: ports.mail) }
                for client in clients { _ = try client.readReply() }
                let refused = try WireClient(port: ports.mail).readReply()
                _ = try clients[0].say("QUIT")
                _ = try clients.removeFirst().readToEnd()
                // The server counts a leaver when it has closed its end, which may be a moment later.
                var later = refused
                for _ in 1...1000 where later == refused { later = try WireClient(port: ports.mail).readReply() }
                return (refused, later)
            }
        }

        #expect(refused == "421 4.7.0 too many connections")
        #expect(later.hasPrefix("220 "))
    }

    @Test func lettersAreAlsoWrittenAsFiles() async throws {
        let directory = try TemporaryDirectory()
        let province = Province(today: today, mailDirectory: directory.path)

        try await withRunning(province) { ports in
            try await onThread {
                let client = try WireClient(port: ports.mail)
                _ = try client.readReply()
                _ = try MailCatcherTests.post("Tiếng Việt", over: client)
                _ = try MailCatcherTests.post("second", over: client)
            }
        }

        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["0001.eml", "0002.eml"])
        #expect(try String(contentsOfFile: directory.file("0001.eml"), encoding: .utf8) == "Tiếng Việt\r\n")
    }

    @Test func aLetterThatCannotBeWrittenIsNotTaken() async throws {
        let directory = try TemporaryDirectory()
        let missing = directory.file("missing")
        let province = Province(today: today, mailDirectory: missing)

        let replies = try await withRunning(province) { ports in
            try await onThread {
                let client = try WireClient(port: ports.mail)
                _ = try client.readReply()
                let refused = try MailCatcherTests.post("hello", over: client)
                try FileManager.default.createDirectory(atPath: missing, withIntermediateDirectories: false)
                return [refused, try MailCatcherTests.post("hello", over: client)]
            }
        }

        #expect(replies == ["452 4.3.1 no room", "250 2.0.0 Ok: caught"])
        #expect(province.letters.count == 1)
    }
}
