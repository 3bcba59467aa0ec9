@testable import Daemon
import Model
import TestSupport
import Testing

struct HealthTests {
    private let start = instant("2026-09-10T08:00")

    @Test func betweenPassesTheCycleIsAliveHoweverLongItWaits() {
        let health = Health()
        health.began(at: start)
        health.ended(at: start + .seconds(1), error: nil)

        #expect(Health().isAlive(at: start))
        #expect(health.isAlive(at: start + .seconds(86_400)))
    }

    @Test func aPassWithoutASignOfLifeIsGivenUpAfterTheWholePatience() {
        let health = Health()
        health.began(at: start)

        #expect(health.isAlive(at: start + .seconds(899)))
        #expect(!health.isAlive(at: start + .seconds(900)))
    }

    @Test func eachStepOfAPassIsASignOfLife() {
        let health = Health()
        health.began(at: start)
        health.moved(at: start + .seconds(800))

        #expect(health.isAlive(at: start + .seconds(1699)))
        #expect(!health.isAlive(at: start + .seconds(1700)))
    }

    @Test func theStoresErrorStandsUntilAPassEndsWithoutOne() {
        let health = Health()
        health.began(at: start)
        health.ended(at: start, error: "no room")
        health.began(at: start + .seconds(5))
        let during = health.current.lastError
        health.ended(at: start + .seconds(6), error: nil)

        #expect(during == "no room")
        #expect(health.current.lastError == nil)
        #expect(health.current.passes == 2)
        #expect(health.current.lastPassEnded == start + .seconds(6))
    }
}
