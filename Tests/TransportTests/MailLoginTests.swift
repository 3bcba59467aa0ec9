import Synchronization
import TestSupport
import Testing

@testable import Transport

/// How a relay is told who we are, and what happens when it does not believe us.
extension MailTests {
    @Test func loginIsSentAndItsSecretNeverShown() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(extensions: ["AUTH PLAIN"]), heard)
        var relay = server.relay()
        relay.username = "dondoc"
        relay.password = Secret("mật khẩu")

        _ = try await courier.hand(parcel, to: relay)

        // printf '\0dondoc\0mật khẩu' | base64
        #expect(heard.mails.first?.commands.contains("AGRvbmRvYwBt4bqtdCBraOG6qXU=") == true)
        #expect(!"\(relay)".contains("dondoc"))
    }

    @Test(arguments: [
        (Relay.Login.plain, ["AUTH PLAIN", "AGRvbmRvYwB0MGtlbg=="]), (.login, ["AUTH LOGIN", "ZG9uZG9j", "dDBrZW4="]),
        // printf 'user=dondoc\1auth=Bearer t0ken\1\1' | base64
        (.xoauth2, ["AUTH XOAUTH2", "dXNlcj1kb25kb2MBYXV0aD1CZWFyZXIgdDBrZW4BAQ=="]),
    ])
    func theLoginThatIsAskedForIsTheOneThatIsUsed(login: Relay.Login, said: [String]) async throws {
        let heard = Heard()
        let server = try relay(RelayManners(extensions: ["AUTH LOGIN XOAUTH2 PLAIN"]), heard)
        var relay = server.relay()
        relay.login = login
        relay.username = "dondoc"
        relay.password = Secret("t0ken")

        _ = try await courier.hand(parcel, to: relay)

        #expect(heard.mails.first.map { Array($0.commands[1...].prefix(said.count)) } == said)
    }

    @Test func aLoginThatTheRelayDoesNotOfferIsNotReplacedByAnother() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(extensions: ["AUTH PLAIN"]), heard)
        var relay = server.relay()
        relay.login = .xoauth2
        relay.username = "dondoc"
        relay.password = Secret("t0ken")

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .loginUnsupported)
        #expect(error?.progress == .notOffered)
        #expect(heard.mails.isEmpty)
    }

    @Test func refusedLoginIsTheRelaysTroubleAndNotTheLetters() async throws {
        let server = try relay(RelayManners(extensions: ["AUTH PLAIN"], login: "535 5.7.8 authentication failed"))
        var relay = server.relay()
        relay.username = "dondoc"
        relay.password = Secret("s3cret")

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .turnedAway(code: 535, text: "5.7.8 authentication failed"))
        #expect(error?.isRetryable == true)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the relay would not talk to us: 535 5.7.8 authentication failed; "
                + "check the user name, the password or token file, and whether the relay accepts this machine")
    }

    /// As Google, Microsoft and Dovecot answer a token that has run out.
    @Test(arguments: [
        // printf '{"status":"401","schemes":"bearer"}' | base64
        ("334 eyJzdGF0dXMiOiI0MDEiLCJzY2hlbWVzIjoiYmVhcmVyIn0=", "{\"status\":\"401\",\"schemes\":\"bearer\"}"),
        ("334 no token, no letter", "no token, no letter"), ("334 gICAgA==", "gICAgA=="),
    ])
    func refusedTokenIsToldInTheRelaysWords(says: String, text: String) async throws {
        let heard = Heard()
        let server = try relay(RelayManners(extensions: ["AUTH XOAUTH2"], login: says), heard)
        var relay = server.relay()
        relay.login = .xoauth2
        relay.username = "dondoc"
        relay.password = Secret("t0ken")

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .turnedAway(code: 334, text: text))
        #expect(error?.progress == .notOffered)
        #expect(error?.isRetryable == true)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the relay would not talk to us: 334 \(text); "
                + "check the user name, the password or token file, and whether the relay accepts this machine")
    }

    @Test func relayThatAsksForNoLoginGetsTheLetterWithoutThePassword() async throws {
        let heard = Heard()
        let server = try relay(RelayManners(), heard)
        var relay = server.relay()
        relay.username = "dondoc"
        relay.password = Secret("s3cret")

        _ = try await courier.hand(parcel, to: relay)

        #expect(heard.mails.first?.commands.contains { $0.hasPrefix("AUTH") } == false)
    }

    @Test func relayThatKnowsOnlyForeignLogins() async throws {
        let server = try relay(RelayManners(extensions: ["AUTH X-SMART-CARD"]))
        var relay = server.relay()
        relay.username = "dondoc"
        relay.password = Secret("s3cret")

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .loginUnsupported)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the relay offers no way of logging in that is known here; "
                + "check security and username in the settings; many relays allow a login only over TLS")
    }

    @Test func missingStartTLSSendsNeitherPasswordNorLetter() async throws {
        let lines = Mutex<[String]>([])
        let server = try ScriptedServer { conversation in
            try conversation.send("220 relay ESMTP\r\n")
            while true {
                let line = try conversation.readLine()
                lines.withLock { $0.append(line) }
                try conversation.send(line.hasPrefix("EHLO") ? "250-relay\r\n250 AUTH PLAIN\r\n" : "502 no\r\n")
            }
        }
        var relay = server.relay(.starttls)
        relay.username = "dondoc"
        relay.password = Secret("s3cret")

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .tlsMissing)
        #expect(
            error?.description
                == "smtp://127.0.0.1:\(server.port): the relay offers no STARTTLS, which the settings demand; "
                + "nothing was sent; correct the port or the relay, or set security to tls or none")
        #expect(lines.withLock { $0.filter { !$0.hasPrefix("EHLO") && $0 != "QUIT" && $0 != "STARTTLS" } } == [])
    }
}
