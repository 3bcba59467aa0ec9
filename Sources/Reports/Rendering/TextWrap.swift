/// Breaks text into lines of a width, at blanks where it can.
enum TextWrap {
    /// At least one line. A word that is wider than a line is broken inside, after a separator such as `/` or `.` where one is near the end.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            var used = 0
            for word in paragraph.split(separator: " ") {
                for (index, piece) in pieces(of: word, width: width).enumerated() {
                    let need = DisplayWidth.of(piece)
                    if used > 0, index > 0 || used + 1 + need > width {
                        lines.append(line)
                        (line, used) = ("", 0)
                    }
                    line += (used > 0 ? " " : "") + piece
                    used += need + (used > 0 ? 1 : 0)
                }
            }
            lines.append(line)
        }
        return lines
    }

    /// The widest piece that cannot be broken at a blank.
    static func longestWord(_ text: String) -> Int {
        text.split { $0 == " " || $0 == "\n" }.map { DisplayWidth.of($0) }.max() ?? 0
    }

    private static func pieces(of word: Substring, width: Int) -> [Substring] {
        var pieces: [Substring] = []
        var rest = word
        while DisplayWidth.of(rest) > width {
            var end = rest.startIndex
            var used = 0
            var afterSeparator: String.Index?
            while end < rest.endIndex, used + DisplayWidth.of(rest[end]) <= max(1, width) {
                used += DisplayWidth.of(rest[end])
                let isSeparator = "/.-_,;:|@".contains(rest[end])
                end = rest.index(after: end)
                if isSeparator, used * 2 > width { afterSeparator = end }
            }
            // A character wider than the line still has to go somewhere.
            if end == rest.startIndex { end = rest.index(after: end) }
            let cut = afterSeparator ?? end
            pieces.append(rest[..<cut])
            rest = rest[cut...]
        }
        return rest.isEmpty ? pieces : pieces + [rest]
    }
}
