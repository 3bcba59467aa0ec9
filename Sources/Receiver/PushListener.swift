import Logging
import Model
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import ServiceLifecycle
import Settings

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The listener for pushes: HTTP/1.1 over TCP with TLS, on an address of its own or on a socket from systemd.
public struct PushListener: Service {
    /// What a listener needs of the daemon around it.
    public struct Surroundings: Sendable {
        public var counter: any PushCounter
        public var reader: BodyReader
        public var inherited: InheritedSockets
        public var now: @Sendable () -> Instant
        /// Waits before an address that was taken is tried again; returns early at a stop.
        public var pause: @Sendable () async -> Void
        /// Called with the port, or 0 on a unix socket, once connections are accepted.
        public var opened: @Sendable (Int) -> Void
        /// Called with the reason whenever it could not listen, before the pause.
        public var failed: @Sendable (String) async -> Void
        /// Called when the listener is told to stop, before what is under way is brought to its end.
        public var stopping: @Sendable () -> Void
        public var logger: Logger

        public init(
            counter: any PushCounter, reader: BodyReader, inherited: InheritedSockets = InheritedSockets(), now: @escaping @Sendable () -> Instant,
            pause: @escaping @Sendable () async -> Void, opened: @escaping @Sendable (Int) -> Void = { _ in },
            failed: @escaping @Sendable (String) async -> Void = { _ in }, stopping: @escaping @Sendable () -> Void = {}, logger: Logger
        ) {
            self.counter = counter
            self.reader = reader
            self.inherited = inherited
            self.now = now
            self.pause = pause
            self.opened = opened
            self.failed = failed
            self.stopping = stopping
            self.logger = logger
        }
    }

    private static let backlog: Int32 = 1024

    private let listening: PushSettings.Listening
    private let terms: TermsBox
    private let surroundings: Surroundings

    public init(_ listening: PushSettings.Listening, terms: TermsBox, _ surroundings: Surroundings) {
        self.listening = listening
        self.terms = terms
        self.surroundings = surroundings
    }

    /// An address that is taken must not keep agencies from being urged: it is said loudly, and tried again.
    public func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await serve()
            } catch {
                guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
                surroundings.logger.error("the push listener cannot run; tried again in a minute", metadata: ["error": "\(error)"])
                await surroundings.failed("\(error)")
            }
            guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
            await surroundings.pause()
        }
    }

    private func serve() async throws {
        let threads = NIOThreadPool(numberOfThreads: DecodingBench.width)
        threads.start()
        let registry = ConnectionRegistry()
        let door = PushDoor(
            counter: surroundings.counter, terms: terms, gate: Gate(), bench: DecodingBench(reader: surroundings.reader, threads: threads),
            now: surroundings.now)
        do {
            let channel = try await bind(door, registry)
            surroundings.opened(channel.localAddress?.port ?? 0)
            // It ends by a stop, or by an error when the task is cancelled; both mean the same here.
            try? await gracefulShutdown()
            surroundings.stopping()
            // It may be closed already; then it needs no closing.
            try? await channel.close()
            await registry.end()
        } catch {
            // Stopping cannot fail once it has started.
            try? await threads.shutdownGracefully()
            throw error
        }
        try? await threads.shutdownGracefully()  // As above.
    }

    private func bind(_ door: PushDoor, _ registry: ConnectionRegistry) async throws -> any Channel {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: PushListener.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in PushListener.furnish(channel, door, registry) }
        switch listening {
        case .address(let address): return try await bootstrap.bind(host: address.host, port: address.port).get()
        case .inherited(let name):
            guard let descriptor = surroundings.inherited.descriptor(name) else {
                throw ReceiverError.noSocket(name: name, found: surroundings.inherited.names)
            }
            // A copy, because the channel closes what it was given and systemd's stays for the next try.
            let channel = try await bootstrap.withBoundSocket(dup(descriptor)).get()
            if terms.current.tls == nil, let address = channel.localAddress, !address.isOfThisMachine {
                try await channel.close()
                throw ReceiverError.clear(address: "\(address)")
            }
            return channel
        }
    }

    /// The pipeline of a new connection. One that cannot be taken is closed at once.
    private static func furnish(_ channel: any Channel, _ door: PushDoor, _ registry: ConnectionRegistry) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture {
            let terms = door.terms.current
            let address = PeerAddress.text(channel.remoteAddress)
            guard let id = registry.open(channel, from: address, terms.limits) else { throw ChannelError.ioOnClosedChannel }
            let pipeline = channel.pipeline.syncOperations
            if let tls = terms.tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
            try furnish(pipeline, ConnectionHandler(door: door, address: address, registry: registry, id: id), terms.limits)
        }
    }

    /// HTTP on a connection that is in the clear here.
    static func furnish(_ pipeline: ChannelPipeline.SynchronousOperations, _ handler: ConnectionHandler, _ limits: PushLimits) throws {
        var bounds = NIOHTTPDecoderLimitConfiguration()
        bounds.maxHeaderFieldSize = min(limits.headers, 16_384)
        bounds.maxHeaderListSize = limits.headers
        bounds.maxHeaderFieldCount = 100
        try pipeline.addHandler(ByteWatch())
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .forward, limitConfiguration: bounds)))
        try pipeline.addHandler(handler)
    }
}

extension SocketAddress {
    /// Whether only this machine reaches it.
    var isOfThisMachine: Bool {
        switch self {
        case .unixDomainSocket: true
        case .v4, .v6: ["127.", "::1"].contains { ipAddress?.hasPrefix($0) ?? false }
        }
    }
}
