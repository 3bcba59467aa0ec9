import Model

extension Language {
    /// The language that an Accept-Language field likes best (RFC 9110 §12.5.4); Vietnamese when it names neither of ours.
    init(acceptLanguage field: String?) {
        var best: (language: Language, weight: Int)?
        for part in (field ?? "").prefix(1000).split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let tag = pieces.first, let language = Language.named(tag) else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { Language.thousandths($0.dropFirst(2)) } ?? 1000
            // Of equal ones the first counts.
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .vietnamese
    }

    private static func named(_ tag: String) -> Language? {
        Language(rawValue: String(tag.prefix { $0 != "-" }))
    }

    /// A weight such as `0.8` in thousandths; what is no weight counts nothing.
    private static func thousandths(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap({ Int($0) }), (0...1).contains(whole), parts.count <= 2 else { return 0 }
        guard parts.count == 2 else { return whole * 1000 }
        let digits = parts[1].prefix(3)
        guard digits.utf8.allSatisfy(\.isDigit), let fraction = Int(digits.isEmpty ? "0" : String(digits)) else { return 0 }
        let scale = [1000, 100, 10, 1][digits.count]
        return min(1000, whole * 1000 + fraction * scale)
    }
}
