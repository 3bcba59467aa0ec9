import Foundation
import Settings
import TestSupport
import Testing

/// Files that are not there or not what they should be.
@Suite struct FileTests {
    @Test func unreadableFileDoesNotMakeOthersWrong() throws {
        let directory = try Directory()
        for name in ["measures.yaml", "indicators.yaml"] {
            try FileManager.default.removeItem(atPath: directory.directory.file(name))
            try FileManager.default.createDirectory(atPath: directory.directory.file(name), withIntermediateDirectories: false)
        }

        let messages = directory.problems()

        #expect(messages == ["indicators.yaml: cannot be read", "measures.yaml: cannot be read"])
    }

    @Test func filesOfEditorsAndOfficesAreNotConfiguration() throws {
        let directory = try Directory()
        for name in [".~lock.agencies.csv#", ".dondoc.yaml.swp", "README.md", "agencies.csv~", "sources.d/one-stop.yaml.bak"] {
            try directory.write("x", to: name)
        }

        #expect(directory.problems() == [])
    }

    @Test func coreIsThereAsFarAsItCanBeSoThatOtherFilesAreCheckedToo() throws {
        let directory = try Directory()
        try directory.write("langauge: vi\n", to: "dondoc.yaml")
        let problems = ProblemList()

        let core = SettingsFiles.core(in: directory.directory.path, problems: problems)

        #expect(!problems.isEmpty)
        #expect(core?.indicators.map(\.id) == ["dossier.late"])
    }
}
