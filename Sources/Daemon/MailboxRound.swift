import Assembly
import Model
import Settings
import Store
import Transport

/// One visit to the mailbox: every mail since the last one is read, stored with what follows from it, and put away.
///
/// A mail counts as read when its transaction is on disk. A crash before that reads it again; one after that leaves it in the folder, where nobody
/// reads it twice. When the server gives the folder new UIDs, everything in it is read again, and what is known by its Message-ID and hash changes
/// nothing.
struct MailboxRound {
    struct Result: Sendable {
        /// How many mails were new, by what they are.
        var read: [MailKind: Int] = [:]
        /// What went wrong; nil after a visit that went well.
        var error: String?
        /// Why mails that were read could not be put away; nothing waits for that.
        var leftBehind: String?
        /// Whether there is more than one visit reads, or the visit ended early.
        var hasMore = false
        /// The mail that was being fetched when the connection ended.
        var stumble: Stumble?
    }

    /// A mail at which visits end, and how many in a row did.
    struct Stumble: Hashable, Sendable {
        let place: Arrival.Place
        var times = 1
    }

    /// Trouble of the store ends the round; that of the server or the secret is what the visit came to.
    private enum Trouble: Error {
        case store(StoreError)
        case server(String)
    }

    let core: CoreSettings
    let mail: MailSettings
    let mailbox: MailboxSettings
    let store: Store
    let time: TimeSource
    /// Where the last visit ended.
    var lastStumble: Stumble?
    /// False once the daemon is stopping.
    let goesOn: @Sendable () -> Bool

    /// How often the connection may end at one mail before it is passed over: often enough for a line that breaks by itself.
    private static let patience = 3
    /// How many mails a visit reads; the rest follows in the next.
    private static let batch = 200

    func run() async throws(StoreError) -> Result {
        var result = Result()
        do throws(Trouble) {
            let visit = FolderVisit(try account())
            do throws(Trouble) { try await read(visit, &result) } catch {
                await visit.close()
                throw error
            }
            await visit.close()
        } catch {
            switch error {
            case .store(let error): throw error
            case .server(let text): result.error = text
            }
        }
        guard goesOn() else { return result }
        try await store.noteVisit(of: mailbox.account, at: time.now(), error: result.error)
        if let trouble = result.error ?? result.leftBehind {
            let finding = Finding(.mailboxFailed, place: mailbox.account, found: String(trouble.prefix(300)))
            try await store.note(findings: [finding], at: time.now())
        }
        return result
    }

    private func read(_ visit: FolderVisit, _ result: inout Result) async throws(Trouble) {
        let folder = try await asking { () throws(TransportError) in try await visit.open() }
        let known = try await storing { store throws(StoreError) in try store.mailboxState(of: mailbox.account) }
        let last = known?.validity == folder.validity ? known?.lastUID ?? 0 : 0
        let uids = try await asking { () throws(TransportError) in try await visit.mails(after: last) }
        result.hasMore = uids.count > MailboxRound.batch
        for uid in uids.prefix(MailboxRound.batch) where goesOn() {
            let place = Arrival.Place(account: mailbox.account, validity: folder.validity, uid: uid)
            guard try await take(place, visit, &result) else {
                result.hasMore = true
                return
            }
        }
    }

    /// Reads one mail and puts it away. False when the connection is of no use any more: the next visit reads what is behind.
    private func take(_ place: Arrival.Place, _ visit: FolderVisit, _ result: inout Result) async throws(Trouble) -> Bool {
        switch try await fetch(place, visit) {
        case .gone: return true
        case .mail(let mail):
            let reception = Reception(core: core, mail: self.mail, store: store, now: time.now())
            try await receive(try await storing { _ throws(StoreError) in try reception.arrival(mail, at: place) }, &result)
            return try await putAway(place.uid, visit, &result)
        case .unreadable(let error):
            try await receive(try await passedOver(place, error), &result)
            if case .folderRefused = error.kind { return true }
            return false
        case .broken(let error):
            let stumble = Stumble(place: place, times: lastStumble?.place == place ? (lastStumble?.times ?? 0) + 1 : 1)
            guard stumble.times >= MailboxRound.patience else {
                result.stumble = stumble
                throw .server(error.description)
            }
            try await receive(try await passedOver(place, error), &result)
            return false
        }
    }

