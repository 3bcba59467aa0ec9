import Synchronization

/// A mailbox on an IMAP server of a test: mails are put in, and what a client did to them can be looked at.
public final class ScriptedMailbox: Sendable {
    /// How the server behaves; the default is a server that can do everything.
    public struct Manners: Sendable {
        public var capabilities = "IMAP4rev1 UIDPLUS MOVE"
        /// The reply to LOGIN and AUTHENTICATE without its tag.
        public var login = "OK Logged in"
        /// Commands, by their first words, that are refused with a text.
        public var refusals: [String: String] = [:]
        /// Drops the connection when a command that begins so arrives.
        public var dropsAt: String?
        /// Never answers a command that begins so.
        public var hangsAt: String?
        /// Says this for FETCH of a body, instead of the mail.
        public var fetch: String?

        public init() {}
    }

    private struct State {
        var validity: UInt32 = 17
        var next: UInt32 = 1
        var mails: [(uid: UInt32, bytes: [UInt8], flags: [String])] = []
        var moved: [String: [[UInt8]]] = [:]
        var folders: Set<String> = ["INBOX"]
        var commands: [String] = []
        var manners = Manners()
    }

    private let state = Mutex(State())

    public init() {}

    /// Puts a mail in; lines may end with a plain line feed.
    @discardableResult
    public func add(_ mail: String) -> UInt32 { add(Array(mail.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8)) }

    @discardableResult
    public func add(_ bytes: [UInt8]) -> UInt32 {
        state.withLock { state in
            defer { state.next += 1 }
            state.mails.append((state.next, bytes, []))
            return state.next
        }
    }

    /// Gives all mails new UIDs, as a server does that was restored from a backup.
    public func renumber() {
        state.withLock { state in
            state.validity += 1
            state.next = 1
            for index in state.mails.indices {
                state.mails[index].uid = state.next
                state.next += 1
            }
        }
    }

    public func behave(_ change: (inout Manners) -> Void) { state.withLock { change(&$0.manners) } }

    /// The command lines of all connections without their tags.
    public var commands: [String] { state.withLock { $0.commands } }
    public var flags: [[String]] { state.withLock { $0.mails.map(\.flags) } }
    public var uids: [UInt32] { state.withLock { $0.mails.map(\.uid) } }
    public func moved(to folder: String) -> [[UInt8]] { state.withLock { $0.moved[folder] ?? [] } }

    /// A command that gets no answer.
    fileprivate func note(_ command: String) { state.withLock { $0.commands.append(command) } }

    /// The answer to one command: untagged bytes, and the status.
    fileprivate func answer(_ line: String) -> (bytes: [UInt8], status: String)? {
        state.withLock { state in
            state.commands.append(line)
            if let prefix = state.manners.hangsAt, line.hasPrefix(prefix) { return nil }
            if let refusal = state.manners.refusals.first(where: { line.hasPrefix($0.key) })?.value { return ([], refusal) }
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "CAPABILITY": return (Array("* CAPABILITY \(state.manners.capabilities)\r\n".utf8), "OK done")
            case "LOGIN": return ([], state.manners.login)
            case "SELECT":
                let text = "* \(state.mails.count) EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n* OK [UIDVALIDITY \(state.validity)] UIDs (valid\r\n"
                return (Array(text.utf8), "OK [READ-WRITE] done")
            case "CREATE":
                state.folders.insert(words[1...].joined(separator: " ").filter { $0 != "\"" })
                return ([], "OK done")
            case "UID": return ScriptedMailbox.uid(Array(words.dropFirst()), &state)
            default: return ([], "OK done")
            }
        }
    }

    private static func uid(_ words: [String], _ state: inout State) -> (bytes: [UInt8], status: String) {
        let uid = words.count > 1 ? UInt32(words[1]) ?? 0 : 0
        let index = state.mails.firstIndex { $0.uid == uid }
        switch words[0] {
        case "SEARCH":
            let first = UInt32(words[2].split(separator: ":")[0]) ?? 1
            var found = state.mails.map(\.uid).filter { $0 >= first }
            // As RFC 3501 has it: n:* names the newest mail in any case.
            if found.isEmpty, let last = state.mails.last { found = [last.uid] }
            return (Array("* SEARCH \(found.map(String.init).joined(separator: " "))\r\n".utf8), "OK done")
        case "FETCH":
            guard let index else { return ([], "OK done") }
            let mail = state.mails[index].bytes
            if words.contains(where: { $0.hasPrefix("RFC822.SIZE") || $0.hasPrefix("(RFC822.SIZE") }) {
                return (Array("* \(index + 1) FETCH (UID \(uid) RFC822.SIZE \(mail.count))\r\n".utf8), "OK done")
            }
            if let fetch = state.manners.fetch { return (Array(fetch.utf8), "OK done") }
            var part = mail[...]
            var name = "BODY[]"
            if let angle = words.last?.split(separator: "<").last?.split(separator: ">").first, words.last?.contains("<0.") == true {
                part = mail.prefix(Int(angle.dropFirst(2)) ?? 0)
                name = "BODY[]<0>"
            }
            // News about another mail comes in between, as it may.
            let head = "* 1 FETCH (FLAGS (\\Recent))\r\n* \(index + 1) FETCH (UID \(uid) \(name) {\(part.count)}\r\n"
            return (Array(head.utf8) + part + Array(")\r\n".utf8), "OK done")
        case "STORE":
            if let index { state.mails[index].flags += words[3...].map { $0.filter { $0 != "(" && $0 != ")" } } }
            return ([], "OK done")
        case "MOVE", "COPY":
            let folder = words[2...].joined(separator: " ").filter { $0 != "\"" }
            guard state.folders.contains(folder) else { return ([], "NO [TRYCREATE] no such folder") }
            guard let index else { return ([], "OK done") }
            state.moved[folder, default: []].append(state.mails[index].bytes)
            if words[0] == "MOVE" { state.mails.remove(at: index) }
            return ([], "OK done")
        case "EXPUNGE":
            state.mails.removeAll { $0.uid == uid && $0.flags.contains("\\Deleted") }
            return ([], "OK done")
        default: return ([], "BAD unknown")
        }
    }

    fileprivate var manners: Manners { state.withLock { $0.manners } }
}

extension Conversation {
    /// Plays the IMAP server of a mailbox until the client leaves.
    public func playMailbox(_ mailbox: ScriptedMailbox) throws {
        try send("* OK [CAPABILITY \(mailbox.manners.capabilities)] ready\r\n")
        while true {
            let line = try readLine()
            let tag = line.prefix { $0 != " " }
            let command = String(line.dropFirst(tag.count + 1))
            if let prefix = mailbox.manners.dropsAt, command.hasPrefix(prefix) { return mailbox.note(command) }
            if command.hasPrefix("AUTHENTICATE") {
                // The initial response, or what follows a continuation.
                if command.split(separator: " ").count < 3 {
                    try send("+ \r\n")
                    _ = try readLine()
                }
                try send("\(tag) \(mailbox.manners.login)\r\n")
                continue
            }
            guard let answer = mailbox.answer(command) else {
                waitForEnd()
                return
            }
            try send(answer.bytes + Array("\(tag) \(answer.status)\r\n".utf8))
            if command.hasPrefix("LOGOUT") { return }
        }
    }
}
