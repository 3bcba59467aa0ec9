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

    /// The end of a message about a word that is not known: `; did you mean 'port'?`, or nothing when no candidate is near.
    public static func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String {
        nearest(to: word, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// How many letters must be added, taken away, replaced or exchanged with their neighbour (Damerau's distance, optimal string alignment):
    /// `prot` is one slip away from `port`.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var before: [Int] = []
        var row = Array(0...right.count)
        for (i, character) in left.enumerated() {
            var next = [i + 1]
            for (j, other) in right.enumerated() {
                var best = min(row[j] + (character == other ? 0 : 1), next[j] + 1, row[j + 1] + 1)
                if i > 0, j > 0, character == right[j - 1], left[i - 1] == other { best = min(best, before[j - 1] + 1) }
                next.append(best)
            }
            before = row
            row = next
        }
        return row[right.count]
    }
}
