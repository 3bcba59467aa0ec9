import Foundation
import Synchronization

/// A TCP server on a free loopback port that says whatever its script says, one thread per connection.
///
/// For testing clients against servers that misbehave: the script gets the raw `Conversation` and the connection is closed when it returns. It
/// ends with `stop()` or when the last reference goes.
public final class ScriptedServer: Sendable {
    public let port: Int
    private let listener: Int32
    private let shared = Shared()

    /// What the connections have in common, apart from the server so that their threads do not keep it alive.
    private final class Shared: Sendable {
        struct State {
            var open: Set<Int32> = []
            var accepted = 0
            var mostAtOnce = 0
            var isStopped = false
        }
        let state = Mutex(State())
    }

    public struct SocketError: Error, CustomStringConvertible {
        public let description: String
    }

    /// Listens at once; the script runs for each connection, which `Conversation.number` counts from 1.
    public init(_ script: @escaping @Sendable (Conversation) throws -> Void) throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        // Safe: sockaddr_in is layout-compatible with the sockaddr that these calls take, and its length is given.
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0, listen(listener, 512) == 0 else { return errno }
                return getsockname(listener, address, &length) == 0 ? 0 : errno
            }
        }
        guard listener >= 0, code == 0 else { throw SocketError(description: "cannot listen on loopback: errno \(code)") }
        port = Int(UInt16(bigEndian: address.sin_port))
        let shared = shared
        Thread.detachNewThread { ScriptedServer.accept(from: listener, shared, script) }
    }

    deinit { stop() }

    /// How many connections have been accepted so far.
    public var connections: Int { shared.state.withLock { $0.accepted } }

    /// How many connections the server has not closed yet.
    public var open: Int { shared.state.withLock { $0.open.count } }

    /// The largest number of connections that were open together.
    public var mostAtOnce: Int { shared.state.withLock { $0.mostAtOnce } }

    /// Closes the listener and breaks every open connection.
    public func stop() {
        shared.state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            shutdown(listener, Int32(SHUT_RDWR))
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    private static func accept(from listener: Int32, _ shared: Shared, _ script: @escaping @Sendable (Conversation) throws -> Void) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            guard descriptor >= 0 else { break }
            // A script that waits for a client that never speaks gives up by itself, so that no thread stays for good.
            var limit = timeval(tv_sec: 120, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
            let number: Int? = shared.state.withLock { state in
                guard !state.isStopped else { return nil }
                state.open.insert(descriptor)
                state.accepted += 1
                state.mostAtOnce = max(state.mostAtOnce, state.open.count)
                return state.accepted
            }
            guard let number else {
                close(descriptor)
                break
            }
            Thread.detachNewThread {
                // A script ends by throwing when the client has gone, which is what many tests are about: the test asserts on the client's side.
                try? script(Conversation(descriptor: descriptor, number: number))
                // Under the lock, so that stop() never shuts down a number that has been given to another file.
                shared.state.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
            }
        }
        close(listener)
    }
}

/// The server's end of one connection. Used by its script's thread alone.
public final class Conversation {
    /// The client has closed, or nothing has come for two minutes. A script may throw it to end its connection.
    public struct Gone: Error {
        public init() {}
    }

    /// Which connection of its server this is, from 1.
    public let number: Int
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32, number: Int) {
        self.descriptor = descriptor
        self.number = number
    }

    /// Sends all of it; throws `Gone` when the client no longer listens.
    public func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // Safe: the pointer is used inside the call only.
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw Gone() }
            rest = rest.dropFirst(count)
        }
    }

    public func send(_ text: String) throws { try send(Array(text.utf8)) }

    /// The next line without its line end.
    public func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                var line = buffer[..<end]
                if line.last == 13 { line.removeLast() }
                let text = String(decoding: line, as: UTF8.self)
                buffer.removeFirst(end + 1)
                return text
            }
            try fill()
        }
    }

    public func read(_ count: Int) throws -> [UInt8] {
        while buffer.count < count { try fill() }
        defer { buffer.removeFirst(count) }
        return Array(buffer.prefix(count))
    }

    /// Waits until the client closes its end; at most two minutes.
    public func waitForEnd() {
        do { while true { try fill() } } catch { buffer = [] }
    }

    /// Breaks the connection so that the client sees a reset and not an orderly end.
    public func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// Connects to another loopback port and carries bytes both ways until either side ends.
    public func passOn(to port: Int) throws {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // Safe: sockaddr_in is layout-compatible with the sockaddr that connect takes, and its length is given.
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard code == 0 else {
            close(other)
            throw Gone()
        }
        let near = descriptor
        let back = DispatchGroup()
        back.enter()
        Thread.detachNewThread {
            let far = Conversation(descriptor: other, number: 0)
            let near = Conversation(descriptor: near, number: 0)
            // Either side going is how this ends.
            try? far.pump(to: near)
            shutdown(near.descriptor, Int32(SHUT_RDWR))
            back.leave()
        }
        defer {
            shutdown(other, Int32(SHUT_RDWR))
            back.wait()
            close(other)
        }
        try pump(to: Conversation(descriptor: other, number: 0))
    }

    private func pump(to other: Conversation) throws {
        while true {
            try other.send(buffer)
            buffer = []
            try fill()
        }
    }

    private func fill() throws {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        // Safe: the pointer is used inside the call only.
        let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Gone() }
        buffer += chunk.prefix(count)
    }
}
