import Foundation
import TestSupport

/// `openssl s_server` on a free loopback port with one of the fixture certificates.
///
/// With `-www` it answers HTTP; otherwise its standard streams are the plain side of one connection, which the test plays.
final class TLSServer: Sendable {
    struct Unusable: Error, CustomStringConvertible {
        let description: String
    }

    let port: Int
    private let process: Process
    private let input = Pipe()
    private let output = Pipe()

    static func fixture(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(name).pem").path
    }

    /// Throws with a message when openssl is not installed: these tests are never skipped.
    init(_ certificate: String, _ options: [String]) throws {
        port = try deadPort()
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "openssl", "s_server", "-accept", "127.0.0.1:\(port)", "-cert", TLSServer.fixture("\(certificate).cert"), "-key",
                TLSServer.fixture("\(certificate).key"),
            ] + options
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // openssl tells its port through a buffered stream, so we knock until it opens; it goes on after a knock without a handshake.
        for _ in 0..<1000 {
            if Knock.isAnswered(port) { return }
            guard process.isRunning else { break }
            Pause.milliseconds(10)
        }
        throw Unusable(description: "openssl s_server does not start; install the package openssl")
    }

    /// Ends openssl at once; every test defers it.
    func stop() { kill(process.processIdentifier, SIGKILL) }

    /// Says one thing to the TLS client.
    func send(_ text: String) throws { try input.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// The next line from the TLS client without its line end; nil when it has gone.
    func readLine() -> String? {
        var line: [UInt8] = []
        while line.last != 10 {
            guard let byte = output.fileHandleForReading.readData(ofLength: 1).first else { return nil }
            line.append(byte)
        }
        return String(decoding: line.filter { $0 != 13 && $0 != 10 }, as: UTF8.self)
    }
}

/// Whether something listens on a loopback port.
private enum Knock {
    static func isAnswered(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // Safe: sockaddr_in is layout-compatible with the sockaddr that connect takes, and its length is given.
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
        }
    }
}
