import Glibc

/// A connected unix stream socket on which every wait ends at one deadline. It closes itself.
final class UnixStream {
    private let descriptor: Int32
    private let path: String
    private let limit: Duration
    private let deadline: ContinuousClock.Instant

    /// Connects. The deadline counts from here and covers all that follows.
    init(path: String, limit: Duration) throws(ControlError) {
        self.path = path
        self.limit = limit
        deadline = ContinuousClock.now + limit
        guard var address = UnixStream.address(of: path) else { throw .unusablePath(path: path) }
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else { throw UnixStream.failure("open a socket for", path, errno) }
        while true {
            // The address is a plain C struct whose size is passed along; connect() only reads it during the call.
            let result = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
            }
            if result == 0 { return }
            let code = errno
            switch code {
            case EINTR: continue
            // A unix socket whose queue is full says EAGAIN instead of letting one wait for it.
            case EAGAIN:
                guard ContinuousClock.now < deadline else { throw .timedOut(path: path, after: limit) }
                poll(nil, 0, 20)
            default: throw UnixStream.failure("connect to", path, code)
            }
        }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Sends all bytes. A peer that closed early is not an error here: its answer may already be waiting.
    func write(_ bytes: [UInt8]) throws(ControlError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent > 0 {
                rest = rest.dropFirst(sent)
                continue
            }
            let code = errno
            switch code {
            case EINTR: continue
            case EAGAIN: try wait(for: Int16(POLLOUT))
            case EPIPE, ECONNRESET: return
            default: throw UnixStream.failure("write to", path, code)
            }
        }
    }

    /// The next bytes, at most `count`; empty at the end. A peer that closes without having read all it was sent ends with a reset: what it
    /// said before still counts, and whoever reads it sees whether that is whole.
    func read(atMost count: Int) throws(ControlError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: count)
        while true {
            let received = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if received >= 0 { return Array(buffer.prefix(received)) }
            let code = errno
            switch code {
            case EINTR: continue
            case EAGAIN: try wait(for: Int16(POLLIN))
            case ECONNRESET: return []
            default: throw UnixStream.failure("read from", path, code)
            }
        }
    }

    private func wait(for events: Int16) throws(ControlError) {
        while true {
            let left = (deadline - ContinuousClock.now).components
            let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
            guard milliseconds > 0 else { throw .timedOut(path: path, after: limit) }
            var entry = pollfd(fd: descriptor, events: events, revents: 0)
            if poll(&entry, 1, Int32(clamping: milliseconds)) > 0 { return }
        }
    }

    private static func failure(_ operation: String, _ path: String, _ code: Int32) -> ControlError {
        switch code {
        case ENOENT, ECONNREFUSED, ENOTDIR: .notRunning(path: path)
        case EACCES, EPERM: .forbidden(path: path)
        case ENOTSOCK, EPROTOTYPE: .unusablePath(path: path)
        default: .system(operation: operation, path: path, code: code, text: String(cString: strerror(code)))
        }
    }

    private static func address(of path: String) -> sockaddr_un? {
        var address = sockaddr_un()
        let bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard !bytes.isEmpty, bytes.count < capacity, !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        // The copy is bounded by the check above, and the rest of the array stays zero.
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return address
    }
}
