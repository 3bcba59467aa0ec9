import CZlib
import Crypto

/// A delivery's body as it is kept: deflated, and named by the SHA-256 of what came.
struct RawBytes: Sendable {
    let sha256: [UInt8]
    let byteCount: Int
    let deflated: [UInt8]

    /// How much work deflating may be.
    enum Effort: Sendable {
        case usual
        /// A third of the time for a tenth more bytes: pushes come by the hundred a second, and their senders wait.
        case little

        var level: Int32 { self == .usual ? Z_DEFAULT_COMPRESSION : Z_BEST_SPEED }
    }

    /// Hashes and compresses; no database is needed, so it is done before the transaction begins.
    init(_ bytes: [UInt8], effort: Effort = .usual) throws {
        sha256 = Array(SHA256.hash(data: bytes))
        byteCount = bytes.count
        var length = compressBound(uLong(bytes.count))
        var buffer = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&buffer, &length, bytes, uLong(bytes.count), effort.level)
        guard code == Z_OK else { throw Refusal(.other, "zlib could not compress \(bytes.count) bytes (code \(code))") }
        deflated = Array(buffer.prefix(Int(length)))
    }

    /// The bytes as they came. Throws `corrupt` when what is kept no longer is what was recorded.
    static func inflate(_ deflated: [UInt8], byteCount: Int, sha256: [UInt8]) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(1, byteCount))
        var length = uLong(bytes.count)
        let code = uncompress(&bytes, &length, deflated, uLong(deflated.count))
        guard code == Z_OK, Int(length) == byteCount else {
            throw Refusal(.corrupt, "the raw bytes of a delivery cannot be decompressed (zlib code \(code))")
        }
        bytes.removeLast(bytes.count - byteCount)
        guard Array(SHA256.hash(data: bytes)) == sha256 else {
            throw Refusal(.corrupt, "the raw bytes of a delivery do not have the SHA-256 they were recorded with")
        }
        return bytes
    }

    /// Lower-case hexadecimal, as `sha256sum` prints it.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
