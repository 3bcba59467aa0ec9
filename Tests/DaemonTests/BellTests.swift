@testable import Daemon
import Testing

/// Each test ends because the waiting does; one that does not hangs, which the time limit turns into a failure.
@Suite(.timeLimit(.minutes(1)))
struct BellTests {
    @Test func aBellRungBeforeTheWaitEndsItAtOnce() async {
        let bell = Bell()
        bell.ring()

        let isOver = await ends { await bell.wait() }

        #expect(isOver)
    }

    @Test func ringingTwiceIsRingingOnce() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.wait()

        let isOver = await ends { await bell.wait() }

        #expect(!isOver)
    }

    @Test func ringingWakesTheOneWhoWaits() async {
        let bell = Bell()

        await withTaskGroup(of: Void.self) { group in
            group.addTask { await bell.wait() }
            // Whether the other is waiting by now or not: the ring is remembered.
            group.addTask { bell.ring() }
        }
        let isOver = await ends { await bell.wait() }

        #expect(!isOver, "the ring that woke the first must not be left for the second")
    }

    @Test func aCancelledWaitEndsAndLeavesTheBellUsable() async {
        let bell = Bell()

        let isOver = await ends { await bell.wait() }
        bell.ring()
        await bell.wait()

        #expect(!isOver)
    }

    @Test func aTaskCancelledBeforehandDoesNotWait() async {
        let bell = Bell()

        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask { await bell.wait() }
        }

        #expect(await !ends { await bell.wait() })
    }

    /// Whether the body ends by itself, in a time that no ring needs; otherwise it is cancelled.
    private func ends(_ body: @escaping @Sendable () async -> Void) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await body()
                return true
            }
            group.addTask {
                // Cut short when the body has ended.
                try? await Task.sleep(for: .milliseconds(500))
                return false
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
    }
}
