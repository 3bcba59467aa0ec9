import CZlib

/// The file format that every mail program shows (ISO/IEC 15948).
enum PNG {
    /// A picture as a file with a palette, eight bits a pixel. The same picture is the same bytes.
    static func bytes(of map: PixelMap) -> [UInt8] {
        let header = bigEndian(map.width) + bigEndian(map.height) + [8, 3, 0, 0, 0]
        // Before each row the number of its filter: none.
        let rows = (0..<map.height).flatMap { row in [0] + map.pixels[row * map.width..<(row + 1) * map.width] }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
            + chunk("PLTE", PixelMap.Colour.allCases.flatMap(\.bytes)) + chunk("IDAT", compressed(rows)) + chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bigEndian(data.count) + body + bigEndian(Int(crc32(0, body, uInt(body.count))))
    }

    private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var buffer = [UInt8](repeating: 0, count: Int(length))
        let code = compress2(&buffer, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
        // The buffer is as large as zlib asks for; nothing is left that could fail but memory, which Swift ends the program for as well.
        precondition(code == Z_OK, "zlib could not compress \(bytes.count) bytes (code \(code))")
        return Array(buffer.prefix(Int(length)))
    }

    private static func bigEndian(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
}
