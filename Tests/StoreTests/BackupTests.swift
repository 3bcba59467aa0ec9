import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// Backups are the state of one instant, whatever is written meanwhile; a restored one is the database it was made of.
@Suite struct BackupTests {
    private func day(_ number: Int) throws -> [Observation] {
        try (0..<40).map { try Sample.observation($0, "received", day: number % 50, Int64(number)) }
    }

    private func everything(_ store: Store) throws -> Set<PlacedCell> {
        let measures = [try Sample.measure("received")]
        return Set(PlacedCell.all(in: try store.cells(of: measures, in: DayRange(start: Sample.firstDay - 10, span: 400)), measures))
    }

    @Test func aBackupUnderFullIngestIsExactlyTheStateAfterSomeDelivery() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let reader = try place.open(.readOnly)
        let backups = (0..<4).map { place.directory.appendingPathComponent("backup-\($0).db").path }
        var model = SlowModel()
        for number in 0..<20 {
            model.record(
                try await store.record(Sample.delivery("\(number)", at: Sample.noon(number)), observations: try day(number)).id,
                receivedAt: Sample.noon(number), try day(number))
        }

        let summaries = try await withThrowingTaskGroup(of: [BackupSummary].self) { group in
            group.addTask { try backups.map { try reader.backup(to: $0) } }
            for number in 20..<400 {
                let recorded = try await store.record(Sample.delivery("\(number)", at: Sample.noon(number)), observations: try day(number))
                model.record(recorded.id, receivedAt: Sample.noon(number), try day(number))
                if number % 40 == 0 { _ = try await store.pack(endedBefore: Sample.firstDay + 40) }
            }
            return try await group.next() ?? []
        }

        let measures = [try Sample.measure("received")]
        for (summary, file) in zip(summaries, backups) {
            let copy = try Store(path: file, mode: .readOnly)
            let known = model.entries.filter { $0.id.number <= summary.lastDelivery }
            var past = SlowModel()
            for entry in known { past.record(entry.id, receivedAt: entry.recordedAt, entry.observations) }
            let range = DayRange(start: Sample.firstDay - 10, span: 400)
            #expect(known.count == summary.lastDelivery && known.count >= 20)
            #expect(try everything(copy) == past.cells(of: measures, in: range, agencies: nil, asOf: nil))
            #expect(try copy.verify().problems == [])
        }
        #expect(summaries.count == 4)
    }

    @Test func aRestoredBackupIsTheDatabaseAndTheFormerOneIsKept() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        _ = try await store.record(Sample.delivery("1"), observations: try day(1))
        let backup = place.directory.appendingPathComponent("backup.db").path
        let summary = try store.backup(to: backup)
        let then = try everything(store)
        _ = try await store.record(Sample.delivery("2"), observations: try day(2))
        let later = try everything(store)
        try store.close()

        let restored = try Store.restore(backup, to: place.path, keepingFormerAs: ".before")

        #expect(restored.backup.lastDelivery == 1 && summary.lastDelivery == 1)
        #expect(try everything(place.open()) == then)
        #expect(restored.former == place.path + ".before")
        #expect(try everything(Store(path: place.path + ".before", mode: .readWrite)) == later)
    }

    @Test func nothingIsRestoredWhileADaemonHasTheDatabase() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        _ = try await store.record(Sample.delivery("1"), observations: try day(1))
        let backup = place.directory.appendingPathComponent("backup.db").path
        _ = try store.backup(to: backup)

        let error = #expect(throws: StoreError.self) { try Store.restore(backup, to: place.path, keepingFormerAs: ".before") }

        #expect(error?.kind == .inUse)
        #expect(try everything(store).count == 40)
    }

    @Test func aDamagedBackupIsRefusedAndTheDatabaseStays() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        for number in 0..<40 { _ = try await store.record(Sample.delivery("\(number)"), observations: try day(number)) }
        let backup = place.directory.appendingPathComponent("backup.db").path
        _ = try store.backup(to: backup)
        let before = try everything(store)
        try store.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: backup))
        bytes.replaceSubrange(8192..<12288, with: Data(repeating: 0x5A, count: 4096))
        try bytes.write(to: URL(fileURLWithPath: backup))

        let error = #expect(throws: StoreError.self) { try Store.restore(backup, to: place.path, keepingFormerAs: ".before") }

        #expect(error?.kind == .corrupt)
        #expect(try everything(place.open(.readOnly)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place.directory.path).filter { $0.contains("restoring") } == [])
    }

    @Test func aFileThatIsThereIsNotReplacedUnlessAsked() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let backup = place.directory.appendingPathComponent("backup.db").path
        try Data("something of the operator's".utf8).write(to: URL(fileURLWithPath: backup))

        let error = #expect(throws: StoreError.self) { try store.backup(to: backup) }
        let kept = try Data(contentsOf: URL(fileURLWithPath: backup))
        let summary = try store.backup(to: backup, replaces: true)

        #expect(
            error?.description
                == "\(place.path): backing up to \(backup): the file is there already; choose another name, or replace it with --force")
        #expect(kept == Data("something of the operator's".utf8))
        #expect(summary.lastDelivery == 0 && summary.path == backup)
    }

    @Test func whereNothingCanBeWrittenNothingIsLeftBehind() throws {
        let place = try TemporaryStore()
        let store = try place.open()

        let error = #expect(throws: StoreError.self) { try store.backup(to: place.directory.appendingPathComponent("no/where.db").path) }

        #expect(error?.kind == .missing)
    }
}
