import Glibc
import Model

/// What the process runs in, as values: the environment and the terminal behind standard output.
struct Surroundings: Sendable {
    let environment: [String: String]
    let isTerminal: Bool
    /// Whether somebody can be asked and can answer: standard input and standard error are terminals.
    let isInteractive: Bool
    /// Columns of the terminal, nil when there is none.
    let terminalWidth: Int?

    /// The language people of this environment read: the first of LC_ALL, LC_MESSAGES and LANG that is set decides, otherwise Vietnamese.
    var language: Language {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty }
        return locale.flatMap(Language.init(locale:)) ?? .vietnamese
    }

    /// Colour only on a terminal that has it, and not with NO_COLOR (https://no-color.org).
    var usesColour: Bool { isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb" }

    /// COLUMNS goes before the terminal's own width; output to a file or pipe has none.
    var width: Int? { environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? terminalWidth }

    /// The process's own.
    static func current() -> Surroundings {
        let isTerminal = isatty(STDOUT_FILENO) == 1
        var size = winsize()
        let isKnown = isTerminal && ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let names = ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "TERM", "COLUMNS"]
        let pairs = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
        return Surroundings(
            environment: Dictionary(uniqueKeysWithValues: pairs), isTerminal: isTerminal,
            isInteractive: isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1, terminalWidth: isKnown ? Int(size.ws_col) : nil)
    }
}
