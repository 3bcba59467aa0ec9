import Model
import Settings
import TestSupport
import Testing

@testable import Receiver

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Sockets that were opened before the daemon started, as systemd does.
@Suite struct InheritedTests {
    /// A listening socket of loopback and its port.
    private func listeningSocket(_ address: String = "127.0.0.1") throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        inet_pton(AF_INET, address, &name.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        // Safe: the name lives for the calls, which read and write within its length.
        let isListening = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && listen(descriptor, 16) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        try #require(isListening)
        return (descriptor, Int(UInt16(bigEndian: name.sin_port)))
    }

    @Test func pushesComeInOverTheSocketOfSystemd() async throws {
        let (descriptor, port) = try listeningSocket()
        defer { close(descriptor) }
        var settings = PushSettings.onLoopback()
        settings.listening = .inherited(name: "push")

        try await RunningListener.run(settings, inherited: InheritedSockets(["push": descriptor])) { listener in
            #expect(listener.port == port)
            let found1 = try await listener.connect().push(Sample.json()).status
            #expect(found1 == 200)
        }
        // The socket itself stays, for the next start.
        #expect(fcntl(descriptor, F_GETFD) >= 0)
    }
}
