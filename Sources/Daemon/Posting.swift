import FoundationEssentials
import Model
import Settings
import Store
import Transport

/// Hands the letters that are due to the relay and stores what became of each.
///
/// A letter counts as sent when the relay has acknowledged it. If the acknowledgement is lost, or the daemon dies before it is on disk, the
/// same bytes go out again with the same Message-ID: doubled at worst, never lost, and recognisable.
struct Posting: Sendable {
    struct Result: Sendable {
        var sent = 0
        var postponed = 0
        var failures: [(id: Int64, error: String)] = []

        var isNews: Bool { sent + postponed + failures.count > 0 }
    }

    let mail: MailSettings
    let store: Store
    let courier: Courier
    let time: TimeSource
    /// Whether to begin with another letter; false once the daemon is stopping.
    let goesOn: @Sendable () -> Bool
    let reached: @Sendable (Stage) async -> Void

    /// How many letters one pass hands over; the rest follow in the next, so that sources and rules are not kept waiting.
    private static let batch = 200

    func everythingDue() async throws(StoreError) -> Result {
        var result = Result()
        let due = try store.dueLetters(at: time.now(), limit: Posting.batch)
        guard !due.isEmpty else { return result }
        let relay: Relay
        do throws(Secret.FileError) {
            relay = try resolvedRelay()
        } catch {
            // Without its password no letter can go; each is postponed with the reason, which `dondoc outbox list` shows.
            for item in due { try await keep(.temporary(error.description), for: item, in: &result) }
            return result
        }
        for item in due where goesOn() {
            let answer = await hand(item.letter, to: relay, findings: item.id)
            if case .taken = answer.answer { await reached(.handed) }
            try await keep(answer.answer, for: item, in: &result)
            await reached(.marked)
            if !answer.findings.isEmpty { try await store.note(findings: answer.findings, at: time.now()) }
        }
        return result
    }

    private func hand(_ letter: Letter, to relay: Relay, findings id: Int64) async -> (answer: PostalMachine.Answer, findings: [Finding]) {
        do throws(TransportError) {
            let receipt = try await courier.hand(Parcel(sender: letter.sender, recipients: letter.recipients, bytes: letter.bytes), to: relay)
            // The others have it; sending again would double it for them. The operator is told who does not.
            let refused = receipt.refused.map { recipient in
                Finding(
                    .letterRefused, agency: letter.agency?.text, place: "letter \(id)",
                    found: "\(recipient.address): \(recipient.code) \(recipient.text)")
            }
            return (.taken(receipt.answer), refused)
        } catch {
            return (error.isRetryable ? .temporary(error.description) : .permanent(error.description), [])
        }
    }

    private func keep(_ answer: PostalMachine.Answer, for item: OutboxItem, in result: inout Result) async throws(StoreError) {
        let now = time.now()
        let outcome = PostalMachine(settings: mail).outcome(of: answer, attempts: item.attempts, createdAt: item.createdAt, at: now)
        try await store.recordAttempt(item.id, at: now, outcome: outcome)
        switch outcome {
        case .sent: result.sent += 1
        case .retry: result.postponed += 1
        case .failed(let error):
            result.failures.append((item.id, error))
            let finding = Finding(.letterRefused, agency: item.letter.agency?.text, place: "letter \(item.id)", found: error)
            try await store.note(findings: [finding], at: now)
        }
    }

    /// The relay with its password, which is read anew at each pass so that a changed one needs no reload.
    private func resolvedRelay() throws(Secret.FileError) -> Relay {
        let settings = mail.relay
        var password: Secret?
        if let file = settings.passwordFile { password = try Secret(firstLineOf: file) }
        let security: Relay.Security =
            switch settings.security {
            case .none: .none
            case .starttls: .starttls
            case .tls: .tls
            }
        return Relay(
            host: settings.host, port: settings.port, security: security, username: settings.username, password: password,
            caFile: settings.caFile, timeout: settings.timeout, helloName: mail.from.domain)
    }
}
