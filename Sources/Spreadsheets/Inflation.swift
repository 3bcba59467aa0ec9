import CZlib

/// Raw deflate data through zlib, into a buffer whose size is decided beforehand.
enum Inflation {
    /// Unpacks to exactly `count` bytes at most: data that goes on beyond what its entry announces is damaged or a bomb, and is not unpacked.
    static func inflated(_ packed: ArraySlice<UInt8>, to count: Int, name: String) throws(SpreadsheetError) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw SpreadsheetError("cannot be unpacked: zlib has no memory", at: name)
        }
        defer { inflateEnd(&stream) }
        var input = Array(packed)
        var output = [UInt8](repeating: 0, count: max(1, count))
        // zlib reads and writes within the counts given to it, and only during the call.
        let code = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_STREAM_END, Int(stream.total_out) == count else {
            throw SpreadsheetError("is damaged; save the file anew or send it again", at: name)
        }
        return Array(output.prefix(count))
    }

    /// The CRC-32 that ZIP keeps of each entry.
    static func checksum(_ bytes: [UInt8]) -> UInt32 { UInt32(truncatingIfNeeded: crc32(0, bytes, uInt(bytes.count))) }

    /// Raw deflate data, as ZIP wants it.
    static func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var buffer = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&buffer, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        // The buffer is as large as zlib asks for; nothing is left that could fail but memory, which Swift ends the program for as well.
        precondition(code == Z_OK, "zlib could not compress \(bytes.count) bytes (code \(code))")
        // zlib's own two bytes before and four behind do not belong into a ZIP file.
        return Array(buffer[2..<Int(length) - 4])
    }
}
