/// The form shared by the ids that operators give to measures, indicators, rules, targets and sources.
public enum Identifier {
    /// 1 to 64 of `a-z`, `0-9`, `.`, `_`, `-`, beginning with a letter: fit for file names, labels and the command line.
    public static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, (1...64).contains(text.utf8.count), isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
}
