import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A client that sends exactly the bytes it is told to and reads one answer at a time; loopback only.
final class WireClient: Sendable {
    /// An answer as it came.
    struct Heard: Sendable {
        let status: Int
        /// Names in lower case; several of one name are joined by a comma.
        let headers: [String: String]
        let body: String
    }

    struct Closed: Error {}

    private let channel: any Channel
    private let inbox: Inbox

    private init(_ channel: any Channel, _ inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    static func connect(_ port: Int, tls: NIOSSLContext? = nil) async throws -> WireClient {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: "localhost"))
                    }
                    try channel.pipeline.syncOperations.addHandler(Collector(inbox: inbox))
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return WireClient(channel, inbox)
    }

    func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(channel.allocator.buffer(bytes: bytes))
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    /// The next answer, by its Content-Length; throws when the server closes instead.
    func answer(hasBody: Bool = true) async throws -> Heard {
        let head = try await inbox.take { bytes in bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            let name = parts[0].lowercased()
            let value = String(parts[1].drop { $0 == " " })
            headers[name] = headers[name].map { "\($0), \(value)" } ?? value
        }
        let status = Int(lines[0].split(separator: " ")[1]) ?? 0
        let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
        let body = try await inbox.take { $0.count >= length ? length : nil }
        return Heard(status: status, headers: headers, body: String(decoding: body, as: UTF8.self))
    }

    /// Returns when the server has closed.
    func closed() async throws { try await channel.closeFuture.get() }

    func close() async { try? await channel.close() }  // It may be closed already.

    /// A whole request and its answer.
    func ask(
        _ method: String = "GET", _ target: String, token: String? = "good", headers: [String] = [], body: [UInt8]? = nil
    ) async throws -> Heard {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost"] + headers
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines.append("Content-Length: \(body.count)") }
        try await send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? []))
        return try await answer(hasBody: method != "HEAD")
    }

    /// A push of JSON in English.
    func push(_ body: String, _ target: String = "/v1/observations", token: String? = "good", headers: [String] = []) async throws -> Heard {
        try await ask(
            "POST", target, token: token, headers: ["Content-Type: application/json", "Accept-Language: en"] + headers, body: Array(body.utf8))
    }
}

/// What came and was not yet read.
private final class Inbox: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var isClosed = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    func add(_ bytes: [UInt8]) { wake { $0.bytes += bytes } }
    func close() { wake { $0.isClosed = true } }

    /// The first bytes, as soon as `length` can tell how many.
    func take(_ length: ([UInt8]) -> Int?) async throws -> [UInt8] {
        while true {
            let (taken, isClosed) = state.withLock { state -> ([UInt8]?, Bool) in
                guard let count = length(state.bytes) else { return (nil, state.isClosed) }
                defer { state.bytes.removeFirst(count) }
                return (Array(state.bytes.prefix(count)), false)
            }
            if let taken { return taken }
            if isClosed { throw WireClient.Closed() }
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if length(state.bytes) == nil, !state.isClosed {
                        state.waiting = continuation
                        return false
                    }
                    return true
                }
                if goesOn { continuation.resume() }
            }
        }
    }

    private func wake(_ change: (inout State) -> Void) {
        let waiting = state.withLock { state in
            change(&state)
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume()
    }
}

private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    let inbox: Inbox

    init(inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        inbox.add(Array(Collector.unwrapInboundIn(data).readableBytesView))
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.close()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.close()
        context.close(promise: nil)
    }
}
