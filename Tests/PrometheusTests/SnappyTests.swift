import TestSupport
import Testing

@testable import Prometheus

@Suite struct SnappyTests {
    @Test func shortTextsAreLiterals() {
        #expect(Snappy.compressed([]) == [0])
        // Length 3, a literal of 3.
        #expect(Snappy.compressed(Array("abc".utf8)) == [3, 2 << 2, 0x61, 0x62, 0x63])
    }

    @Test func repetitionBecomesACopy() {
        // Length 12, a literal of 4, a copy of 8 bytes from 4 back: tag 01, length 8 − 4 in three bits, distance in the next byte.
        #expect(Snappy.compressed(Array("abcdabcdabcd".utf8)) == [12, 3 << 2, 0x61, 0x62, 0x63, 0x64, 1 | 4 << 2, 4])
    }

    @Test func longRunsAreCutIntoCopiesOfSixtyFour() {
        // A literal of one, then 99 bytes from one back: 64 in three bytes, 35 in three bytes.
        let run = [UInt8](repeating: 7, count: 100)

        #expect(Snappy.compressed(run) == [100, 0, 7, 2 | 63 << 2, 1, 0, 2 | 34 << 2, 1, 0])
    }

    @Test func longLiteralsCarryTheirLengthInBytesOfTheirOwn() {
        // No four bytes occur twice, so nothing can be copied; 60 bytes and more need a length byte.
        let bytes = (0..<100).map { UInt8($0) }

        #expect(Snappy.compressed(bytes) == [100, 60 << 2, 99] + bytes)
    }

    @Test(arguments: 0..<200) func whatIsCompressedComesBack(seed: Int) throws {
        var generator = Seeded(seed: seed)
        // From bytes that never repeat to texts that repeat within and beyond the reach of a copy.
        let words = (0..<(1 + seed % 40)).map { _ in
            (0..<Int.random(in: 1...90, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        var bytes: [UInt8] = []
        while bytes.count < seed * 1000 { bytes += words.randomElement(using: &generator) ?? [] }

        #expect(try SnappyReader.decompressed(Snappy.compressed(bytes)) == bytes)
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
