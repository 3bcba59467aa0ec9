import ArgumentParser
import Control
import Glibc

/// A file with an outside system's answer, read to try a source with, or one that is imported.
enum SampleFile {
    static let largest = 32_000_000

    /// The whole file; refused when it cannot be read or is larger than a source may answer.
    static func read(_ path: String) throws -> Payload {
        try read(path, tooLarge: "'\(path)' is larger than \(largest) bytes; try a source with a smaller sample.")
    }

    /// The same with a message of the caller's for a file that is larger.
    static func read(_ path: String, tooLarge: String) throws -> Payload {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ValidationError("cannot read '\(path)': \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count == 0 { return Payload(bytes) }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw ValidationError("cannot read '\(path)': \(String(cString: strerror(errno)))")
            }
            bytes += buffer.prefix(count)
            guard bytes.count <= largest else {
                throw ValidationError(tooLarge)
            }
        }
    }
}
