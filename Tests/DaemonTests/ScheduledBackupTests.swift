@testable import Daemon
import Assembly
import Foundation
import Logging
import Model
import Store
import TestSupport
import Testing

/// Backups by schedule, with rotation; what goes wrong is told and takes nothing away.
@Suite struct ScheduledBackupTests {
    private func province(_ backup: String) throws -> SmallProvince {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0 + "backup: \(backup)\n" }
        return province
    }

    private func backups(_ province: SmallProvince) -> [String] {
        // Before the first backup there is no directory.
        ((try? FileManager.default.contentsOfDirectory(atPath: province.directory.file("backups"))) ?? []).sorted()
    }

    @Test func aBackupIsMadeWhenItIsDueAndOlderOnesRotateAway() async throws {
        let province = try province(#"{directory: backups, schedule: "* * * * *", keep: {daily: 1, weekly: 0, monthly: 0}}"#)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("figures are stored") { try daemon.stored { try $0.statistics() }.deliveries > 0 }
            daemon.clock.advance(by: .seconds(60))
            try await daemon.eventually("the first backup is made") { !self.backups(province).isEmpty }
            let first = try #require(self.backups(province).first)
            try Data().write(to: URL(fileURLWithPath: province.directory.file("backups/notes.txt")))
            try await daemon.eventually("a later one takes its place") {
                // Again and again: the daemon may not have begun to wait for the next minute yet.
                daemon.clock.advance(by: .seconds(60))
                let files = self.backups(province)
                return files.count == 2 && !files.contains(first) && files.allSatisfy { !$0.hasSuffix(".part") }
            }

            let newest = try #require(self.backups(province).first)
            let copy = try Store(path: province.directory.file("backups/\(newest)"), mode: .readOnly)
            #expect(try copy.statistics().deliveries > 0)
            #expect(self.backups(province).contains("notes.txt"))
        }
    }

    @Test func aReloadThatSwitchesBackupsOnIsHeededAtOnce() async throws {
        let province = try SmallProvince()
        let clock = ManualClock(instant("2026-09-10T08:00"))
        let time = TimeSource(now: { clock.now }, sleep: { try await clock.sleep(until: $0) })
        let bell = Bell()
        let live = LiveConfiguration(
            try Configuration.load(province.directory.path).get(), loadedAt: clock.now, followers: [.ringing(bell)])
        let store = try Store(path: province.database, mode: .readWrite)
        let backups = ScheduledBackups(
            live: live, store: store, bell: bell, time: time, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await backups.run() }
            try province.rewrite("dondoc.yaml") { $0 + #"backup: {directory: backups, schedule: "* * * * *"}"# + "\n" }
            #expect(live.reload(at: clock.now).isEmpty)
            // Half an hour in all: less than it looks again by itself.
            for _ in 0..<30 where self.backups(province).isEmpty {
                clock.advance(by: .seconds(60))
                try await Task.sleep(for: .milliseconds(100))
            }
            group.cancelAll()
        }

        #expect(!self.backups(province).isEmpty)
    }

    @Test func aBackupThatFailsIsAFindingAndTheDaemonGoesOn() async throws {
        let province = try province(#"{directory: backups/below, schedule: "* * * * *"}"#)
        try Data("a file where the directory should be".utf8).write(to: URL(fileURLWithPath: province.directory.file("backups")))

        try await RunningDaemon.run(province) { daemon in
            daemon.clock.advance(by: .seconds(60))
            try await daemon.eventually("the failure is a finding") { try !daemon.stored { try $0.findings(kinds: [.backupFailed]) }.isEmpty }

            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.backupFailed]) }.first).finding
            #expect(finding.place == province.directory.file("backups/below"))
            #expect(finding.found?.hasPrefix("\(province.directory.file("backups/below")) cannot be made: ") == true)
        }
    }
}
