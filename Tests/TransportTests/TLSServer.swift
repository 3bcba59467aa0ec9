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
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", TLSServer.fixture("\(certificate).cert"), "-key",
                TLSServer.fixture("\(certificate).key"),
            ] + options
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") || !line.contains("ACCEPT") {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            guard !byte.isEmpty else { throw Unusable(description: "openssl s_server does not start; install the package openssl") }
            if line.hasSuffix("\n") { line = "" }
            line += String(decoding: byte, as: UTF8.self)
        }
        guard let number = line.split(separator: ":").last.flatMap({ Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) else {
            throw Unusable(description: "openssl s_server said '\(line)' instead of its port")
        }
        port = number
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

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
