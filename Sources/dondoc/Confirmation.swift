import Model

/// The one question before figures are stored. Anything but a clear yes is no.
struct Confirmation {
    let language: Language

    var question: String { language == .vietnamese ? "Ghi vào kho? [c/K] " : "Store this? [y/N] " }

    /// Asks on standard error and reads a line from standard input; its end, or an interruption, is no.
    func isGiven() -> Bool {
        Sink.complain(question)
        return isYes(readLine() ?? "")
    }

    /// `c`, `có`, `y`, `yes`, in either case and either language, because hands are used to both.
    func isYes(_ line: String) -> Bool {
        let word = line.lowercased().filter { !$0.isWhitespace }
        return ["c", "có", "co", "y", "yes"].contains(word)
    }
}
