import Model
import Yams

/// One mapping of a YAML file, read key by key: every key that nobody asks for is a problem in the end.
///
/// A class, because several readers of one block must know of each other what was read; it lives while a directory is loaded and is never
/// shared between tasks. Getters return nil for an absent key; a value of the wrong form is nil and a problem at its place.
public final class SettingsReader {
    public let file: String
    private let mapping: Node.Mapping
    private let problems: ProblemList
    private var asked: [String] = []

    init(_ mapping: Node.Mapping, file: String, problems: ProblemList) {
        self.mapping = mapping
        self.file = file
        self.problems = problems
    }

    // MARK: - Scalars

    /// Whether a key is there with something behind it.
    public func has(_ key: String) -> Bool { node(key) != nil }

    /// A text that is not empty.
    public func string(_ key: String) -> String? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar, !scalar.string.isEmpty else {
            report(node, "'\(key)' must be a text")
            return nil
        }
        return scalar.string
    }

    /// As `string`, but an absent key is a problem at the block.
    public func requiredString(_ key: String) -> String? { required(key) { string(key) } }

    /// The path of a file; a relative one begins in `directory`.
    public func file(_ key: String, in directory: String) -> String? {
        guard let text = string(key) else { return nil }
        let path = SettingsFiles.path(text, in: directory)
        let mark = value(of: key)?.mark
        problems.add(NamedFile(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, key: key, path: path))
        return path
    }

    /// As `file`, but an absent key is a problem at the block.
    public func requiredFile(_ key: String, in directory: String) -> String? { required(key) { file(key, in: directory) } }

    /// A scalar that `parse` turns into a value; nil from it is a problem that says what was found and what was expected.
    public func value<T>(_ key: String, expected: String, _ parse: (String) -> T?) -> T? {
        guard let text = string(key) else { return nil }
        guard let value = parse(text) else {
            problem(key, "'\(key)' is '\(text)', expected \(expected)")
            return nil
        }
        return value
    }

    /// As `value`, but an absent key is a problem at the block.
    public func requiredValue<T>(_ key: String, expected: String, _ parse: (String) -> T?) -> T? {
        required(key) { value(key, expected: expected, parse) }
    }

    /// A whole number within bounds; both belong to them.
    public func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
        value(key, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    /// `true` or `false`; `yes` and `on` are not taken, because YAML versions differ about them.
    public func bool(_ key: String) -> Bool? {
        value(key, expected: "true or false") { ["true": true, "false": false][$0] }
    }

    /// `30s`, `5m`, `2h`, `7d`; longer than nothing.
    public func duration(_ key: String) -> Duration? {
        value(key, expected: "a duration such as 30s, 5m, 2h or 7d") { text in
            let factors: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
            guard let factor = text.last.flatMap({ factors[$0] }), let count = Int(text.dropLast()), (1...1_000_000).contains(count) else {
                return nil
            }
            return .seconds(count * factor)
        }
    }

    /// `64kB`, `8MB`, `1GB`, in powers of 1000.
    public func byteCount(_ key: String) -> Int? {
        value(key, expected: "a size such as 64kB, 8MB or 1GB") { text in
            let factors = [("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000)]
            guard let (unit, factor) = factors.first(where: { text.hasSuffix($0.0) }), let count = Int(text.dropLast(unit.count)),
                (1...1_000_000).contains(count)
            else { return nil }
            return count * factor
        }
    }

    /// A day written as `2026-08-01`, within the supported days.
    public func day(_ key: String) -> Day? {
        value(key, expected: "a day of the calendar such as 2026-08-01") { text in Day(text).flatMap { Day.supported.contains($0) ? $0 : nil } }
    }

    /// One of the raw values of an enumeration.
    public func choice<T: RawRepresentable & CaseIterable>(_ key: String, _ type: T.Type) -> T? where T.RawValue == String {
        guard let text = string(key) else { return nil }
        if let value = T(rawValue: text) { return value }
        let all = T.allCases.map(\.rawValue)
        problem(key, "'\(key)' is '\(text)', expected one of \(all.joined(separator: ", "))\(TextFolding.didYouMean(text, among: all))")
        return nil
    }

    // MARK: - Collections

    /// A sequence of texts, or one text for a sequence of one.
    public func strings(_ key: String) -> [String]? {
        guard let node = node(key) else { return nil }
        if let scalar = node.scalar { return [scalar.string] }
        guard let sequence = node.sequence, sequence.allSatisfy({ $0.scalar != nil }) else {
            report(node, "'\(key)' must be a list of texts")
            return nil
        }
        return sequence.compactMap(\.scalar?.string)
    }

    /// A text in both languages, `{vi: …, en: …}`.
    public func localized(_ key: String) -> LocalizedText? {
        guard let reader = reader(key) else { return nil }
        defer { reader.finish() }
        guard let vietnamese = reader.requiredString("vi"), let english = reader.requiredString("en") else { return nil }
        return LocalizedText(vietnamese: vietnamese, english: english)
    }

    /// The mapping behind a key; whoever reads it calls its `finish`.
    public func reader(_ key: String) -> SettingsReader? {
        guard let node = node(key) else { return nil }
        guard let mapping = node.mapping else {
            report(node, "'\(key)' must be a mapping of keys and values")
            return nil
        }
        return SettingsReader(mapping, file: file, problems: problems)
    }

    /// The mapping behind a key that may also hold a plain text; nil, without a problem, for the text.
    public func mapping(_ key: String) -> SettingsReader? {
        node(key)?.mapping.map { SettingsReader($0, file: file, problems: problems) }
    }

    /// The mappings of a list; each gets its own `finish`.
    public func readers(_ key: String) -> [SettingsReader]? {
        guard let node = node(key) else { return nil }
        guard let sequence = node.sequence else {
            report(node, "'\(key)' must be a list")
            return nil
        }
        return sequence.compactMap { item in
            guard let mapping = item.mapping else {
                report(item, "each entry of '\(key)' must be a mapping of keys and values")
                return nil
            }
            return SettingsReader(mapping, file: file, problems: problems)
        }
    }

    /// A mapping with keys of the operator's choice.
    public func scalars(_ key: String) -> [(key: String, value: String)]? {
        guard let node = node(key) else { return nil }
        guard let mapping = node.mapping, mapping.allSatisfy({ $0.key.scalar != nil && $0.value.scalar != nil }) else {
            report(node, "'\(key)' must be a mapping of texts to texts")
            return nil
        }
        return mapping.compactMap { pair in
            guard let key = pair.key.scalar, let value = pair.value.scalar, !RepeatedKeys.isMarked(key.string) else { return nil }
            return (key.string, value.string)
        }
    }

    // MARK: - Problems

    /// A problem at a key's value, or at the mapping when there is no key or it is absent.
    public func problem(_ key: String?, _ message: String) {
        report(key.flatMap { value(of: $0) }, message)
    }

    /// A problem at one entry of a mapping that was read with `scalars`.
    public func problem(scalar key: String, in outer: String, _ message: String) {
        report(value(of: outer)?.mapping?[key] ?? value(of: outer), message)
    }

    /// A problem at the entry of a list of texts that reads `text`.
    public func problem(item text: String, of key: String, _ message: String) {
        let item = value(of: key)?.sequence?.first { $0.scalar?.string == text }
        report(item ?? value(of: key), message)
    }

    /// Makes every key that was not asked for a problem. Whoever reads the last key of a block calls it.
    public func finish() {
        for pair in mapping {
            guard let key = pair.key.scalar?.string else {
                report(pair.key, "a key must be a plain word, not a list or a mapping")
                continue
            }
            guard !asked.contains(key), !RepeatedKeys.isMarked(key) else { continue }
            report(pair.key, "unknown key '\(key)'\(hint(for: key))")
        }
    }

    /// What stands under a key. Asking the mapping itself would find the YAML type of every key first, by regular expressions.
    private func value(of key: String) -> Node? { mapping.first { $0.key.scalar?.string == key }?.value }

    private func node(_ key: String) -> Node? {
        if !asked.contains(key) { asked.append(key) }
        guard let node = value(of: key) else { return nil }
        // A key with nothing behind it is as good as left out: people write `to:` and leave it open.
        if node.tag == Tag(.null) { return nil }
        return node
    }

    /// What `read` finds under a key; an absent key is a problem at the block.
    func required<T>(_ key: String, _ read: () -> T?) -> T? {
        guard has(key) else {
            report(value(of: key), "'\(key)' is missing")
            return nil
        }
        return read()
    }

    private func report(_ node: Node?, _ message: String) {
        let mark = node?.mark ?? mapping.mark ?? mapping.first?.key.mark
        problems.add(Problem(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, message: message))
    }

    /// What to do about an unknown key. Secrets get more than a guess: they must not stand here under any name.
    private func hint(for key: String) -> String {
        guard ["password", "token", "secret", "bearer", "api_key"].contains(key) else { return TextFolding.didYouMean(key, among: asked) }
        let fileKeys = asked.filter { $0.hasSuffix("_file") }
        let place = fileKeys.first { $0.hasPrefix(key) } ?? fileKeys.first ?? "\(key)_file"
        return "; secrets do not stand in configuration files: write them into a file of their own and its path under '\(place)'"
    }
}
