import FoundationEssentials
import Hummingbird
import Logging
import Model
import NIOCore
import NIOPosix
import Synchronization

/// A simulated Sơn La on loopback: the agencies' systems over HTTP, and a mail server that catches every letter.
public final class Province: Sendable {
    /// Where it listens, known once it does.
    public struct Ports: Hashable, Sendable {
        public let http: Int
        public let mail: Int
    }

    /// The most letters that are kept; a demo writes a few dozen.
    static let mostLetters = 5000

    private struct Caught {
        var letters: [CaughtLetter] = []
        /// Of the letters that may still be refused because their file cannot be written, too.
        var lastNumber = 0
    }

    private let systems: AgencySystems
    private let mailDirectory: String?
    private let caught = Mutex(Caught())

    /// - Parameters:
    ///   - today: the day its figures end with.
    ///   - mailDirectory: where each letter is also written as NNNN.eml; nil for memory only.
    public init(today: Day, mailDirectory: String? = nil) {
        systems = AgencySystems(today: today)
        self.mailDirectory = mailDirectory
    }

    public var letters: [CaughtLetter] { caught.withLock { $0.letters } }

    /// The next requests to one of its sources are refused with a status.
    public func fail(source: String, times: Int, status: Int) { systems.fail(source, times: times, status: status) }

    /// Listens until the task is cancelled. Port 0 lets the system choose.
    public func run(httpPort: Int = 0, mailPort: Int = 0, started: @escaping @Sendable (Ports) async throws -> Void) async throws {
        let keep: @Sendable (CaughtLetter) -> Bool = { [weak self] in self?.keep($0) ?? false }
        let mail = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(MailHandler(keep: keep))
                }
            }
            .bind(host: "127.0.0.1", port: mailPort).get()
        var logger = Logger(label: "province")
        logger.logLevel = .error
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

    /// Only a letter whose file is written is a caught one.
    private func keep(_ letter: CaughtLetter) -> Bool {
        let number = caught.withLock { caught -> Int? in
            guard caught.lastNumber < Province.mostLetters else { return nil }
            caught.lastNumber += 1
            return caught.lastNumber
        }
        guard let number else { return false }
        if let mailDirectory {
            let path = "\(mailDirectory)/\(number.padded(to: 4)).eml"
            do { try Data(letter.bytes).write(to: URL(filePath: path), options: .atomic) } catch { return false }
        }
        caught.withLock { $0.letters.append(letter) }
        return true
    }
}
