import Foundation
import Glibc
import Model
import Testing

@testable import Store

/// What a restore leaves behind: a database that its daemon can open, and after an interruption one that nobody opens by mistake.
@Suite struct RestoreTests {
    private let place: TemporaryStore
    private var backup: String { place.directory.appendingPathComponent("backup.db").path }
    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: place.directory.path).sorted() }
    }

    init() throws {
        place = try TemporaryStore()
        let store = try place.open()
        _ = try store.backup(to: place.directory.appendingPathComponent("backup.db").path)
        try store.close()
    }

    private func facts(_ suffix: String = "") throws -> stat {
        var facts = stat()
        try #require(stat(place.path + suffix, &facts) == 0)
        return facts
    }

    @Test func theRestoredDatabaseHasTheModeOfTheFormerOne() throws {
        chmod(place.path, 0o660)

        _ = try Store.restore(backup, to: place.path, keepingFormerAs: ".before")

        #expect(try facts().st_mode & 0o777 == 0o660)
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func whatRootRestoresBelongsToTheDaemonsUser() throws {
        for name in try files { chown(place.directory.appendingPathComponent(name).path, 65_534, 65_534) }
        chown(place.directory.path, 65_534, 65_534)
        unlink(place.path + ".lock")

        _ = try Store.restore(backup, to: place.path, keepingFormerAs: ".before")
        let overFormer = (try facts(), try facts(".lock"))
        for suffix in ["", "-wal", "-shm", ".lock"] { unlink(place.path + suffix) }
        _ = try Store.restore(backup, to: place.path, keepingFormerAs: ".again")
        let intoTheDirectory = (try facts(), try facts(".lock"))

        for facts in [overFormer.0, overFormer.1, intoTheDirectory.0, intoTheDirectory.1] {
            #expect(facts.st_uid == 65_534 && facts.st_gid == 65_534)
        }
    }

    @Test func afterAnInterruptedRestoreNobodyOpensTheDatabaseUntilItIsRestored() throws {
        for isThere in [true, false] {
            if !isThere { for suffix in ["", "-wal", "-shm"] { unlink(place.path + suffix) } }
            try FileManager.default.copyItem(atPath: backup, toPath: place.path + ".restoring")

            for mode in [Store.Mode.readWrite, .readOnly] {
                let error = #expect(throws: StoreError.self) { try place.open(mode) }
                #expect(
                    error?.description
                        == "\(place.path): opening the store: restoring a backup was interrupted: \(place.path).restoring is there; "
                        + "run dondoc restore again; the former database is still there beside it")
                #expect(error?.message(.vietnamese) == "lần khôi phục trước bị ngắt giữa chừng: còn tệp \(place.path).restoring")
            }
            #expect(FileManager.default.fileExists(atPath: place.path) == isThere)
            _ = try Store.restore(backup, to: place.path, keepingFormerAs: ".before-\(isThere)")

            #expect(try place.open(.readOnly).statistics().deliveries == 0)
        }
    }

    @Test func aRestoreThatFailsAtItsLastStepLeavesEverythingAsItWas() throws {
        // The journal cannot get its new name, because a directory has it.
        try FileManager.default.createDirectory(atPath: place.path + ".before-wal/full", withIntermediateDirectories: true)
        let before = try files

        let error = #expect(throws: StoreError.self) { try Store.restore(backup, to: place.path, keepingFormerAs: ".before") }

        #expect(error?.operation == "restoring \(backup)")
        #expect(try files == before)
        #expect(try place.open(.readOnly).statistics().deliveries == 0)
    }

    @Test func anOldJournalIsNotTakenForTheRestoredOnes() throws {
        unlink(place.path)
        try Data("a journal of the database that was here".utf8).write(to: URL(fileURLWithPath: place.path + "-wal"))

        let restored = try Store.restore(backup, to: place.path, keepingFormerAs: ".before")

        #expect(restored.former == nil)
        #expect(!FileManager.default.fileExists(atPath: place.path + "-wal"))
    }
}
