import TestSupport
import Testing

@testable import Transport

/// What a server may do wrong, and what each comes to: an error of the right kind, at once, and never a trap.
struct HostileServerTests {
    let courier = Courier(concurrent: 8, perHost: 8)

    @Test func wrongBytesInsteadOfHTTP() async throws {
        let server = try ScriptedServer { conversation in
            _ = try conversation.readRequest()
            try conversation.send("SSH-2.0-OpenSSH_9.2\r\nnothing of yours\r\n")
        }

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url("/a?key=1"))) }.error

        #expect(error?.kind == .malformedAnswer)
        #expect(
            error?.description
                == "http://127.0.0.1:\(server.port)/a: what came back is not an answer of this protocol (Received HTTP/0.9 when not allowed); "
                + "check the address and the port; something else may be listening there")
        #expect(error?.isRetryable == true)
    }

    @Test func slowTrickleIsEndedWellBeforeTheTimeout() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            for _ in 0..<1000 {
                try conversation.send("x")
                Pause.milliseconds(50)
            }
        }
        let request = FetchRequest(url: server.url(), timeout: .seconds(60), slowestBytesPerSecond: 1000, patience: .seconds(1))

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(request) }.kind

        #expect(kind == .tooSlow)
    }

    @Test func thinkingBeforeTheFirstByteIsNotSlow() async throws {
        let server = try ScriptedServer.web { _, conversation in
            Pause.milliseconds(1600)
            try conversation.answer(text: "done")
        }
        let request = FetchRequest(url: server.url(), slowestBytesPerSecond: 1000, patience: .seconds(1))

        let answer = try await courier.fetch(request)

        #expect(answer.body == Array("done".utf8))
    }

    @Test func silenceEndsWithTheTotalTimeout() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }

        let error = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), timeout: .milliseconds(200)))
        }.error

        #expect(error?.kind == .timedOut)
        #expect(
            error?.description
                == "http://127.0.0.1:\(server.port)/: no complete answer within the time allowed; "
                + "it is tried again; if this stays, ask for less at once or allow more time")
    }

    @Test func declaredHugeAnswerIsRefusedByItsLength() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
            conversation.waitForEnd()
        }

        let error = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), maximumBytes: 1_000_000))
        }.error

        #expect(error?.kind == .tooLarge(limit: 1_000_000))
        #expect(error?.isRetryable == false)
        #expect(
            error?.description
                == "http://127.0.0.1:\(server.port)/: the answer is larger than the 1000000 bytes allowed; "
                + "ask for fewer days at once or raise the limit in the settings")
    }

    @Test func undeclaredHugeAnswerIsCutOffAtTheLimit() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 32, count: 65_536) + Array("\r\n".utf8)
            for _ in 0..<32_768 { try conversation.send(chunk) }
        }

        let kind = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), maximumBytes: 1_000_000))
        }.kind

        #expect(kind == .tooLarge(limit: 1_000_000))
    }

    @Test func gzipBombIsCountedDecompressed() async throws {
        let bomb = Gzip.bomb(copies: 40_000)
        let server = try ScriptedServer.web { _, conversation in
            try conversation.answer(headers: ["Content-Encoding: gzip"], body: bomb)
        }

        let kind = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), maximumBytes: 1_000_000))
        }.kind

        #expect(bomb.count < 100_000)
        #expect(kind == .tooLarge(limit: 1_000_000))
    }

    @Test func answerOfExactlyTheLimitIsTaken() async throws {
        let server = try ScriptedServer.web { _, conversation in try conversation.answer(text: "12345678") }

        let whole = try await courier.fetch(FetchRequest(url: server.url(), maximumBytes: 8))
        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url(), maximumBytes: 7)) }.kind

        #expect(whole.body.count == 8)
        #expect(kind == .tooLarge(limit: 7))
    }

    @Test func endlessHeadersAreCutOff() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.send("HTTP/1.1 200 OK\r\n")
            for number in 0..<100_000 { try conversation.send("X-\(number): \(String(repeating: "y", count: 1000))\r\n") }
        }

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) }.kind

        #expect(kind == .tooLarge(limit: HeaderBlock.limit))
    }

    @Test func truncatedBodyIsInterrupted() async throws {
        let server = try ScriptedServer { conversation in
            _ = try conversation.readRequest()
            try conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")
        }

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) }.error

        #expect(error?.kind == .interrupted)
        #expect(
            error?.description
                == "http://127.0.0.1:\(server.port)/: the connection ended before the answer was complete "
                + "(transfer closed with 95 bytes remaining to read); it is tried again")
    }

    @Test func connectionClosedWithoutAWordIsInterrupted() async throws {
        let server = try ScriptedServer { _ = try $0.readRequest() }

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) }.kind

        #expect(kind == .interrupted)
    }

    @Test func brokenGzipIsMalformed() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.answer(headers: ["Content-Encoding: gzip"], text: "<html>not gzip at all</html>")
        }

        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) }.kind

        #expect(kind == .malformedAnswer)
    }

    @Test func refusedConnection() async throws {
        let port = try deadPort()

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "http://127.0.0.1:\(port)/x")) }.error

        #expect(error?.kind == .refused)
        #expect(
            error?.description
                == "http://127.0.0.1:\(port)/x: the connection was refused; check the port in the settings and whether the server runs")
    }

    @Test func unresolvableHost() async {
        // A label of 64 letters is refused by the resolver itself, so no name server is asked.
        let host = String(repeating: "a", count: 64) + ".invalid"

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "http://\(host)/")) }.error

        #expect(error?.kind == .unresolvable)
        #expect(
            error?.description
                == "http://\(host)/: the host name has no address; check the host name in the settings and this machine's name server")
    }
}
