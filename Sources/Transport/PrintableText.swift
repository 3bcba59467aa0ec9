/// Makes foreign text fit to stand inside a message of ours.
enum PrintableText {
    /// One line without control characters, at most 200 characters.
    static func clip(_ text: String) -> String {
        var line = ""
        var count = 0
        for character in text {
            guard count < 200 else { return line + "…" }
            let isPrintable = character.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) }
            line.append(isPrintable ? character : " ")
            count += 1
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
