import Glibc
import Synchronization
import Testing

/// A unix socket server for one connection that plays a script: most read the request, and then send bytes and pause.
final class ScriptedServer: Sendable {
    enum Step: Sendable {
        /// Takes the request to its last byte: a connection that is closed with bytes unread ends with a reset.
        case readRequest
        /// Waits until some of the request is there and leaves it unread.
        case awaitRequest
        case send([UInt8])
        /// Keeps the connection open until the client has gone.
        case holdUntilPeerLeaves
    }

    let path: String
    private let listener: Int32

    init(_ steps: [Step]) throws {
        var template = Array("/tmp/dondoc-control-XXXXXX".utf8CString)
        let directory = try #require(mkdtemp(&template).map { String(cString: $0) })
        path = directory + "/s"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        listener = descriptor
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        try #require(bound == 0 && listen(descriptor, 1) == 0)
        let script = Mutex(steps)
        var thread = pthread_t()
        // The box is handed to the thread, which takes it over; nobody else touches it.
        let box = Unmanaged.passRetained(Box(descriptor, script.withLock { $0 }))
        pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().play() }
                return nil
            }, box.toOpaque())
        pthread_detach(thread)
    }

    deinit {
        close(listener)
        unlink(path)
        rmdir(path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
    }

    private final class Box {
        let listener: Int32
        let steps: [Step]

        init(_ listener: Int32, _ steps: [Step]) {
            self.listener = listener
            self.steps = steps
        }

        func play() {
            let peer = accept(listener, nil, nil)
            guard peer >= 0 else { return }
            defer { close(peer) }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            for step in steps {
                switch step {
                case .readRequest: readRequest(from: peer)
                case .awaitRequest: _ = recv(peer, &buffer, 1, Int32(MSG_PEEK))
                case .send(let bytes): _ = bytes.withUnsafeBytes { send(peer, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                case .holdUntilPeerLeaves: while recv(peer, &buffer, buffer.count, 0) > 0 {}
                }
            }
        }

        private func readRequest(from peer: Int32) {
            var request = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !isWhole(request) {
                let count = recv(peer, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                request += String(decoding: buffer.prefix(count), as: UTF8.self)
            }
        }

        private func isWhole(_ request: String) -> Bool {
            guard let head = request.firstRange(of: "\r\n\r\n"), let length = request.firstMatch(of: /Content-Length: (\d+)/) else { return false }
            return request[head.upperBound...].utf8.count >= Int(length.1) ?? 0
        }
    }
}
