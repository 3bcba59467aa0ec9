/// A mistake in an operator's file, with its place and a remedy.
public struct Problem: Hashable, Sendable {
    /// Relative to the configuration directory.
    public let file: String
    /// From 1; 0 when the problem is the file as a whole.
    public let line: Int
    public let column: Int
    public let message: String

    public init(file: String, line: Int = 0, column: Int = 0, message: String) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }
}

extension Problem: Comparable, CustomStringConvertible {
    /// By file, then by place.
    public static func < (left: Problem, right: Problem) -> Bool {
        (left.file, left.line, left.column, left.message) < (right.file, right.line, right.column, right.message)
    }

    /// `rules.yaml:12:9: unknown key 'treshold'; did you mean 'threshold'?`
    public var description: String { line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)" }
}

/// A file that a setting names: a certificate, or where a password stands. Whether it is there is asked when somebody wants to know, because only
/// the daemon's user may be able to read it.
public struct NamedFile: Hashable, Sendable {
    /// Which file of the configuration names it, and where; from 1.
    public let file: String
    public let line: Int
    public let column: Int
    /// The setting, such as `password_file`.
    public let key: String
    public let path: String
}

/// Collects every problem of a directory, so that an operator mends all of them in one go.
public final class ProblemList {
    private var collected: Set<Problem> = []

    /// The files that settings name, such as that of a password, in the order in which they were read.
    public private(set) var named: [NamedFile] = []

    public init() {}

    func add(_ file: NamedFile) { named.append(file) }

    /// The same problem twice is one: readers of one block may both meet it.
    public func add(_ problem: Problem) { collected.insert(problem) }

    /// In the order of files and lines.
    public var problems: [Problem] { collected.sorted() }

    public var isEmpty: Bool { collected.isEmpty }
}
