import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// TLS against real servers with certificates good and bad.
struct TLSTests {
    let courier = Courier(concurrent: 4, perHost: 4)
    let parcel = Parcel(sender: "a@b", recipients: ["c@d"], bytes: Array("Subject: x\r\n\r\nx\r\n".utf8))

    @Test func privateAuthorityIsBelievedWhenNamed() async throws {
        let server = try TLSServer("private-ca", ["-www"])
        defer { server.stop() }

        let answer = try await courier.fetch(
            FetchRequest(url: "https://127.0.0.1:\(server.port)/", caFile: TLSServer.fixture("private-ca.cert")))

        #expect(answer.status == 200)
        #expect(!answer.body.isEmpty)
    }

    @Test func unknownAuthorityIsNotBelieved() async throws {
        let server = try TLSServer("private-ca", ["-www"])
        defer { server.stop() }

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "https://127.0.0.1:\(server.port)/")) }
            .error

        #expect(error?.kind == .tlsUntrusted)
        #expect(
            error?.description
                == "https://127.0.0.1:\(server.port)/: the certificate is not trusted (SSL certificate problem: self-signed certificate); "
                + "check the host name, and name the authority's PEM file as ca_file if it is a private one")
    }

    @Test func certificateForAnotherNameIsNotBelieved() async throws {
        let server = try TLSServer("private-ca", ["-www"])
        defer { server.stop() }
        // The certificate holds the address and not the name.
        let request = FetchRequest(url: "https://localhost:\(server.port)/", caFile: TLSServer.fixture("private-ca.cert"))

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(request) }.kind

        #expect(kind == .tlsUntrusted)
    }

    @Test func expiredCertificateIsCalledThat() async throws {
        let server = try TLSServer("expired", ["-www"])
        defer { server.stop() }
        let request = FetchRequest(url: "https://127.0.0.1:\(server.port)/", caFile: TLSServer.fixture("expired.cert"))

        let error = await outcome { () throws(TransportError) in try await courier.fetch(request) }.error

        #expect(error?.kind == .tlsExpired)
        #expect(
            error?.description
                == "https://127.0.0.1:\(server.port)/: the certificate is outside its period of validity "
                + "(SSL certificate problem: certificate has expired); ask who runs the server to renew it, and check this machine's clock")
    }

    @Test func oldTLSIsRefused() async throws {
        let server = try TLSServer("private-ca", ["-www", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        defer { server.stop() }
        let request = FetchRequest(url: "https://127.0.0.1:\(server.port)/", caFile: TLSServer.fixture("private-ca.cert"))

        let error = await outcome { () throws(TransportError) in try await courier.fetch(request) }.error

        #expect(error?.kind == .tlsFailed)
        #expect(error?.description.hasSuffix("; the server must speak TLS 1.2 or newer on this port") == true)
    }

    @Test func plainServerOnATLSPort() async throws {
        let server = try ScriptedServer { conversation in
            _ = try conversation.read(5)
            try conversation.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            conversation.waitForEnd()
        }

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "https://127.0.0.1:\(server.port)/")) }.kind

        #expect(kind == .tlsFailed)
    }

    @Test func missingFileOfAuthorities() async throws {
        let server = try TLSServer("private-ca", ["-www"])
        defer { server.stop() }
        let request = FetchRequest(url: "https://127.0.0.1:\(server.port)/", caFile: TLSServer.fixture("no-such"))

        let error = await outcome { () throws(TransportError) in try await courier.fetch(request) }.error

        #expect(error?.kind == .caFileUnreadable)
        #expect(
            error?.description.hasSuffix("; check that ca_file exists, is readable and holds PEM certificates") == true)
    }

    @Test func letterOverTLSFromTheFirstByte() async throws {
        let server = try TLSServer("private-ca", [])
        defer { server.stop() }
        let relay = Relay(
            host: "127.0.0.1", port: server.port, security: .tls, caFile: TLSServer.fixture("private-ca.cert"), timeout: .seconds(10))
        let player = Player(server, greeting: "220 relay\r\n")

        let receipt = try await courier.hand(parcel, to: relay)

        #expect(receipt.answer == "250 taken")
        #expect(player.lines.contains("MAIL FROM:<a@b>"))
    }

    @Test func letterOverStartTLS() async throws {
        let inner = try TLSServer("private-ca", [])
        defer { inner.stop() }
        let player = Player(inner, greeting: "")
        let plain = Mutex<[String]>([])
        let server = try ScriptedServer { conversation in
            try conversation.send("220 relay\r\n")
            while true {
                let line = try conversation.readLine()
                plain.withLock { $0.append(String(line.prefix(8))) }
                if line == "STARTTLS" { break }
                try conversation.send("250-relay\r\n250 STARTTLS\r\n")
            }
            try conversation.send("220 go\r\n")
            try conversation.passOn(to: inner.port)
        }
        var relay = server.relay(.starttls)
        relay.caFile = TLSServer.fixture("private-ca.cert")

        let receipt = try await courier.hand(parcel, to: relay)

        #expect(receipt.answer == "250 taken")
        #expect(plain.withLock { $0 } == ["EHLO don", "STARTTLS"])
        #expect(player.lines.contains("MAIL FROM:<a@b>"))
    }

    @Test func relayWithAnUnknownAuthorityGetsNothing() async throws {
        let server = try TLSServer("private-ca", [])
        defer { server.stop() }
        let relay = Relay(host: "127.0.0.1", port: server.port, security: .tls, timeout: .seconds(10))

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .tlsUntrusted)
        #expect(error?.isRetryable == true)
    }
}

/// Plays a relay on the plain side of a TLS server, on a thread of its own.
final class Player: Sendable {
    private let heard = Mutex<[String]>([])
    var lines: [String] { heard.withLock { $0 } }

    init(_ server: TLSServer, greeting: String) {
        Thread.detachNewThread { [self] in
            // A client that has gone ends the play; the test asserts on what was heard and on the receipt.
            try? play(server, greeting)
        }
    }

    private func play(_ server: TLSServer, _ greeting: String) throws {
        var isText = false
        while let line = server.readLine() {
            // Said when the handshake is done; anything given to openssl earlier would go to the knock of `TLSServer`.
            if line.hasPrefix("CIPHER is ") { try server.send(greeting) }
            // openssl mixes its own remarks into the stream, so what is no command is passed over.
            guard isText || ["EHLO ", "MAIL FROM:", "RCPT TO:", "DATA", "QUIT"].contains(where: line.hasPrefix) else { continue }
            heard.withLock { $0.append(line) }
            if isText {
                guard line == "." else { continue }
                isText = false
                try server.send("250 taken\r\n")
            } else if line == "DATA" {
                isText = true
                try server.send("354 go\r\n")
            } else {
                try server.send("250 ok\r\n")
            }
        }
    }
}
