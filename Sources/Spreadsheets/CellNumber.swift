import Model

/// The decimal number that a cell shows, from the digits that a file has for it.
///
/// Spreadsheets keep binary numbers, and some programs write all seventeen digits of them: 98.15 then stands in the file as
/// `98.150000000000006`. The number meant is the shortest decimal that names the same binary number; of sums such as 0.1 + 0.2, whose
/// shortest decimal is `0.30000000000000004`, it is what fifteen digits show, because no spreadsheet program shows more. Nothing else is rounded:
/// 0.981481… stays what it is, and a measure with two decimals refuses it.
public enum CellNumber {
    /// Digits that spreadsheet programs calculate with and show.
    private static let precision = 15

    /// The number; nil when the digits are none, or need more decimals than are counted anywhere. Of a percentage, the number before the sign.
    public static func exact(_ digits: String, isPercent: Bool = false) -> ExactDecimal? {
        guard var number = Parts(digits) else { return nil }
        if number.digits.count > precision, number.exponent < 0 {
            // Only reading and printing pass through the binary number; what comes back is a decimal again.
            guard let binary = Double(digits), binary.isFinite, let shortest = Parts(binary.description) else { return nil }
            number = shortest
            if number.exponent < 0 { number.round(to: precision) }
        }
        if isPercent { number.exponent += 2 }
        return number.decimal
    }

    /// `-digits · 10^exponent`, without zeros at either end.
    private struct Parts {
        var isNegative: Bool
        var digits: [UInt8]
        var exponent: Int

        init?(_ text: String) {
            isNegative = text.hasPrefix("-")
            let parts = text.dropFirst(isNegative || text.hasPrefix("+") ? 1 : 0).split(separator: "e", omittingEmptySubsequences: false)
            let pieces = text.contains("E") ? text.dropFirst(isNegative ? 1 : 0).split(separator: "E", omittingEmptySubsequences: false) : parts
            guard (1...2).contains(pieces.count), let power = pieces.count == 2 ? Int(pieces[1]) : 0, abs(power) <= 400 else { return nil }
            let mantissa = pieces[0].split(separator: ".", omittingEmptySubsequences: false)
            guard (1...2).contains(mantissa.count), !pieces[0].isEmpty, mantissa.joined().utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
                (1...40).contains(mantissa.joined().utf8.count)
            else { return nil }
            digits = mantissa.joined().utf8.map { $0 - 48 }
            exponent = power - (mantissa.count == 2 ? mantissa[1].utf8.count : 0)
            trim()
        }

        /// Half up, as people round.
        mutating func round(to count: Int) {
            guard digits.count > count else { return }
            let isUp = digits[count] >= 5
            exponent += digits.count - count
            digits.removeLast(digits.count - count)
            if isUp {
                var place = count - 1
                while place >= 0, digits[place] == 9 {
                    digits[place] = 0
                    place -= 1
                }
                if place >= 0 { digits[place] += 1 } else { digits.insert(1, at: 0) }
            }
            trim()
        }

        private mutating func trim() {
            while digits.last == 0 {
                digits.removeLast()
                exponent += 1
            }
            digits = Array(digits.drop { $0 == 0 })
            if digits.isEmpty { exponent = 0 }
        }

        var decimal: ExactDecimal? {
            guard exponent >= -ExactDecimal.largestScale, digits.count + max(0, exponent) <= 18 else { return nil }
            let units = digits.reduce(Int64(0)) { $0 * 10 + Int64($1) } * (exponent > 0 ? ExactDecimal.powerOfTen(exponent) : 1)
            return ExactDecimal(units: isNegative ? -units : units, scale: max(0, -exponent))
        }
    }
}
