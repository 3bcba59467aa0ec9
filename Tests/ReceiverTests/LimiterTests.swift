import Model
import Settings
import TestSupport
import Testing

@testable import Receiver

/// Each bound at its limit and one past it, on a clock moved by hand.
@Suite struct LimiterTests {
    private let start = instant("2026-11-02T08:00")

    /// How long a key would have to wait for its next one.
    private func take(_ limiter: inout RateLimiter, _ key: String, perMinute: Int, at now: Instant) -> Duration? {
        limiter.take(key, perMinute: perMinute, at: now)
    }

    @Test func bucketHoldsAsMuchAsAMinuteAndFillsAgain() {
        var limiter = RateLimiter()
        let first = (0..<60).map { _ in take(&limiter, "a", perMinute: 60, at: start) }
        let past = take(&limiter, "a", perMinute: 60, at: start)
        let other = take(&limiter, "b", perMinute: 60, at: start)
        let later = (0..<2).map { _ in take(&limiter, "a", perMinute: 60, at: start + .seconds(1)) }
        let full = (0..<61).map { _ in take(&limiter, "a", perMinute: 60, at: start + .seconds(3600)) }

        #expect(first.allSatisfy { $0 == nil })
        #expect(past == .seconds(1))
        #expect(other == nil)
        #expect(later == [nil, .seconds(1)])
        #expect(full.dropLast().allSatisfy { $0 == nil })
        #expect(full.last == .seconds(1))
    }

    @Test func clockThatIsSetBackHoldsNobodyForLongerThanAMinute() {
        var limiter = RateLimiter()
        for _ in 0..<10 { _ = take(&limiter, "a", perMinute: 10, at: start) }
        let yesterday = start - .seconds(86_400)

        let wait = take(&limiter, "a", perMinute: 10, at: yesterday)
        let after = take(&limiter, "a", perMinute: 10, at: yesterday + .seconds(60))

        #expect(wait == .seconds(6))
        #expect(after == nil)
    }

    @Test func manyKeysAreForgottenRatherThanRememberedAndTheBusyOnesLast() {
        var limiter = RateLimiter()
        for _ in 0..<10 { _ = take(&limiter, "busy", perMinute: 10, at: start) }
        for number in 0..<(2 * RateLimiter.mostKeys) { _ = take(&limiter, "key \(number)", perMinute: 10, at: start) }

        let wait = take(&limiter, "busy", perMinute: 10, at: start)

        #expect(limiter.count <= RateLimiter.mostKeys)
        #expect(wait == .seconds(6))
    }

    @Test func addressIsLockedOutAfterSoManyFailuresAndNotOneEarlier() {
        var logins = LoginGuard()
        for _ in 0..<2 { logins.failed("a", lockout: .seconds(300), at: start) }
        let atTwo = logins.wait("a", most: 3, at: start)
        logins.failed("a", lockout: .seconds(300), at: start)
        let waits = [
            logins.wait("a", most: 3, at: start), logins.wait("b", most: 3, at: start), logins.wait("a", most: 3, at: start + .seconds(299)),
            logins.wait("a", most: 3, at: start + .seconds(300)),
        ]

        #expect(atTwo == nil)
        #expect(waits == [.seconds(300), nil, .seconds(1), nil])
    }

    @Test func failuresFarApartDoNotAddUp() {
        var logins = LoginGuard()
        for step in 0..<10 { logins.failed("a", lockout: .seconds(300), at: start + .seconds(step * 300)) }
        let wait = logins.wait("a", most: 2, at: start + .seconds(2700))

        #expect(wait == nil)
    }

    @Test func guesserWithManyAddressesFillsNoMemoryAndFreesNobody() {
        var logins = LoginGuard()
        for _ in 0..<3 { logins.failed("first", lockout: .seconds(300), at: start) }
        for number in 0..<(2 * LoginGuard.mostKeys) { logins.failed("address \(number)", lockout: .seconds(300), at: start) }
        let wait = logins.wait("first", most: 3, at: start)

        #expect(logins.count <= LoginGuard.mostKeys)
        #expect(wait == .seconds(300))
    }

    @Test func bodiesAndPushesAreTakenUpToTheirBoundAndGivenBack() {
        let gate = Gate()
        var limits = PushLimits()
        (limits.body, limits.bodies, limits.queue) = (100, 100, 2)

        #expect(gate.holds(100, of: "a", limits))
        #expect(!gate.holds(1, of: "b", limits))
        #expect(gate.isFull(for: "b", body: 1, limits))
        gate.releases(100, of: "a")
        #expect(gate.enters("a", limits))
        #expect(!gate.isFull(for: "b", body: 100, limits))
        #expect(gate.isFull(for: "a", body: 1, limits), "half of two is one")
        #expect(gate.enters("b", limits))
        #expect(!gate.enters("c", limits))
        #expect(gate.isFull(for: "c", body: 1, limits))
        gate.leaves("a")
        #expect(gate.enters("c", limits))
    }
}
