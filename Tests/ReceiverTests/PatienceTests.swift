import Logging
import Model
import NIOCore
import NIOEmbedded
import NIOPosix
import PushFormats
import Settings
import TestSupport
import Testing

@testable import Receiver

/// Slow and silent senders, on an event loop whose clock the test moves.
@Suite struct PatienceTests {
    /// One connection without a socket.
    private struct Line {
        let channel: NIOAsyncTestingChannel
        let registry = ConnectionRegistry()
        let limits: PushLimits
        let threads: NIOThreadPool

        init(_ change: (inout PushLimits) -> Void = { _ in }) async throws {
            let settings = PushSettings.onLoopback(change)
            limits = settings.limits
            let terms = TermsBox(try ReceiverTerms(settings, province: code("H52")))
            threads = NIOThreadPool(numberOfThreads: 1)
            threads.start()
            let door = PushDoor(
                counter: CounterDouble(), terms: terms, gate: Gate(), bench: DecodingBench(reader: .standard, threads: threads),
                now: { instant("2026-11-02T08:00") })
            let channel = NIOAsyncTestingChannel()
            self.channel = channel
            try await channel.testingEventLoop.executeInContext { [registry] in
                let id = registry.open(channel, from: "test", settings.limits) ?? 0
                let handler = ConnectionHandler(door: door, address: "test", registry: registry, id: id)
                try PushListener.furnish(channel.pipeline.syncOperations, handler, settings.limits)
            }
            try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
        }

        func send(_ text: String) async throws { try await channel.writeInbound(ByteBuffer(string: text)) }

        func wait(_ seconds: Int64) async { await channel.testingEventLoop.advanceTime(by: .seconds(seconds)) }

        /// Everything that was sent until now.
        func heard() async throws -> String {
            var text = ""
            while let buffer = try await channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
            return text
        }

        /// Looks again until something has been sent: admission runs on tasks of its own.
        func answer() async throws -> String {
            while true {
                let text = try await heard()
                if !text.isEmpty { return text }
                await Task.yield()
                await channel.testingEventLoop.run()
            }
        }

        /// Tells the connection that the daemon stops.
        func stop() async throws {
            let pipeline = channel.pipeline
            try await channel.testingEventLoop.executeInContext { pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
            await channel.testingEventLoop.run()
        }

        /// Whether a connection from the same address is taken now.
        func takesAnother() async -> Bool {
            let taken = registry.open(NIOAsyncTestingChannel(), from: "test", limits)
            await channel.testingEventLoop.run()
            return taken != nil
        }

        func end() async throws {
            try? await channel.close()  // It may be closed already.
            try await threads.shutdownGracefully()
        }
    }

    @Test func silentConnectionIsClosedWithoutAWordAfterTheHeaderTimeout() async throws {
        let line = try await Line { $0.headerTimeout = .seconds(10) }
        await line.wait(9)
        #expect(line.channel.isActive)

        await line.wait(1)

        #expect(!line.channel.isActive)
        let found1 = try await line.heard()
        #expect(found1 == "")
        try await line.end()
    }

    @Test func whenTheDaemonStopsARequestOnItsWayIsAnsweredAndRestingConnectionsClose() async throws {
        let coming = try await Line { $0.headerTimeout = .seconds(10) }
        try await coming.send("GET /healthz HT")
        try await coming.stop()
        #expect(coming.channel.isActive)
        try await coming.send("TP/1.1\r\nHost: a\r\n\r\n")
        let answer = try await coming.answer()
        #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n") && answer.contains("Connection: close"))
        #expect(!coming.channel.isActive)
        try await coming.end()

        let resting = try await Line { $0.headerTimeout = .seconds(10) }
        try await resting.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(try await !resting.answer().contains("Connection: close"))
        try await resting.stop()
        #expect(!resting.channel.isActive)
        try await resting.end()

        let silent = try await Line { $0.headerTimeout = .seconds(10) }
        try await silent.stop()
        await silent.wait(1)
        #expect(silent.channel.isActive)
        await silent.wait(1)
        #expect(!silent.channel.isActive, "nobody waits long for what may never come")
        try await silent.end()
    }

    @Test func slowHeaderIsEndedWith408HoweverItTrickles() async throws {
        let line = try await Line { $0.headerTimeout = .seconds(10) }
        try await line.send("GET /healthz HTTP/1.1\r\nX-Slow: ")
        for _ in 0..<9 {
            await line.wait(1)
            try await line.send("x")
        }
        let found2 = try await line.heard()
        #expect(found2 == "")

        await line.wait(1)

        let text = try await line.heard()
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(text.contains("Connection: close"))
        #expect(text.contains(#""code":"request-timeout""#))
        #expect(text.contains("yêu cầu chưa đến đủ trong 10 giây"))
        #expect(!line.channel.isActive)
        try await line.end()
    }

    @Test func slowBodyIsEndedWith408InTheSendersLanguage() async throws {
        let line = try await Line { $0.bodyTimeout = .seconds(60) }
        try await line.send(
            "POST /v1/observations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nAccept-Language: en\r\n"
                + "Content-Length: 100\r\nExpect: 100-continue\r\n\r\n")
        let found3 = try await line.answer()
        #expect(found3.hasPrefix("HTTP/1.1 100 Continue\r\n"))
        for _ in 0..<59 {
            await line.wait(1)
            try await line.send(" ")
        }
        let found4 = try await line.heard()
        #expect(found4 == "")

        await line.wait(1)

        let text = try await line.heard()
        #expect(text.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
        #expect(text.contains("the request was not complete within 60 s; send faster, or in smaller pieces"))
        #expect(!line.channel.isActive)
        try await line.end()
    }

    @Test func connectionBetweenRequestsStaysForTheIdleTimeout() async throws {
        let line = try await Line { $0.idleTimeout = .seconds(60) }
        try await line.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        let found5 = try await line.answer()
        #expect(found5.hasPrefix("HTTP/1.1 200 OK\r\n"))

        await line.wait(59)
        #expect(line.channel.isActive)
        await line.wait(1)

        #expect(!line.channel.isActive)
        let found6 = try await line.heard()
        #expect(found6 == "")
        try await line.end()
    }

    @Test func connectionThatIsDrainedKeepsNobodyOut() async throws {
        let line = try await Line { $0.connectionsPerAddress = 1 }
        try await line.send("POST /v1/observations HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        let heard = try await line.answer()
        #expect(heard.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
        #expect(line.channel.isActive, "what is left of the body is thrown away, so that the answer can be read")

        let isTaken = await line.takesAnother()

        #expect(isTaken)
        #expect(!line.channel.isActive)
        try await line.end()
    }

    @Test func restOfARefusedBodyIsDrainedForAWhileOnly() async throws {
        let line = try await Line { $0.headerTimeout = .seconds(10) }
        try await line.send("POST /v1/observations HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        let found7 = try await line.answer()
        #expect(found7.hasPrefix("HTTP/1.1 401 Unauthorized\r\n"))
        try await line.send("some of it")
        #expect(line.channel.isActive)

        await line.wait(10)

        #expect(!line.channel.isActive)
        let found8 = try await line.heard()
        #expect(found8 == "")
        try await line.end()
    }
}
