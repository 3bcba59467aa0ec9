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
        /// Whether there is more than one visit reads.
        var hasMore = false
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
    /// False once the daemon is stopping.
    let goesOn: @Sendable () -> Bool

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
        if let error = result.error {
            let finding = Finding(.mailboxFailed, place: mailbox.account, found: String(error.prefix(300)))
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
            guard let arrival = try await arrival(of: uid, place, visit) else { continue }
            do throws(StoreError) {
                if try await store.receive(arrival) != nil { result.read[arrival.mail.kind, default: 0] += 1 }
            } catch {
                throw .store(error)
            }
            try await putAway(uid, visit)
        }
    }

    /// A mail that the server cannot hand out whole or in order is told to an operator and passed over: it would stand in the way of all behind it.
    private func arrival(of uid: UInt32, _ place: Arrival.Place, _ visit: FolderVisit) async throws(Trouble) -> Arrival? {
        let fetched: FetchedMail?
        do throws(TransportError) {
            fetched = try await visit.fetch(uid, maximum: mailbox.maximumBytes)
        } catch {
            switch error.kind {
            case .tooLarge, .malformedAnswer, .folderRefused:
                let received = ReceivedMail(
                    messageID: "", kind: .other, by: "it could not be fetched", receivedAt: time.now(), sender: "", subject: "",
                    remarks: ["UID \(uid): \(error.description)"])
                return try await storing { _ throws(StoreError) in
                    var arrival = try Arrival(received, bytes: Array("\(place)".utf8), at: place)
                    arrival.findings = [Finding(.mailUnclear, place: "UID \(uid)", found: String(error.description.prefix(300)))]
                    return arrival
                }
            default: throw .server(error.description)
            }
        }
        guard let fetched else { return nil }
        let reception = Reception(core: core, mail: mail, store: store, now: time.now())
        return try await storing { _ throws(StoreError) in try reception.arrival(fetched, at: place) }
    }

    private func putAway(_ uid: UInt32, _ visit: FolderVisit) async throws(Trouble) {
        try await asking { () throws(TransportError) in
            if let folder = mailbox.processed {
                try await visit.move(uid, to: folder)
            } else if mailbox.marksSeen {
                try await visit.markSeen(uid)
            }
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
