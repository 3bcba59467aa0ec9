import Model

/// When what pushes have touched is judged: a moment after the first of them, so that a burst is judged as one, and seldom enough that a steady stream
/// of pushes does not become a steady stream of judgings.
struct PushedFigures {
    /// How long the first push waits for others.
    static let gathering = Duration.seconds(3)
    /// The least time between two judgings by pushes.
    static let interval = Duration.seconds(15)

    /// The last delivery before those that were not judged by.
    private var after: DeliveryID?
    private(set) var dueAt: Instant?
    private var lastTaken: Instant?

    /// Notes that deliveries after one have changed figures.
    ///
    /// - Returns: whether nothing was waiting before, so that the moment is news.
    mutating func came(after delivery: DeliveryID, at now: Instant) -> Bool {
        let isFirst = after == nil
        after = after.map { min($0, delivery) } ?? delivery
        guard isFirst else { return false }
        dueAt = max(now + PushedFigures.gathering, lastTaken.map { $0 + PushedFigures.interval } ?? now)
        return true
    }

    /// What is to be judged now; nil while nothing is due. A judging of everything takes what waits with it.
    mutating func take(at now: Instant, isJudgedAnyway: Bool) -> DeliveryID? {
        guard let after, let dueAt, isJudgedAnyway || dueAt <= now else { return nil }
        self.after = nil
        self.dueAt = nil
        lastTaken = now
        return after
    }

    /// Takes back what could not be judged; it is due again after the interval.
    mutating func putBack(_ delivery: DeliveryID, at now: Instant) {
        after = after.map { min($0, delivery) } ?? delivery
        dueAt = now + PushedFigures.interval
    }
}
