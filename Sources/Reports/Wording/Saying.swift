/// A sentence in both languages, with places that hold the same in both: `no contact of {}`.
struct Saying: Sendable {
    private let english: [String]
    private let vietnamese: [String]

    /// Both have as many `{}`, in the same order.
    init(_ english: String, _ vietnamese: String) {
        self.english = Saying.pieces(english)
        self.vietnamese = Saying.pieces(vietnamese)
    }

    /// The Vietnamese of a text that is this sentence; nil for any other.
    func said(_ text: String) -> String? {
        guard text.hasPrefix(english[0]), english.count > 1 || text == english[0] else { return nil }
        var rest = text.dropFirst(english[0].count)
        var said = vietnamese[0]
        for (index, piece) in english.enumerated().dropFirst() {
            guard let held = Saying.part(of: rest, before: piece, isLast: index == english.count - 1) else { return nil }
            said += held + vietnamese[index]
            rest = rest.dropFirst(held.count + piece.count)
        }
        return said
    }

    private static func part(of rest: Substring, before piece: String, isLast: Bool) -> Substring? {
        if isLast { return rest.hasSuffix(piece) ? rest.dropLast(piece.count) : nil }
        return rest.firstRange(of: piece).map { rest[..<$0.lowerBound] }
    }

    private static func pieces(_ text: String) -> [String] {
        text.split(separator: "{}", omittingEmptySubsequences: false).map(String.init)
    }
}
