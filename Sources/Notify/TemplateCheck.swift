import Model

/// Finds variables in letter templates that no letter will ever fill, so that a typing error shows in `config check` and not in a letter.
public enum TemplateCheck {
    /// What is wrong in one template.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Without `.mustache`.
        public let template: String
        public let line: Int
        public let message: String

        /// `letter.mustache:12: …`
        public var description: String { "\(template).mustache:\(line): \(message)" }
    }

    /// All problems of one language's templates (name → text): missing ones, broken ones, unknown names of templates and variables. `kinds` are the
    /// letters that will be written beside the indispensable ones. `parses` is false for templates that a `LetterWriter` has parsed already.
    public static func problems(
        in templates: [String: String], language: Language, kinds: [LetterKind] = [], parses: Bool = true
    ) -> [Problem] {
        var problems: [Problem] = []
        for name in TemplateSet.required(for: LetterKind.indispensable + kinds) where templates[name] == nil {
            problems.append(Problem(template: name, line: 1, message: "the template is missing: copy the one that is shipped and adapt it"))
        }
        for (name, text) in templates.sorted(by: { $0.key < $1.key }) {
            guard name.hasPrefix("_") || TemplateSet.known.contains(name) else {
                let hint = TextFolding.didYouMean(name, among: TemplateSet.known)
                problems.append(Problem(template: name, line: 1, message: "no letter uses a template of this name\(hint)"))
                continue
            }
            if let problem = unsuitable(text, name) { problems.append(problem) }
            guard parses else { continue }
            do {
                _ = try TemplateSet.parse(text, name: name)
            } catch {
                guard case .templateBroken(_, let line, let detail) = error else { continue }
                problems.append(Problem(template: name, line: line, message: "the template cannot be read, \(detail)"))
            }
        }
        guard problems.isEmpty else { return problems }
        return unknownNames(in: templates, language)
    }

    /// What a template may hold by Mustache and a letter may not: nothing at all, and other delimiters, which this check could not follow.
    private static func unsuitable(_ text: String, _ name: String) -> Problem? {
        if let line = line(of: "{{=", in: text) {
            return Problem(template: name, line: line, message: "delimiters cannot be changed here: write variables as {{name}}")
        }
        // A part may be emptied on purpose, so that what the shipped letters say there is left out.
        guard !name.hasPrefix("_"), text.allSatisfy(\.isWhitespace) else { return nil }
        return Problem(template: name, line: 1, message: "the template is empty; a letter needs a subject and a text")
    }

    private static func line(of sought: String, in text: String) -> Int? {
        text.firstRange(of: sought).map { 1 + text[..<$0.lowerBound].utf8.count { $0 == UInt8(ascii: "\n") } }
    }

    /// Walks every letter's templates with the variables of such a letter, and through the parts that they include.
    private static func unknownNames(in templates: [String: String], _ language: Language) -> [Problem] {
        let samples = LetterKind.allCases.map { ($0, LetterSample.variables($0, language)) }
        var walk = Walk(templates: templates, names: samples.reduce(into: []) { $0.formUnion($1.1.keys) })
        for (kind, sample) in samples {
            for aspect in TemplateSet.Aspect.allCases {
                let name = kind.rawValue + aspect.rawValue
                guard templates[name] != nil else { continue }
                var scopes = [sample]
                walk.visit(name, &scopes, within: [])
            }
        }
        for name in templates.keys.sorted() where !walk.visited.contains(name) {
            walk.problems.append(Problem(template: name, line: 1, message: "no template includes this part"))
        }
        return walk.problems
    }

    /// The name of every variable that some letter fills, at any depth.
    public static var variableNames: Set<String> {
        LetterKind.allCases.reduce(into: []) { $0.formUnion(names(in: LetterSample.variables($1, .english))) }
    }

    private static func names(in value: Any) -> Set<String> {
        if let group = value as? [String: Any] { return group.reduce(into: []) { $0.formUnion(names(in: $1.value).union([$1.key])) } }
        return (value as? [[String: Any]] ?? []).reduce(into: []) { $0.formUnion(names(in: $1)) }
    }

    private struct Walk {
        let templates: [String: String]
        var problems: [Problem] = []
        var visited: Set<String> = []
        /// Parts are visited once for each letter and each part that includes them.
        private var tagsByName: [String: [Tag]] = [:]

        /// What some kind of letter fills, outside of lists and groups.
        private let names: Set<String>

        init(templates: [String: String], names: Set<String>) {
            self.templates = templates
            self.names = names
        }

        /// `scopes` are the variables around, the innermost last. `including` are the templates that this one is within.
        mutating func visit(_ name: String, _ scopes: inout [[String: Any]], within including: [String]) {
            visited.insert(name)
            let depth = scopes.count
            let tags = tagsByName[name] ?? TemplateCheck.tags(in: templates[name] ?? "")
            tagsByName[name] = tags
            for tag in tags {
                if tag.kind == ">" {
                    include(tag, from: name, &scopes, within: including)
                    continue
                }
                if tag.kind == "/" {
                    if scopes.count > depth { scopes.removeLast() }
                    continue
                }
                let isSection = tag.kind == "#" || tag.kind == "^"
                var value = scopes.reversed().lazy.compactMap { $0[tag.name] }.first
                if value == nil, isSection, names.contains(tag.name) {
                    // Letters of another kind have it, and a part that several kinds include asks for it first.
                    value = [tag.name: ""]
                } else if value == nil, tag.name != "." {
                    let known = Set(scopes.flatMap(\.keys)).sorted()
                    let hint = TextFolding.didYouMean(tag.name, among: known)
                    report(name, tag, "unknown variable '\(tag.name)'\(hint)")
                }
                if isSection { scopes.append(group(value)) }
            }
        }

        private mutating func include(_ tag: Tag, from name: String, _ scopes: inout [[String: Any]], within including: [String]) {
            if templates[tag.name] == nil {
                let hint = TextFolding.didYouMean(tag.name, among: templates.keys.sorted())
                report(name, tag, "there is no template '\(tag.name)' to include\(hint)")
            } else if tag.name == name || including.contains(tag.name) {
                report(name, tag, "'\(tag.name)' includes itself")
            } else if isHTML(tag.name) != isHTML(name) {
                // Each template escapes by its own name: names with "<" in a text part would break the page around it.
                let need =
                    isHTML(name) ? "an HTML version includes only parts whose names end in '.html'" : "a text includes no part of an HTML version"
                report(name, tag, "'\(tag.name)' cannot be included here: \(need)")
            } else {
                visit(tag.name, &scopes, within: including + [name])
            }
        }

        private func isHTML(_ name: String) -> Bool { name.hasSuffix(TemplateSet.Aspect.html.rawValue) }

        /// What several letters have in common is said once.
        private mutating func report(_ name: String, _ tag: Tag, _ message: String) {
            let problem = Problem(template: name, line: tag.line, message: message)
            if !problems.contains(problem) { problems.append(problem) }
        }
    }

    /// The names that a section adds: those of its group, or of all groups of its list.
    private static func group(_ value: Any?) -> [String: Any] {
        if let group = value as? [String: Any] { return group }
        return (value as? [[String: Any]] ?? []).reduce(into: [:]) { all, one in all.merge(one, uniquingKeysWith: joined) }
    }

    /// Two items of a list may carry different variables in a group of the same name.
    private static func joined(_ left: Any, _ right: Any) -> Any {
        if let left = left as? [String: Any], let right = right as? [String: Any] { return left.merging(right, uniquingKeysWith: joined) }
        if let left = left as? [[String: Any]], let right = right as? [[String: Any]] { return left + right }
        return left
    }

    private struct Tag {
        let kind: Character?
        let name: String
        let line: Int
    }

    /// Variables and sections in order; comments and settings of the template language are left out. Only called for text that parses.
    private static func tags(in text: String) -> [Tag] {
        var tags: [Tag] = []
        var line = 1
        for (index, piece) in text.split(separator: "{{", omittingEmptySubsequences: false).enumerated() {
            if index > 0, let end = piece.firstRange(of: "}}") {
                let inside = piece[..<end.lowerBound]
                let kind = inside.first.flatMap { "#^/{&!%>=".contains($0) ? $0 : nil }
                let name = inside.drop { "#^/{&> ".contains($0) }.prefix { !$0.isWhitespace && $0 != "}" }
                if kind.map({ !"!%=".contains($0) }) ?? true { tags.append(Tag(kind: kind, name: String(name), line: line)) }
            }
            line += piece.utf8.count { $0 == UInt8(ascii: "\n") }
        }
        return tags
    }
}
