import Model

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
    public var description: String { english }

    /// What is wrong and what to do, for people.
    public func text(_ language: Language) -> String { language == .vietnamese ? vietnamese : english }

    private var english: String {
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

    private var vietnamese: String {
        switch self {
        case .notRunning(let path):
            "dondocd không trả lời tại \(path): dịch vụ có đang chạy không? Xem `systemctl status dondocd`, hoặc đọc thẳng tệp bằng --database TỆP"
        case .forbidden(let path):
            "người dùng này không được dùng socket điều khiển \(path): xin vào nhóm sở hữu nó (`ls -l \(path)`), hoặc dùng sudo"
        case .unusablePath(let path):
            "'\(path)' không thể là một unix socket: cho --socket một đường dẫn dài từ 1 đến 107 byte"
        case .timedOut(let path, let limit):
            "dondocd tại \(path) không trả lời trong \(limit.components.seconds) giây: xem `journalctl -u dondocd` rồi hỏi lại"
        case .interrupted(let path):
            "kết nối với dondocd tại \(path) bị ngắt trước khi nhận đủ câu trả lời: xem `journalctl -u dondocd` rồi hỏi lại"
        case .notDaemon(let path, let found):
            "chương trình trả lời tại \(path) không phải dondocd: cần HTTP/1.1 200, nhận được \(found); kiểm tra --socket"
        case .tooLarge(let limit):
            "câu trả lời lớn hơn \(limit) byte: hãy hỏi ít ngày hoặc ít cơ quan hơn"
        case .unreadable(let detail):
            "không đọc được câu trả lời của dondocd (\(detail)): dondoc và dondocd phải cùng phiên bản; khởi động lại dịch vụ sau khi nâng cấp"
        case .system(_, let path, let code, let text):
            "không dùng được socket \(path): \(text) (errno \(code))"
        }
    }
}
