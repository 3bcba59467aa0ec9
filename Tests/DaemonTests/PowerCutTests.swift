import CPowerCut
import Foundation
import Model
import Store
import TestSupport
import Testing

struct PowerCutTests {
    private static let images = 60

    @Test func afterAPowerCutEachAcknowledgedValueIsThereExactlyOnce() async throws {
        let province = try SmallProvince()
        let directory = province.directory.path
        let journal = province.directory.file("journal")
        try Store(path: province.database, mode: .readWrite).close()
        let files = ["", "-wal"].map { province.database + $0 }
        let before = try files.map { FileManager.default.fileExists(atPath: $0) ? try Data(contentsOf: URL(filePath: $0)) : Data() }
        // A process of its own, because the layer under SQLite is for a whole process.
        await #expect(processExitsWith: .success) { [directory = directory as String, journal = journal as String] in
            try await PowerCutTests.pushAndRecord(directory, journal: journal)
        }

        let cut = try PowerCut(journal: journal)
        #expect(cut.marks(before: cut.count).count == 360)
        #expect(cut.syncs(of: 1) >= 90, "commits are synced, and several pushes share one")
        #expect(cut.syncs(of: 0) > 0, "the log went into the database at least once")
        var random = SeededNumbers(seed: 7)
        for image in 0..<PowerCutTests.images {
            let place = Int.random(in: 0...cut.count, using: &random)
            let copy = province.directory.file("image-\(image)")
            let names = ["", "-wal"].map { copy + $0 }
            for (name, bytes) in zip(names, before) { try bytes.write(to: URL(filePath: name)) }
            try cut.cut(before: place, files: names, &random)

            let acknowledged = cut.marks(before: place).flatMap { $0.split(separator: "\n") }.compactMap { PushLoad.Acknowledged($0) }
            let store = try Store(path: copy, mode: .readWrite)
            #expect(try PushLoad.problems(store, acknowledged) == [], "image \(image), cut before entry \(place)")
            try store.close()
            for suffix in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: copy + suffix) }  // Whatever there is.
        }
    }

    /// Runs in the child: pushes with bodies that fill the log more than once.
    private static func pushAndRecord(_ directory: String, journal: String) async throws {
        guard powercut_install(journal) == 0 else { exit(3) }
        let test = try DeskUnderTest(directory)
        let load = PushLoad(desk: test.desk, seed: 1, padding: 16_000) { lines in
            var lines = lines
            lines.withUTF8 { powercut_mark($0.baseAddress, Int32($0.count)) }
        }
        try await load.run(senders: 4, pushes: 90)
        exit(0)
    }
}
