import Logging
import Model

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Writes log lines that journald understands: one line each on standard error, with the priority in front (sd-daemon(3)) and the variable
/// parts as `key=value` behind a constant message.
///
/// On a terminal or in a file the priority is written as a word and the time is added, because nobody else adds it there.
public struct JournalLogHandler: LogHandler {
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level
    private let label: String
    private let isJournal: Bool
    private let now: @Sendable () -> Instant

    public init(label: String, level: Logger.Level, isJournal: Bool, now: @escaping @Sendable () -> Instant) {
        self.label = label
        logLevel = level
        self.isJournal = isJournal
        self.now = now
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let line = line(event.level, event.message.description, metadata.merging(event.metadata ?? [:]) { _, new in new })
        // One write(2) per line, so that lines of several threads do not mix.
        _ = line.utf8.withContiguousStorageIfAvailable { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// What is written for an event, line end included; metadata in the order of its keys.
    func line(_ level: Logger.Level, _ message: String, _ metadata: Logger.Metadata) -> String {
        let fields = metadata.sorted { $0.key < $1.key }.map { " \($0.key)=\(JournalLogHandler.quoted($0.value.description))" }.joined()
        let front = isJournal ? "<\(JournalLogHandler.priority(level))>" : "\(now()) \(level.rawValue) "
        return front + JournalLogHandler.oneLine(message) + fields + "\n"
    }

    /// syslog(3) priorities.
    private static func priority(_ level: Logger.Level) -> Int {
        switch level {
        case .critical: 2
        case .error: 3
        case .warning: 4
        case .notice: 5
        case .info: 6
        case .debug, .trace: 7
        }
    }

    /// Text from outside may hold line ends, which would forge log lines, and control characters, which would steer a terminal.
    private static func oneLine(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " | ")
        return String(String.UnicodeScalarView(line.unicodeScalars.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        let line = oneLine(text)
        guard line.isEmpty || line.contains(where: { $0 == " " || $0 == "\"" || $0 == "=" }) else { return line }
        return "\"" + line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
