import CZlib
import CZstd
import PushFormats
import Testing

struct UnpackingTests {
    private static let text = Array(String(repeating: "agency,measure,from,to,value\n", count: 100).utf8)

    /// One gzip member.
    private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: bytes.count + 1000)
        let left = input.withUnsafeMutableBufferPointer { from in
            output.withUnsafeMutableBufferPointer { to in
                stream.next_in = from.baseAddress
                stream.avail_in = UInt32(from.count)
                stream.next_out = to.baseAddress
                stream.avail_out = UInt32(to.count)
                deflate(&stream, Z_FINISH)
                return Int(stream.avail_out)
            }
        }
        return Array(output.dropLast(left))
    }

    private static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
        let count = ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
        return Array(output.prefix(count))
    }

    private static func packed(_ bytes: [UInt8], _ coding: ContentCoding) -> [UInt8] {
        switch coding {
        case .identity: bytes
        case .gzip: gzip(bytes)
        case .zstd: zstd(bytes)
        }
    }

    private func problem(_ bytes: [UInt8], _ coding: ContentCoding, upTo most: Int = 1 << 20) -> String? {
        do throws(PushFormatError) {
            _ = try Unpacking.unpack(bytes, coding, upTo: most)
            return nil
        } catch {
            return error.description
        }
    }

    @Test(arguments: ContentCoding.allCases)
    func whatWasPackedIsUnpackedUpToTheLastByteAllowed(_ coding: ContentCoding) throws {
        let packed = Self.packed(Self.text, coding)
        #expect(try Unpacking.unpack(packed, coding, upTo: Self.text.count) == Self.text)
        #expect(
            problem(packed, coding, upTo: Self.text.count - 1)
                == "the unpacked body is larger than \(Self.text.count - 1) bytes; send fewer observations at a time")
    }

    @Test(arguments: [ContentCoding.gzip, .zstd])
    func severalMembersAreOneBody(_ coding: ContentCoding) throws {
        let packed = Self.packed(Self.text, coding) + Self.packed([], coding) + Self.packed([65], coding)
        #expect(try Unpacking.unpack(packed, coding, upTo: 1 << 20) == Self.text + [65])
    }

    @Test(arguments: [ContentCoding.gzip, .zstd])
    func aBombIsGivenUpAtTheBound(_ coding: ContentCoding) {
        let bomb = Self.packed([UInt8](repeating: 0, count: 32 << 20), coding)
        #expect(bomb.count < 40_000)
        #expect(problem(bomb, coding) == "the unpacked body is larger than 1048576 bytes; send fewer observations at a time")
    }

    @Test(arguments: [ContentCoding.gzip, .zstd])
    func aBodyThatIsCutOffAnywhereIsAnError(_ coding: ContentCoding) {
        let packed = Self.packed(Self.text, coding)
        for count in 0..<packed.count { #expect(problem(Array(packed.prefix(count)), coding) != nil, "cut off after \(count) bytes") }
        #expect(
            problem(Array(packed.dropLast()), coding)
                == "the \(coding.rawValue) body cannot be unpacked: it ends before its end, after \(packed.count - 1) bytes")
    }

    @Test(arguments: [ContentCoding.gzip, .zstd])
    func whatFollowsTheLastMemberIsAnError(_ coding: ContentCoding) {
        let packed = Self.packed(Self.text, coding) + Array("garbage".utf8)
        #expect(problem(packed, coding)?.hasPrefix("the \(coding.rawValue) body cannot be unpacked: ") == true)
    }
}
