import Model

/// How a source writes numbers in texts, and what an empty place means.
struct NumberForm: Hashable, Sendable {
    /// What an empty cell or a missing key stands for. JSON null is always unknown.
    enum Blank: String, CaseIterable, Sendable {
        case unknown, zero, skip
    }

    /// `98,15` and `26.972`, as Vietnamese sheets write, instead of `98.15` and `26972`.
    let usesDecimalComma: Bool
    let blank: Blank

    /// The value of a text; nil when the blank place is to be skipped.
    ///
    /// Nothing is guessed: `1.234` without `decimal_comma` could be either, and is unreadable.
    func value(of text: String) -> RowValue? {
        var digits = text.filter { !$0.isWhitespace }
        if digits.hasSuffix("%") { digits.removeLast() }
        if digits.isEmpty { return valueOfBlank }
        let plain = usesDecimalComma ? withoutGroups(digits) : isAmbiguous(digits) ? nil : digits
        guard let plain, let number = ExactDecimal(plain) else { return .unreadable(String(text.prefix(40))) }
        return .number(number)
    }

    /// The value of a place that is not there.
    var valueOfBlank: RowValue? {
        switch blank {
        case .unknown: .unknown
        case .zero: .number(ExactDecimal(0))
        case .skip: nil
        }
    }

    /// `-26.972,5` becomes `-26972.5`; nil when the groups are not of three digits.
    private func withoutGroups(_ text: String) -> String? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return nil }
        let sign = whole.hasPrefix("-") ? "-" : ""
        let groups = whole.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
        guard groups.count == 1 || (groups.dropFirst().allSatisfy { $0.count == 3 } && (1...3).contains(groups[0].count)) else { return nil }
        return sign + groups.joined() + (parts.count == 2 ? "." + parts[1] : "")
    }

    /// Whether the dots could be thousands separators: up to three digits, then groups of three.
    private func isAmbiguous(_ text: String) -> Bool {
        let groups = (text.hasPrefix("-") ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        return groups.count > 1 && groups[0] != "0" && (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
}