    private func receive(_ arrival: Arrival, _ result: inout Result) async throws(Trouble) {
        do throws(StoreError) {
            if try await store.receive(arrival) != nil { result.read[arrival.mail.kind, default: 0] += 1 }
        } catch {
            throw .store(error)
        }
    }

    /// What came of asking for a mail.
    private enum Fetched {
        case mail(FetchedMail)
        case gone
        /// The server does not hand it out, or not whole and in order.
        case unreadable(TransportError)
        /// The connection ended over it, or nothing came any more.
        case broken(TransportError)
    }

    private func fetch(_ place: Arrival.Place, _ visit: FolderVisit) async throws(Trouble) -> Fetched {
        do throws(TransportError) {
            return try await visit.fetch(place.uid, maximum: mailbox.maximumBytes).map { .mail($0) } ?? .gone
        } catch {
            switch error.kind {
            case .folderRefused, .tooLarge, .malformedAnswer: return .unreadable(error)
            case .interrupted, .timedOut: return .broken(error)
            default: throw .server(error.description)
            }
        }
    }

    /// A mail that stands in the way of all behind it is told to an operator, and the next is read.
    private func passedOver(_ place: Arrival.Place, _ error: TransportError) async throws(Trouble) -> Arrival {
        let received = ReceivedMail(
            messageID: "", kind: .other, by: "it could not be fetched", receivedAt: time.now(), sender: "", subject: "",
            remarks: ["UID \(place.uid): \(error.description)"])
        return try await storing { _ throws(StoreError) in
            var arrival = try Arrival(received, bytes: Array("\(place)".utf8), at: place)
            arrival.findings = [Finding(.mailUnclear, place: "UID \(place.uid)", found: String(error.description.prefix(300)))]
            return arrival
        }
    }

    /// Puts a mail away that was read. One that the server does not let go stays where it is, and the reading goes on: the mail is on our disk, and
    /// nobody reads it twice. False when the connection ended over it, so that the next visit reads what is behind.
    private func putAway(_ uid: UInt32, _ visit: FolderVisit, _ result: inout Result) async throws(Trouble) -> Bool {
        do throws(TransportError) {
            if let folder = mailbox.processed {
                try await visit.move(uid, to: folder)
            } else if mailbox.marksSeen {
                try await visit.markSeen(uid)
            }
            return true
        } catch {
            switch error.kind {
            case .folderRefused, .tooLarge, .malformedAnswer, .interrupted, .timedOut: break
            default: throw .server(error.description)
            }
            result.leftBehind = result.leftBehind ?? "a mail that was read could not be put away: \(error.description)"
            if case .folderRefused = error.kind { return true }
            result.hasMore = true
            return false
        }
    }

    private func asking<Answer: Sendable>(_ body: () async throws(TransportError) -> Answer) async throws(Trouble) -> Answer {
        do throws(TransportError) { return try await body() } catch { throw .server(error.description) }
    }

    /// Reads and works things out on a thread that may block.
    private func storing<Answer: Sendable>(
        _ body: @escaping @Sendable (Store) throws(StoreError) -> Answer
    ) async throws(Trouble) -> Answer {
        do throws(StoreError) { return try await store.reading(body) } catch { throw .store(error) }
    }

    /// Reads the secret anew, so that a changed one needs no reload.
    private func account() throws(Trouble) -> MailAccount {
        let secret: Secret
        do throws(Secret.FileError) { secret = try Secret(firstLineOf: mailbox.secretFile) } catch { throw .server(error.description) }
        let security: Relay.Security =
            switch mailbox.security {
            case .none: .none
            case .starttls: .starttls
            case .tls: .tls
            }
        return MailAccount(
            host: mailbox.host, port: mailbox.port, security: security, username: mailbox.username, secret: secret, usesToken: mailbox.usesToken,
            caFile: mailbox.caFile, folder: mailbox.folder, timeout: mailbox.timeout, patience: mailbox.timeout * 10)
    }
}
