/// The words of a mail that came as HTML alone: tags taken away, blocks on lines of their own. Nothing is run, loaded or kept.
enum HTMLText {
    private static let blocks: Set<String> = ["p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "hr"]
    private static let silent: Set<String> = ["script", "style", "head", "title"]
    private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " "]

    static func words(_ html: String) -> String {
        var text = ""
        var hidden: String?
        var rest = html[...]
        while let character = rest.first {
            if character == "<" {
                let tag = rest.dropFirst().prefix { $0 != ">" }
                rest = rest.dropFirst(tag.count + 2)
                let isEnd = tag.hasPrefix("/")
                let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
                if let inside = hidden {
                    if isEnd, name == inside { hidden = nil }
                } else if !isEnd, silent.contains(name) {
                    hidden = name
                } else if blocks.contains(name), text.last != "\n", !text.isEmpty {
                    text += "\n"
                }
                if name == "blockquote", !isEnd, hidden == nil { text += "> " }
                continue
            }
            let run = rest.prefix { $0 != "<" }
            if hidden == nil { text += unescaped(run) }
            rest = rest.dropFirst(run.count)
        }
        return text
    }

    private static func unescaped(_ run: Substring) -> String {
        let line = run.map { $0.isNewline ? " " : String($0) }.joined()
        guard line.contains("&") else { return line }
        var text = ""
        var rest = line[...]
        while let character = rest.first {
            guard character == "&", let end = rest.prefix(12).firstIndex(of: ";") else {
                text.append(character)
                rest = rest.dropFirst()
                continue
            }
            let name = rest[rest.index(after: rest.startIndex)..<end]
            if let known = entities[String(name)] ?? numbered(name) {
                text += known
                rest = rest[rest.index(after: end)...]
            } else {
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// `#7857` or `#x1EA1`
    private static func numbered(_ name: Substring) -> String? {
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    }
}
