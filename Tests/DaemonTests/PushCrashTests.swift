import Foundation
import Model
import Store
import TestSupport
import Testing

/// A process that takes pushes is killed at random instants, fifty times in all, each time on the store that the one before left behind.
struct PushCrashTests {
    private static let kills = 10

    @Test(arguments: 0..<5)
    func afterAKillAtAnyInstantEachAcknowledgedValueIsThereExactlyOnce(round: Int) async throws {
        let province = try SmallProvince()
        let directory = province.directory.path
        let log = province.directory.file("acknowledged")
        var all: Set<PushLoad.Acknowledged> = []
        for number in 0..<PushCrashTests.kills {
            let seed = round * PushCrashTests.kills + number
            await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String, log = log as String, seed = seed as Int] in
                try await PushCrashTests.pushUntilKilled(directory, log: log, seed: seed)
            }
            let text = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""  // A process killed before its first answer wrote none.
            // A line without its end is of an answer that was under way.
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            all.formUnion(lines.compactMap { PushLoad.Acknowledged($0) })

            let store = try Store(path: province.database, mode: .readWrite)
            #expect(try PushLoad.problems(store, all) == [], "kill \(number) of round \(round)")
            try store.close()
        }
        #expect(all.count > 100, "the load was one")
    }

    /// Runs in the child: four senders, and a thread that ends it all at an instant that the seed chooses.
    private static func pushUntilKilled(_ directory: String, log: String, seed: Int) async throws {
        let test = try DeskUnderTest(directory)
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        var random = SeededNumbers(seed: seed)
        let patience = UInt32.random(in: 500...150_000, using: &random)
        let load = PushLoad(desk: test.desk, seed: seed + 1, padding: 100) { lines in
            _ = lines.withCString { write(descriptor, $0, strlen($0)) }
        }
        Thread.detachNewThread {
            usleep(patience)
            kill(getpid(), SIGKILL)
        }
        try await load.run(senders: 4, pushes: 100_000)
    }
}
