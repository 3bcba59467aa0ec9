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
        var failed = 0

        var isNews: Bool { sent + postponed + failed > 0 }
    }

    let mail: MailSettings
    let store: Store
    let courier: Courier
    let time: TimeSource
    let reached: @Sendable (Stage) async -> Void

    /// How many letters one pass hands over; the rest follow in the next, so that sources and rules are not kept waiting.
    private static let batch = 200

    func everythingDue() async throws(StoreError) -> Result {
        var result = Result()
        let due = try store.dueLetters(at: time.now(), limit: Posting.batch)
        guard !due.isEmpty else { return result }
        let relay: Relay
        do throws(CredentialError) {
            relay = try mail.relay.resolved()
        } catch {
            // Without a password no letter can go; each is postponed with the reason, which `dondoc outbox list` shows.
            for item in due { try await store(.temporary(error.description), for: item, in: &result) }
            return result
        }
        for item in due {
            let answer = await hand(item.letter, to: relay)
            if case .taken = answer { await reached(.handed) }
            try await store(answer, for: item, in: &result)
            await reached(.marked)
        }
        return result
    }
}
