import Yams

/// Finds keys that stand twice in one mapping, and takes each out of the way so that the rest of the file is still checked.
///
/// Yams gives up at the first mapping with such a key and names the place of the first occurrence only, while an operator needs the second one
/// and everything else that is wrong with the file. So the second occurrence is marked in the text, at the same length, and read again.
struct RepeatedKeys {
    let file: String
    let problems: ProblemList

    /// A character for private use, which no key of ours begins with.
    private static let mark: Unicode.Scalar = "\u{E000}"
    /// Enough for any slip of the hand; a file with more is reported as far as it was read.
    private static let most = 100

    /// Whether a key is a repeated one that has been reported already.
    static func isMarked(_ key: String) -> Bool { key.unicodeScalars.first == mark }

    /// The node of a YAML text.
    ///
    /// - Throws: what Yams throws, `duplicatedKeysInMapping` among it when the second occurrence could not be found.
    func compose(_ text: String) throws -> Node? {
        var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { Array($0.unicodeScalars) }
        for _ in 0..<RepeatedKeys.most {
            do {
                return try Yams.compose(yaml: lines.map { String(String.UnicodeScalarView($0)) }.joined(separator: "\n"))
            } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
                let place = Place(line: context.mark.line - 1, column: context.mark.column - 1)
                guard let key = keys.first, let second = second(key, after: place, in: lines) else {
                    throw YamlError.duplicatedKeysInMapping(duplicates: keys, context: context)
                }
                problems.add(
                    Problem(
                        file: file, line: second.line + 1, column: second.column + 1,
                        message: "the key '\(key)' stands twice in this mapping, first on line \(context.mark.line); keep one of them"))
                let isQuoted = ["\"", "'"].contains(lines[second.line][second.column])
                lines[second.line][second.column + (isQuoted ? 1 : 0)] = RepeatedKeys.mark
            }
        }
        return nil
    }

    /// Both from 0.
    private struct Place {
        let line: Int
        let column: Int
    }

    private func second(_ key: String, after first: Place, in lines: [[Unicode.Scalar]]) -> Place? {
        guard lines.indices.contains(first.line), !key.isEmpty else { return nil }
        let rest = lines[first.line]
        for column in rest.indices where column > first.column && ", {".unicodeScalars.contains(rest[column - 1]) {
            if isKey(key, at: column, in: rest) { return Place(line: first.line, column: column) }
        }
        for line in lines.indices.dropFirst(first.line + 1) {
            let indent = lines[line].prefix { $0 == " " }.count
            let isBlank = indent == lines[line].count || lines[line][indent] == "#"
            if !isBlank, indent < first.column { return nil }
            if indent == first.column, isKey(key, at: first.column, in: lines[line]) { return Place(line: line, column: first.column) }
        }
        return nil
    }

    private func isKey(_ key: String, at column: Int, in line: [Unicode.Scalar]) -> Bool {
        ["\(key)", "\"\(key)\"", "'\(key)'"].contains { written in
            let rest = line.dropFirst(column)
            guard rest.starts(with: written.unicodeScalars) else { return false }
            return rest.dropFirst(written.unicodeScalars.count).first { $0 != " " } == ":"
        }
    }
}
