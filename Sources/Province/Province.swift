import Hummingbird
import Logging
import Model
import NIOCore
import NIOPosix

/// A simulated Sơn La on loopback: the agencies' systems over HTTP, and a mail server that catches every letter.
public final class Province: Sendable {
    /// Where it listens, known once it does.
    public struct Ports: Hashable, Sendable {
        public let http: Int
        public let mail: Int
    }

    private let systems: AgencySystems
    private let letterbox: Letterbox
    private let mailPatience: Duration

    /// - Parameters:
    ///   - today: the day its figures end with.
    ///   - mailDirectory: where each letter is also written as NNNN.eml; nil for memory only.
    ///   - mailPatience: how long the mail server waits for a client that says nothing.
    public init(today: Day, mailDirectory: String? = nil, mailPatience: Duration = .seconds(60)) {
        systems = AgencySystems(today: today)
        letterbox = Letterbox(directory: mailDirectory)
        self.mailPatience = mailPatience
    }

    /// The letters caught so far, those first that came first.
    public var letters: [CaughtLetter] { letterbox.letters }

    /// The next requests to one of its sources are refused with a status.
    public func fail(source: String, times: Int, status: Int) { systems.fail(source, times: times, status: status) }

    /// Listens until the task is cancelled. Port 0 lets the system choose.
    public func run(httpPort: Int = 0, mailPort: Int = 0, started: @escaping @Sendable (Ports) async throws -> Void) async throws {
        let (letterbox, door, patience) = (letterbox, MailDoor(), TimeAmount(mailPatience))
        let mail = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        IdleStateHandler(readTimeout: patience), MailHandler(letterbox: letterbox, door: door),
                    ])
                }
            }
            .bind(host: "127.0.0.1", port: mailPort).get()
        var logger = Logger(label: "province")
        // Being cancelled is how it ends, and Hummingbird calls that an error, once for each open connection.
        logger.logLevel = .critical
        let boundMailPort = mail.localAddress?.port ?? 0
        let application = Application(
            router: WebSystems(systems: systems).router(),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: httpPort), serverName: "province"),
            onServerRunning: { channel in
                // Whoever starts the province reports its own trouble; the servers go on.
                try? await started(Ports(http: channel.localAddress?.port ?? 0, mail: boundMailPort))
            }, logger: logger)
        do {
            try await application.run()
        } catch {
            // The mail server is closed whatever ended the other one.
            try? await mail.close()
            throw error
        }
        try await mail.close()
    }
}
