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
        var written = text.split(whereSeparator: \.isWhitespace)
        if written.last?.hasSuffix("%") == true { written[written.count - 1].removeLast() }
        written.removeAll(where: \.isEmpty)
        if written.isEmpty { return valueOfBlank }
        let digits = withoutBlanks(written)
        let plain = usesDecimalComma ? digits.flatMap(withoutGroups) : digits.flatMap { isAmbiguous($0) ? nil : $0 }
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

    /// `26 972` becomes `26972`; nil for `1 2`, which is two numbers or a slip.
    private func withoutBlanks(_ groups: [Substring]) -> String? {
        guard groups.count > 1 else { return groups.first.map(String.init) }
        let areThousands = groups.dropFirst().allSatisfy { $0.prefix { $0 != "," && $0 != "." }.count == 3 }
        return areThousands && groups.dropLast().allSatisfy { $0.allSatisfy { $0.isNumber || $0 == "-" } } ? groups.joined() : nil
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
