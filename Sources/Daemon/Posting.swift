import FoundationEssentials
import Model
import Settings
import Store
import Transport

/// Hands the letters that are due to the relays and stores what became of each for each of its addresses.
///
/// A letter counts as sent to an address when a relay has acknowledged it for that address, and that address never gets it again. If the acknowledgement is lost, or the daemon dies before it is on disk, the
/// same bytes go out again with the same Message-ID: doubled at worst, never lost, and recognisable.
struct Posting: Sendable {
    struct Result: Sendable {
        var sent = 0
        var postponed = 0
        /// Letters that some address will never get, with what was said.
        var failures: [(id: Int64, error: String)] = []
        /// Relays that were passed over because they could not be reached or would not talk to us.
        var troubles: [(relay: String, error: String)] = []

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
        var relays = RelayRound(mail)
        for item in due where goesOn() {
            let waiting = item.recipients.filter { $0.state == .queued }.map(\.address)
            let parcel = Parcel(sender: item.letter.sender, recipients: unique(waiting), bytes: item.letter.bytes)
            let word = await relays.hand(parcel, with: courier)
            if case .taken = word.answer { await reached(.handed) }
            try await keep(word, for: item, in: &result)
            await reached(.marked)
            // What is left of the batch stays due, and the next pass begins at once: behind the sources and the rules, without this letter.
            if word.wasSlow { break }
        }
        result.troubles = relays.troubles
        return result
    }

    private func unique(_ addresses: [String]) -> [String] {
        var known: Set<String> = []
        return addresses.filter { known.insert($0).inserted }
    }

    private func keep(_ word: RelayRound.Word, for item: OutboxItem, in result: inout Result) async throws(StoreError) {
        let now = time.now()
        let machine = PostalMachine(settings: mail)
        var outcomes: [String: AttemptOutcome] = [:]
        for recipient in item.recipients where recipient.state == .queued {
            outcomes[recipient.address] = machine.outcome(
                of: word.answer(for: recipient.address), attempts: recipient.attempts, queuedAt: item.queuedAt, at: now)
        }
        let settled = outcomes
        let failed = Posting.failures(outcomes, word, in: item)
        let findings = failed.map { [Finding(.letterRefused, agency: item.letter.agency?.text, place: "letter \(item.id)", found: $0)] } ?? []
        try await store.recordAttempt(item.id, at: now, by: word.relay, findings: findings, gone: Posting.gone(word)) {
            settled[$0] ?? .retry(error: "", next: now)
        }
        if let failed { result.failures.append((item.id, failed)) }
        if outcomes.values.contains(where: { if case .retry = $0 { true } else { false } }) {
            result.postponed += 1
        } else if outcomes.values.contains(where: { if case .sent = $0 { true } else { false } }) {
            result.sent += 1
        }
    }

    /// The addresses of which the relay said for good that there is nobody: an enhanced status 5.1 (RFC 3463), less the two that speak of the sender.
    /// A plain 550 may mean the letter, or us.
    private static func gone(_ word: RelayRound.Word) -> [Arrival.Bounce] {
        word.refused.sorted { $0.key < $1.key }.compactMap { address, answer in
            guard case .permanent(let text) = answer, let status = text.split(separator: " ").dropFirst().first, status.hasPrefix("5.1."),
                !["5.1.7", "5.1.8"].contains(status)
            else { return nil }
            return Arrival.Bounce(address: address.lowercased(), status: String(status), diagnostic: text)
        }
    }

    /// Who will not get the letter and why, in one line; nil when nobody was given up. What holds for all stands there once.
    private static func failures(_ outcomes: [String: AttemptOutcome], _ word: RelayRound.Word, in item: OutboxItem) -> String? {
        var parts: [String] = []
        for recipient in item.recipients {
            guard case .failed(let error)? = outcomes[recipient.address] else { continue }
            let part = word.refused[recipient.address] == nil ? error : "\(recipient.address): \(error)"
            if !parts.contains(part) { parts.append(part) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }
}
