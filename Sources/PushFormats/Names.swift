/// The different names of one push, each kept once and known by its place: a thousand observations of eight measures make eight texts.
///
/// Names are told apart by their bytes. The table is open addressing with linear steps and never more than half full.
struct Names {
    private(set) var texts: [String] = []
    private var bytes: [UInt8] = []
    /// Where each name lies in `bytes`.
    private var spans: [Range<Int>] = []
    /// The places in `spans`, or -1.
    private var slots = [Int32](repeating: -1, count: 64)
    /// Differs from process to process, so that nobody can choose names that meet in one slot.
    private let seed: UInt64
    private var last = -1

    init() {
        var hasher = Hasher()
        hasher.combine(0)
        seed = UInt64(bitPattern: Int64(hasher.finalize())) | 1
    }

    /// The place of the name that stands in a range of `source`, which holds UTF-8.
    mutating func place(of range: Range<Int>, in source: [UInt8]) -> Int {
        // Bodies are sorted by one name or the other more often than not.
        if last >= 0, isEqual(last, range, source) { return last }
        var slot = slot(range, source)
        while slots[slot] >= 0 {
            let place = Int(slots[slot])
            if isEqual(place, range, source) {
                last = place
                return place
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        let start = bytes.count
        bytes.append(contentsOf: source[range])
        spans.append(start..<bytes.count)
        texts.append(String(decoding: source[range], as: UTF8.self))
        slots[slot] = Int32(texts.count - 1)
        last = texts.count - 1
        if texts.count * 2 > slots.count { grow() }
        return last
    }

    private func isEqual(_ place: Int, _ range: Range<Int>, _ source: [UInt8]) -> Bool {
        let span = spans[place]
        guard span.count == range.count else { return false }
        precondition(range.lowerBound >= 0 && range.upperBound <= source.count, "a name lies in its body")
        return bytes.withUnsafeBytes { kept in
            source.withUnsafeBytes { new in
                var at = 0
                // Eight bytes from `at` on are within both ranges; the one is within the body by the check above, the other within `bytes`
                // because spans are only ever made of what was appended to it.
                while at + 8 <= span.count {
                    let left = kept.loadUnaligned(fromByteOffset: span.lowerBound + at, as: UInt64.self)
                    guard left == new.loadUnaligned(fromByteOffset: range.lowerBound + at, as: UInt64.self) else { return false }
                    at += 8
                }
                while at < span.count {
                    guard kept[span.lowerBound + at] == new[range.lowerBound + at] else { return false }
                    at += 1
                }
                return true
            }
        }
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 2)
        for (place, span) in spans.enumerated() {
            var slot = slot(span, bytes)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(place)
        }
    }

    /// Folded multiplication of eight bytes at a time.
    private func slot(_ range: Range<Int>, _ source: [UInt8]) -> Int {
        precondition(range.lowerBound >= 0 && range.upperBound <= source.count, "a name lies in its body")
        let hash = source.withUnsafeBytes { raw in
            var hash = seed ^ UInt64(range.count)
            var at = range.lowerBound
            // Eight bytes from `at` on are within the range, which the check above holds within the body.
            while at + 8 <= range.upperBound {
                hash = Names.mixed(hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                at += 8
            }
            var rest: UInt64 = 0
            while at < range.upperBound {
                rest = rest << 8 | UInt64(raw[at])
                at += 1
            }
            return Names.mixed(hash ^ rest)
        }
        return Int(truncatingIfNeeded: hash & UInt64(slots.count - 1))
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return high ^ low
    }
}
