import Model

/// Locks an address out for a while after too many wrong log-ins, so that tokens cannot be guessed. A lock-out holds for right tokens from
/// that address too: otherwise the answer would tell which guess was right.
struct LoginGuard {
    static let mostKeys = 20_000

    private struct Record {
        var failures: Int
        /// The lock-out's end, or when the failures are forgotten.
        var until: Instant
    }

    private var records: [String: Record] = [:]

    /// How long the address is still locked out; nil when it is not.
    mutating func wait(_ address: String, most: Int, at now: Instant) -> Duration? {
        guard let record = records[address] else { return nil }
        guard record.until > now else {
            records[address] = nil
            return nil
        }
        return record.failures >= most ? record.until - now : nil
    }

    /// Counts a wrong log-in. Failures are forgotten when none follows for as long as a lock-out takes.
    mutating func failed(_ address: String, lockout: Duration, at now: Instant) {
        var record = records[address] ?? Record(failures: 0, until: now)
        if record.until <= now { record.failures = 0 }
        if records[address] == nil, records.count >= LoginGuard.mostKeys { forget(at: now) }
        records[address] = Record(failures: record.failures + 1, until: now + lockout)
    }

    /// How many addresses are remembered.
    var count: Int { records.count }

    private mutating func forget(at now: Instant) {
        records = records.filter { $0.value.until > now }
        guard records.count >= LoginGuard.mostKeys else { return }
        // So many at once are one attacker with many addresses; those who failed least are forgotten.
        let middle = records.values.map(\.failures).sorted()[records.count / 2]
        records = records.filter { $0.value.failures > middle }
    }
}
