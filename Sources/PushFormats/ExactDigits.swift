import Model

/// Why bytes are not a number that can be kept.
public enum NumberTrouble: Error, Hashable, Sendable, CaseIterable {
    case notANumber
    case tooLarge
    case tooManyDecimals
    /// A floating-point number so large that its neighbours are not the next whole numbers.
    case inexact
    /// `1.000`, which is one thousand to whoever writes thousands with a point, and one to us.
    case ambiguousPoint
}

/// Reads numbers exactly, digit by digit; no floating-point number is on the way.
enum ExactDigits {
    /// Where numbers stand, which decides on two forms.
    enum Style {
        /// By JSON's grammar: no leading zeros.
        case json
        /// As programs write it outside of JSON: leading zeros are theirs.
        case plain
        /// As people write it into sheets: `plain`, but `1.000` is refused because nobody can tell what it means.
        case sheet
    }

    /// The number in a range. An exponent is exact too: `1e3` is 1000 and `125e-1` is 12.5; decimals are kept as written otherwise.
    static func read(_ range: Range<Int>, in bytes: [UInt8], _ style: Style = .json) throws(NumberTrouble) -> ExactDecimal {
        var at = range.lowerBound
        let end = range.upperBound
        let isNegative = at < end && bytes[at] == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let wholeStart = at
        while at < end, bytes[at].isDigit { at += 1 }
        let whole = wholeStart..<at
        guard !whole.isEmpty, style != .json || whole.count == 1 || bytes[wholeStart] != UInt8(ascii: "0") else { throw .notANumber }
        var fraction = at..<at
        if at < end, bytes[at] == UInt8(ascii: ".") {
            let start = at + 1
            at = start
            while at < end, bytes[at].isDigit { at += 1 }
            fraction = start..<at
            guard !fraction.isEmpty else { throw .notANumber }
            let looksGrouped = fraction.count == 3 && whole.count <= 3 && bytes[wholeStart] != UInt8(ascii: "0")
            if style == .sheet, looksGrouped, bytes[at - 1] == UInt8(ascii: "0") { throw .ambiguousPoint }
        }
        let exponent = try exponent(at..<end, bytes)
        // Zeros behind more decimals than can be kept say nothing.
        while fraction.count > ExactDecimal.largestScale, bytes[fraction.upperBound - 1] == UInt8(ascii: "0") {
            fraction = fraction.lowerBound..<fraction.upperBound - 1
        }
        let digits = try append(fraction, to: append(whole, to: 0, bytes), bytes)
        return try scaled(digits, isNegative, by: (exponent ?? 0) - fraction.count)
    }

    /// The number that a floating-point number was made of: of all decimal numbers that round to it the shortest, which is what its writer wrote
    /// as long as that had fewer than sixteen digits.
    static func exact(_ value: Double) throws(NumberTrouble) -> ExactDecimal {
        guard value.isFinite else { throw .notANumber }
        guard value.magnitude < 9_007_199_254_740_992 else { throw .inexact }
        if let whole = Int64(exactly: value) { return ExactDecimal(whole) }
        let text = Array(value.description.utf8)
        return try read(0..<text.count, in: text, .plain)
    }

    /// Nil when there is none; exponents beyond a million are as good as a million.
    private static func exponent(_ range: Range<Int>, _ bytes: [UInt8]) throws(NumberTrouble) -> Int? {
        guard !range.isEmpty else { return nil }
        guard bytes[range.lowerBound] | 0x20 == UInt8(ascii: "e") else { throw .notANumber }
        var at = range.lowerBound + 1
        let isNegative = at < range.upperBound && bytes[at] == UInt8(ascii: "-")
        if isNegative || (at < range.upperBound && bytes[at] == UInt8(ascii: "+")) { at += 1 }
        guard at < range.upperBound else { throw .notANumber }
        var exponent = 0
        while at < range.upperBound {
            guard bytes[at].isDigit else { throw .notANumber }
            exponent = min(1_000_000, exponent * 10 + Int(bytes[at] - UInt8(ascii: "0")))
            at += 1
        }
        return isNegative ? -exponent : exponent
    }

    private static func append(_ range: Range<Int>, to start: UInt64, _ bytes: [UInt8]) throws(NumberTrouble) -> UInt64 {
        var digits = start
        for at in range {
            let (tenfold, isOver) = digits.multipliedReportingOverflow(by: 10)
            let (sum, isOverAgain) = tenfold.addingReportingOverflow(UInt64(bytes[at] - UInt8(ascii: "0")))
            guard !isOver, !isOverAgain else { throw .tooLarge }
            digits = sum
        }
        return digits
    }

    /// `digits` × 10^`power`.
    private static func scaled(_ digits: UInt64, _ isNegative: Bool, by power: Int) throws(NumberTrouble) -> ExactDecimal {
        var units = digits
        var power = power
        if units == 0 { power = max(-ExactDecimal.largestScale, min(0, power)) }
        while power > 0 {
            let (tenfold, isOver) = units.multipliedReportingOverflow(by: 10)
            guard !isOver else { throw .tooLarge }
            units = tenfold
            power -= 1
        }
        while power < -ExactDecimal.largestScale, units % 10 == 0 {
            units /= 10
            power += 1
        }
        guard power >= -ExactDecimal.largestScale else { throw .tooManyDecimals }
        guard let signed = Int64(exactly: units), let number = ExactDecimal(units: isNegative ? -signed : signed, scale: -power) else {
            throw .tooLarge
        }
        return number
    }
}
