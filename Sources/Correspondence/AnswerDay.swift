import Model

/// The day on a line such as `Thời hạn: trước ngày 15/12/2026`, in the forms that people and official letters write.
enum AnswerDay {
    /// What may stand before the day and changes nothing in it: a promise is kept when it is kept on that day.
    private static let leading = ["chậm nhất", "trước", "đến hết", "hết", "đến", "vào", "là", "ngày", "by", "before", "on", "until"]

    /// Nil unless nothing but one whole day stands there: `15/12/2026 hoặc muộn hơn` and `15/12` promise nothing.
    static func day(_ value: String) -> Day? {
        var text = TextFolding.key(value)[...]
        while let last = text.last, ".;,\"”".contains(last) { text.removeLast() }
        while let word = leading.first(where: { text.hasPrefix($0 + " ") }) { text = text.dropFirst(word.count + 1) }
        return Day(text) ?? spelled(text) ?? separated(text)
    }

    /// `15 tháng 12 năm 2026`
    private static func spelled(_ text: Substring) -> Day? {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 5, words[1] == "tháng", words[3] == "năm" else { return nil }
        return Day("\(words[0])/\(words[2])/\(words[4])", pattern: .vietnamese)
    }

    /// `15/12/2026`, `15-12-2026`, `15.12.2026`
    private static func separated(_ text: Substring) -> Day? {
        guard let sign = text.first(where: { !$0.isNumber && $0 != " " }), "/-.".contains(sign) else { return nil }
        let parts = text.split(separator: sign, omittingEmptySubsequences: false).map { $0.trimmed }
        return Day(parts.joined(separator: "/"), pattern: .vietnamese)
    }
}
