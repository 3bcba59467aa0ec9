import Assembly
import Hummingbird
import HummingbirdCore
import Logging
import Model
import NIOCore
import Prometheus
import ServiceLifecycle
import Settings
import Store
import Synchronization

/// `GET /metrics` over TCP for scrapers. It has no login: whoever reaches the address reads the figures, so the sample listens on loopback.
final class MetricsServer: Service {
    /// Scrapers beyond these wait in the kernel's queue.
    private static let mostConnections = 16
    private static let patience = TimeAmount.seconds(30)

    private let address: ListenAddress
    private let counter: FrontDesk
    private let logger: Logger
    /// Called with the port once connections are accepted.
    private let opened: @Sendable (Int) -> Void
    private let known = Mutex<FigureFamilies?>(nil)

    init(address: ListenAddress, counter: FrontDesk, logger: Logger, opened: @escaping @Sendable (Int) -> Void) {
        self.address = address
        self.counter = counter
        self.logger = logger
        self.opened = opened
    }

    /// An address that is taken must not keep agencies from being urged: it is said loudly, and tried again.
    func run() async throws {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                try await serve()
            } catch {
                guard !Task.isShuttingDownGracefully, !Task.isCancelled else { return }
                logger.error(
                    "the metrics listener cannot run; tried again in a minute",
                    metadata: ["address": "\(address.host):\(address.port)", "error": "\(error)"])
            }
            guard !Task.isShuttingDownGracefully else { return }
            let time = counter.time
            // Cancelled at shutdown, which the loop looks at.
            await cancelWhenGracefulShutdown { try? await time.sleep(time.now() + .seconds(60)) }
        }
    }

    private func serve() async throws {
        let router = Router()
        router.get("/metrics") { [self] request, _ in await page(Exposition(accept: request.headers[.accept])) }
        // The framework logs each request at its own levels; the daemon's one line per pass would drown in them.
        var quiet = logger
        quiet.logLevel = .error
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: MetricsServer.patience)),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), serverName: "dondocd",
                availableConnectionsDelegate: .maximum(MetricsServer.mostConnections, logger: quiet)),
            onServerRunning: { [opened] channel in opened(channel.localAddress?.port ?? 0) }, logger: quiet)
        try await application.run()
    }

    /// Two scrapers at one moment may both compute what neither finds; connections are bounded, so that is too.
    private func page(_ format: Exposition) async -> Response {
        do throws(StoreError) {
            let (text, figures) = try await counter.metrics(format, known: known.withLock { $0 })
            known.withLock { $0 = figures }
            return Response(
                status: .ok, headers: [.contentType: format.mediaType], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        } catch {
            return Response(
                status: .serviceUnavailable, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "\(error)\n")))
        }
    }
}
