import CCurl
import Dispatch
import Glibc

/// One visit to a folder of an IMAP mailbox: connect, look, read, put away, leave.
///
/// libcurl makes the connection: name, TLS with its checks, STARTTLS, login. The commands are ours. libcurl's own IMAP cannot do what is needed
/// (7.88, Debian 12): fetching by URL asks for `BODY[]`, which marks mails as read behind their owner's back; an own request such as
/// `UID FETCH 7 (BODY.PEEK[])` brings its literal as header lines, where a line of the mail that looks like our tag ends the answer. So the
/// connection is taken over after the login (CURLOPT_CONNECT_ONLY, which libcurl documents for IMAP) and read with `curl_easy_recv`.
///
/// An actor on a thread of its own, because all of this blocks.
public actor FolderVisit {
    private let account: MailAccount
    private let queue = VisitQueue()
    private var line: Line?
    private var capabilities: Set<String> = []

    /// How much of a mail that is too large is read: its head, and with most programs its words.
    private static let beginning = 262_144

    public nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    public init(_ account: MailAccount) {
        self.account = account
    }

    /// Connects, logs in and opens the folder. Called once.
    public func open() throws(TransportError) -> FolderState {
        let line = try Line(account)
        self.line = line
        for response in try line.command("CAPABILITY") where response.text.uppercased().hasPrefix("CAPABILITY") {
            capabilities = Set(response.text.uppercased().split(separator: " ").map(String.init))
        }
        var validity: UInt32?
        var count = 0
        for response in try line.command("SELECT \(FolderName.quoted(account.folder))") {
            validity = response.code("UIDVALIDITY") ?? validity
            count = response.exists ?? count
        }
        guard let validity else { throw TransportError(.malformedAnswer, subject: "\(account)", detail: "the folder has no UIDVALIDITY") }
        return FolderState(validity: validity, count: count)
    }

    /// The UIDs of mails after one, the oldest first.
    public func mails(after uid: UInt32) throws(TransportError) -> [UInt32] {
        guard uid < .max else { return [] }
        let responses = try opened().command("UID SEARCH UID \(uid + 1):*")
        // `n:*` names the newest mail even when it is older than n.
        return Set(responses.compactMap(\.searched).joined()).filter { $0 > uid }.sorted()
    }

    /// A mail without marking it as read; its beginning when it is larger than `maximum`. Nil when it has gone meanwhile.
    public func fetch(_ uid: UInt32, maximum: Int) throws(TransportError) -> FetchedMail? {
        let line = try opened()
        guard case .atom(let digits)? = item("RFC822.SIZE", of: uid, in: try line.command("UID FETCH \(uid) (UID RFC822.SIZE)")),
            let size = Int(digits)
        else { return nil }
        let isLarge = size > maximum
        let length = min(FolderVisit.beginning, maximum)
        let part = isLarge ? "BODY.PEEK[]<0.\(length)>" : "BODY.PEEK[]"
        // Some servers count line ends differently in RFC822.SIZE; what is twice as large as they said is not what they said.
        let responses = try line.command("UID FETCH \(uid) (UID \(part))", limit: 2 * max(length, min(size, maximum)) + 65_536)
        guard case .string(let bytes)? = item(isLarge ? "BODY[]<0>" : "BODY[]", of: uid, in: responses) else { return nil }
        return FetchedMail(uid: uid, bytes: bytes, size: isLarge ? max(size, bytes.count + 1) : bytes.count)
    }

    /// Marks a mail as read.
    public func markSeen(_ uid: UInt32) throws(TransportError) {
        _ = try opened().command("UID STORE \(uid) +FLAGS.SILENT (\\Seen)")
    }

    /// Moves a mail to another folder, which is made when it is not there. A server without MOVE and UIDPLUS keeps the original, marked as deleted:
    /// a plain EXPUNGE would take with it what others have marked.
    public func move(_ uid: UInt32, to folder: String) throws(TransportError) {
        let line = try opened()
        let name = FolderName.quoted(folder)
        let verb = capabilities.contains("MOVE") ? "MOVE" : "COPY"
        do throws(TransportError) {
            _ = try line.command("UID \(verb) \(uid) \(name)")
        } catch {
            guard case .folderRefused(let text) = error.kind, text.uppercased().contains("TRYCREATE") else { throw error }
            _ = try line.command("CREATE \(name)")
            _ = try line.command("UID \(verb) \(uid) \(name)")
        }
        guard verb == "COPY" else { return }
        _ = try line.command("UID STORE \(uid) +FLAGS.SILENT (\\Deleted)")
        if capabilities.contains("UIDPLUS") { _ = try line.command("UID EXPUNGE \(uid)") }
    }

    /// Says goodbye, and closes the connection. Later calls throw.
    public func close() { line = nil }

    private func opened() throws(TransportError) -> Line {
        guard let line else { throw TransportError(.interrupted, subject: "\(account)") }
        return line
    }

    /// A data item of one mail; servers may tell news of others in between.
    private func item(_ name: String, of uid: UInt32, in responses: [IMAPResponse]) -> IMAPResponse.Value? {
        responses.lazy.compactMap(\.fetched).first { $0["UID"] == .atom(String(uid)) && $0[name] != nil }?[name]
    }
}

/// Runs the jobs of one visit one after another on a thread that may block.
private final class VisitQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "dondoc.mailbox")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in
            // OpenSSL writes to a socket that the server has closed; the signal of that would end the process. The thread is Dispatch's, and nobody there
            // waits for this signal.
            var pipe = sigset_t()
            sigemptyset(&pipe)
            sigaddset(&pipe, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &pipe, nil)
            job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }
}
