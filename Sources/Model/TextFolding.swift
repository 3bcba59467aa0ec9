/// Makes two spellings of a Vietnamese name comparable.
public enum TextFolding {
    /// A key for matching names: lower case, runs of blanks as one. Tones are kept, because "Mường La" and "Mường Lạn" are two places.
    ///
    /// Sheets from some systems arrive decomposed (NFD); nothing is done about it here because Swift compares and hashes strings by canonical
    /// equivalence already.
    public static func key(_ text: String) -> String {
        text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The candidate that a mistyped word most likely meant, for "did you mean"; nil when none is near.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(1, word.count / 3)
        return candidates.map { ($0, distance(Array(word), Array($0))) }.filter { $0.1 <= limit }.min { ($0.1, $0.0) < ($1.1, $1.0) }?.0
    }

    /// Levenshtein's distance with one row of memory.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (character == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
