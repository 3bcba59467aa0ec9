import Model

/// Who tried to push without being let in, by address, over the last day. Kept in memory: strangers must not be able to make the store grow.
struct FailedLogins: Sendable {
    /// What is shown of one address.
    struct Entry: Hashable, Sendable {
        let address: String
        let count: Int
        let last: Instant
    }

    /// Addresses beyond these are counted together.
    static let mostAddresses = 1000
    static let others = "…"
    private static let kept = Duration.seconds(86_400)

    /// By address, attempts by the hour they were made in.
    private var attempts: [String: [(hour: Int64, count: Int)]] = [:]
    private var last: [String: Instant] = [:]

    mutating func note(_ address: String, at now: Instant) {
        if attempts[address] == nil, attempts.count >= FailedLogins.mostAddresses { forget(before: now - FailedLogins.kept) }
        let isRoom = attempts[address] != nil || attempts.count < FailedLogins.mostAddresses
        let key = isRoom ? address : FailedLogins.others
        let hour = now.milliseconds / 3_600_000
        var hours = attempts[key] ?? []
        if let newest = hours.last, newest.hour == hour {
            hours[hours.count - 1].count += 1
        } else {
            hours.append((hour, 1))
        }
        attempts[key] = hours
        last[key] = now
        // Hours past their day go as new ones come, so an address never has more than these.
        if hours.count > 25 { forget(before: now - FailedLogins.kept) }
    }

    /// The addresses of the last day, the busiest first.
    mutating func entries(at now: Instant) -> [Entry] {
        forget(before: now - FailedLogins.kept)
        return attempts.map { address, hours in
            Entry(address: address, count: hours.reduce(0) { $0 + $1.count }, last: last[address] ?? now)
        }.sorted { ($1.count, $0.address) < ($0.count, $1.address) }
    }

    private mutating func forget(before instant: Instant) {
        let hour = instant.milliseconds / 3_600_000
        for (address, hours) in attempts {
            let left = hours.filter { $0.hour > hour }
            attempts[address] = left.isEmpty ? nil : left
            if left.isEmpty { last[address] = nil }
        }
    }
}
