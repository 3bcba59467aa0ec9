import Daemon
import Foundation
import Model
import Store
import TestSupport
import Testing

/// The daemon is killed at each named step of the cycle, and started again.
struct CrashTests {
    @Test(arguments: Stage.allCases)
    func aKillAtAnyStepLosesNothingAndInventsNoMessageID(stage: Stage) async throws {
        let province = try SmallProvince()
        let directory = province.directory.path
        let stageName = stage.rawValue

        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String, stageName = stageName as String] in
            let clock = ManualClock(instant("2026-09-10T08:00"))
            let program = try RunningDaemon.program(directory, clock: clock) { if $0.rawValue == stageName { kill(getpid(), SIGKILL) } }
            try await program.run()
        }
        let acknowledged = try acknowledgedBeforeTheStart(province)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let cells = try daemon.stored { try $0.cells(of: [measure("dossiers.received")], in: days("2026-06-01", "2026-08-31")) }
            #expect(cells[measure("dossiers.received"), code("H52.01")].count == 3)
            for (key, value) in acknowledged.values { #expect(try daemon.stored { try $0.history(of: key) }.map(\.value).contains(value)) }
            let letter = try #require(try daemon.stored { try $0.outbox(state: .sent) }.first).letter
            #expect(Set(province.messageIDs) == [letter.messageID])
            #expect(acknowledged.messageIDs.isSubset(of: [letter.messageID]))
        }
    }

    private struct Acknowledged {
        var values: [(CellKey, Int64?)] = []
        var messageIDs: Set<String> = []
    }

    /// What the killed daemon had on disk; nothing when it was killed before its first transaction.
    private func acknowledgedBeforeTheStart(_ province: SmallProvince) throws -> Acknowledged {
        var acknowledged = Acknowledged()
        guard FileManager.default.fileExists(atPath: province.database) else { return acknowledged }
        let store = try Store(path: province.database, mode: .readOnly)
        let id = measure("dossiers.received.online")
        let cells = try store.cells(of: [id], in: days("2026-01-01", "2026-12-31"))
        for agency in cells.agencies(with: id) {
            acknowledged.values += cells[id, agency].map { (CellKey(agency: agency, measure: id, range: $0.range), $0.value) }
        }
        acknowledged.messageIDs = Set(try store.outbox().map(\.letter.messageID))
        return acknowledged
    }
}
