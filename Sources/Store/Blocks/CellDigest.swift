/// A number that stands for one value of one cell, so that what a delivery brought can be summed up and summed again years later.
///
/// The sum does not depend on the order, nor on where the value lies now: in a row, in a block or in the history. It finds damage, not forgery.
enum CellDigest {
    static func of(_ key: CellWriter.Key, _ value: Int64?) -> UInt64 {
        var sum = mix(UInt64(bitPattern: key.measure))
        sum = mix(sum ^ UInt64(bitPattern: key.span))
        sum = mix(sum ^ UInt64(bitPattern: key.start))
        sum = mix(sum ^ UInt64(bitPattern: key.agency))
        // Unknown is a value of its own and not the digest of any number's bits shifted.
        return mix(sum ^ (value.map { UInt64(bitPattern: $0) } ?? 0x756E_6B6E_6F77_6E21)) ^ (value == nil ? 1 : 0)
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit of the input changes about half of those of the output.
    static func mix(_ input: UInt64) -> UInt64 {
        var number = input &+ 0x9E37_79B9_7F4A_7C15
        number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
        return number ^ (number >> 31)
    }
}
