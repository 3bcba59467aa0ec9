/// SplitMix64, so that a failure of a random test comes back with the same bytes.
struct Seeded {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func number(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }

    /// The body after up to four random faults: a byte changed, some lost, some put in, the rest cut off, the rest repeated.
    mutating func mutated(_ original: [UInt8], pieces: [String]) -> [UInt8] {
        var body = original
        for _ in 0...number(below: 4) {
            let place = number(below: body.count)
            switch number(below: 5) {
            case 0: body[place] = UInt8(number(below: 256))
            case 1: body.removeSubrange(place..<min(body.count, place + 1 + number(below: 9)))
            case 2: body.insert(contentsOf: Array(pieces[number(below: pieces.count)].utf8), at: place)
            case 3: body.removeLast(body.count - place)
            default: body.insert(contentsOf: body[place...], at: place)
            }
            if body.isEmpty { body = [0x5B] }
        }
        return body
    }
}
