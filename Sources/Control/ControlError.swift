/// Why no answer came from the daemon's socket. Each description says what was asked where, what was found, and what to do.
public enum ControlError: Error, Hashable, Sendable {
    /// Nothing listens there: the socket does not exist or nobody accepts.
    case notRunning(path: String)
    /// The socket exists and this user may not use it.
    case forbidden(path: String)
    /// The path cannot be a unix socket's address.
    case unusablePath(path: String)
    case timedOut(path: String, after: Duration)
    /// The connection broke before the answer was whole.
    case interrupted(path: String)
    /// Something answers there, and it is not dondocd.
    case notDaemon(path: String, found: String)
    case tooLarge(limit: Int)
    /// The answer came whole and is not one this version understands.
    case unreadable(String)
    /// The operating system refused in a way not foreseen above.
    case system(operation: String, path: String, code: Int32, text: String)

    /// Whether starting the daemon could help, which is its own exit status of the command line.
    public var isUnreachable: Bool {
        switch self {
        case .notRunning, .forbidden, .unusablePath, .timedOut, .system: true
        case .interrupted, .notDaemon, .tooLarge, .unreadable: false
        }
    }
}

extension ControlError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notRunning(let path):
            "dondocd does not answer at \(path): is it running? See `systemctl status dondocd`, or read the file with --database FILE"
        case .forbidden(let path):
            "this user may not use the control socket \(path): join the group that owns it (`ls -l \(path)`), or use sudo"
        case .unusablePath(let path):
            "'\(path)' cannot be a unix socket: give a path of 1 to 107 bytes to --socket"
        case .timedOut(let path, let limit):
            "dondocd at \(path) did not answer within \(limit.components.seconds) s: see `journalctl -u dondocd`, then ask again"
        case .interrupted(let path):
            "the connection to dondocd at \(path) ended before the answer was whole: see `journalctl -u dondocd`, then ask again"
        case .notDaemon(let path, let found):
            "what answers at \(path) is not dondocd: expected HTTP/1.1 200, found \(found); check --socket"
        case .tooLarge(let limit):
            "the answer is larger than \(limit) bytes: ask for fewer days or agencies"
        case .unreadable(let detail):
            "the answer of dondocd cannot be read (\(detail)): dondoc and dondocd must be of the same version; restart the daemon after an upgrade"
        case .system(let operation, let path, let code, let text):
            "cannot \(operation) \(path): \(text) (errno \(code))"
        }
    }
}
