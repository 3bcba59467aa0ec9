import Control
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The local control socket: HTTP/1.1 on a unix socket, one route, JSON both ways. `curl --unix-socket` works too.
///
/// Who may connect is decided by the file's permissions: the daemon's user and its group.
struct ControlServer: Service {
    let path: String
    let logger: Logger
    /// Answers a question; never throws, because every failure is an answer.
    let answer: @Sendable (Envelope) async -> Control.Response
    /// Called once the socket accepts connections.
    let opened: @Sendable () async -> Void

    /// Somebody else's socket, which the server framework would take away without a word.
    struct Taken: Error, CustomStringConvertible {
        let path: String

        var description: String {
            "another dondocd answers at the control socket \(path); stop it first, or give this one another listen.control"
        }
    }

    /// Throws when somebody answers at the path. Called before anything is opened, so that a daemon started by mistake leaves the other one alone.
    static func refuseTaken(_ path: String) throws(Taken) {
        if ControlClient(path: path, limit: .seconds(1)).isAnswered { throw Taken(path: path) }
    }

    func run() async throws {
        let router = Router()
        router.post(RouterPath(Wire.path)) { request, _ -> Hummingbird.Response in
            let body = try await request.body.collect(upTo: Wire.largestRequest)
            let response: Control.Response =
                switch Wire.envelope(in: Array(body.readableBytesView)) {
                case .success(let envelope): await answer(envelope)
                case .failure(let failure): .failure(failure)
                }
            guard let bytes = Wire.body(of: response) else { return Hummingbird.Response(status: .internalServerError) }
            return Hummingbird.Response(
                status: .ok, headers: [.contentType: Wire.mediaType], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }
        // The framework logs each request at its own levels; the daemon's one line per pass would drown in them.
        var quiet = logger
        quiet.logLevel = .error
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .unixDomainSocket(path: path), serverName: "dondocd"),
            onServerRunning: { _ in
                // Until here only the daemon's own user could connect: the unit's UMask leaves the group no write permission.
                if chmod(path, 0o660) != 0 {
                    logger.warning("cannot open the control socket to its group", metadata: ["path": "\(path)"])
                }
                await opened()
            }, logger: quiet)
        try await application.run()
    }
}
