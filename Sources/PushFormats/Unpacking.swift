import CZlib
import CZstd

/// Unpacks bodies up to a bound: what would grow beyond it is given up at once, so that a small body cannot fill the memory.
public enum Unpacking {
    /// How much is unpacked between two looks at the bound.
    private static let step = 1 << 16

    /// The bytes of a packed body.
    ///
    /// Several gzip members or zstd frames one after another are one body, as their formats say; anything else after the last is an error, and
    /// so is an end before the end.
    public static func unpack(_ bytes: [UInt8], _ coding: ContentCoding, upTo most: Int) throws(PushFormatError) -> [UInt8] {
        switch coding {
        case .identity:
            guard bytes.count <= most else { throw .tooLargeUnpacked(most: most) }
            return bytes
        case .gzip: return try gunzip(bytes, upTo: most)
        case .zstd: return try unzstd(bytes, upTo: most)
        }
    }

    private static func gunzip(_ packed: [UInt8], upTo most: Int) throws(PushFormatError) -> [UInt8] {
        var stream = z_stream()
        // 16 beyond the window's bits: gzip's header and nothing else.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .damagedPacking(.gzip, .unavailable)
        }
        defer { inflateEnd(&stream) }
        var packed = packed
        let count = packed.count
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(step, max(1, most) + 1))
        var used = 0
        var isBetweenMembers = false
        while used < count {
            if isBetweenMembers { inflateReset(&stream) }
            // Both pointers live as long as the call they are given to; zlib reads `count - used` bytes and writes at most `buffer.count`.
            let code = packed.withUnsafeMutableBufferPointer { input in
                buffer.withUnsafeMutableBufferPointer { space in
                    stream.next_in = input.baseAddress.map { $0 + used }
                    stream.avail_in = UInt32(clamping: count - used)
                    stream.next_out = space.baseAddress
                    stream.avail_out = UInt32(space.count)
                    return inflate(&stream, Z_NO_FLUSH)
                }
            }
            let given = min(count - used, Int(UInt32.max))
            used += given - Int(stream.avail_in)
            output.append(contentsOf: buffer.prefix(buffer.count - Int(stream.avail_out)))
            guard output.count <= most else { throw .tooLargeUnpacked(most: most) }
            guard code == Z_OK || code == Z_STREAM_END else { throw .damagedPacking(.gzip, .damaged(near: used)) }
            isBetweenMembers = code == Z_STREAM_END
        }
        // The last bytes may have been read while their output still waited for room.
        while !isBetweenMembers, count > 0 {
            let code = buffer.withUnsafeMutableBufferPointer { space in
                stream.next_in = nil
                stream.avail_in = 0
                stream.next_out = space.baseAddress
                stream.avail_out = UInt32(space.count)
                return inflate(&stream, Z_NO_FLUSH)
            }
            output.append(contentsOf: buffer.prefix(buffer.count - Int(stream.avail_out)))
            guard output.count <= most else { throw .tooLargeUnpacked(most: most) }
            if code == Z_STREAM_END { break }
            guard code == Z_OK else { throw .damagedPacking(.gzip, .endsEarly(after: count)) }
        }
        guard count > 0 else { throw .damagedPacking(.gzip, .empty) }
        return output
    }

    private static func unzstd(_ packed: [UInt8], upTo most: Int) throws(PushFormatError) -> [UInt8] {
        guard !packed.isEmpty else { throw .damagedPacking(.zstd, .empty) }
        guard let stream = ZSTD_createDStream() else { throw .damagedPacking(.zstd, .unavailable) }
        defer { ZSTD_freeDStream(stream) }
        // 8 MiB is the window that RFC 8878 asks every decoder to allow; a larger one would let a header claim gigabytes.
        ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 23)
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: min(step, max(1, most) + 1))
        var used = 0
        while true {
            // Both pointers live as long as the call; zstd reads from `used` to `packed.count` and writes at most `buffer.count`.
            let (rest, read, written) = packed.withUnsafeBytes { input in
                buffer.withUnsafeMutableBytes { space in
                    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: used)
                    var to = ZSTD_outBuffer(dst: space.baseAddress, size: space.count, pos: 0)
                    let rest = ZSTD_decompressStream(stream, &to, &from)
                    return (rest, from.pos, to.pos)
                }
            }
            guard ZSTD_isError(rest) == 0 else { throw .damagedPacking(.zstd, .damaged(near: read)) }
            output.append(contentsOf: buffer.prefix(written))
            guard output.count <= most else { throw .tooLargeUnpacked(most: most) }
            let isStuck = read == used && written < buffer.count
            used = read
            if used == packed.count, rest == 0 { return output }
            if isStuck || (used == packed.count && written < buffer.count) {
                throw .damagedPacking(.zstd, .endsEarly(after: packed.count))
            }
        }
    }
}
