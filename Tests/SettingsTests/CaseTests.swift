import Foundation
import Model
import Settings
import TestSupport
import Testing

/// The folders of `Cases`, each laid over `base.good`. Cases/README.md says how they work.
@Suite struct CaseTests {
    static let folder = repository("Tests/SettingsTests/Cases")

    private static func cases(ending: String) -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // None found fails the test below.
        return names.filter { $0.hasSuffix(ending) }.sorted()
    }

    @Test func casesAreFound() {
        #expect(Self.cases(ending: ".good").count >= 3)
        #expect(Self.cases(ending: ".bad").count >= 25)
    }

    @Test(arguments: cases(ending: ".good"))
    func goodDirectoryLoadsWithoutAProblem(name: String) throws {
        let directory = try CaseDirectory(name)

        let messages = directory.messages()

        #expect(messages == [])
    }

    @Test(arguments: cases(ending: ".bad"))
    func badDirectoryGivesExactlyTheseMessages(name: String) throws {
        let directory = try CaseDirectory(name)
        let expected = URL(filePath: "\(Self.folder)/\(name)/expected.txt")

        let messages = directory.messages().map { $0 + "\n" }.joined()

        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(messages.utf8).write(to: expected) }
        #expect(!messages.isEmpty)
        #expect(messages == (try String(contentsOf: expected, encoding: .utf8)))
    }

    @Test func tenMistakesInEightFilesGiveTenMessagesInOneRun() throws {
        let directory = try CaseDirectory("ten-mistakes.bad")

        let messages = directory.messages()

        #expect(messages.count == 10)
        #expect(Set(messages.map { $0.prefix { $0 != ":" } }).count == 8)
        #expect(messages.allSatisfy { $0.split(separator: ":").dropFirst().prefix(2).allSatisfy { Int($0).map { $0 > 0 } ?? false } })
    }
}

/// A case laid over the base, in a directory of its own.
struct CaseDirectory {
    let directory: TemporaryDirectory

    var path: String { directory.path }

    init(_ name: String) throws {
        directory = try TemporaryDirectory()
        for folder in ["base.good", name] {
            let top = "\(CaseTests.folder)/\(folder)"
            for file in try FileManager.default.subpathsOfDirectory(atPath: top) where file.contains(".") && file != "sources.d" {
                let target = URL(filePath: directory.file(file))
                try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(contentsOf: URL(filePath: "\(top)/\(file)")).write(to: target)
            }
        }
    }

    func core() -> CoreSettings? { SettingsFiles.core(in: path, problems: ProblemList()) }

    /// Everything that Settings itself has to say; what kinds of sources and rules say is theirs to test.
    func messages() -> [String] {
        let problems = ProblemList()
        _ = SettingsFiles.core(in: path, problems: problems)
        _ = SettingsFiles.sources(in: path, problems: problems)
        _ = SettingsFiles.rules(in: path, problems: problems)
        return problems.problems.map(\.description)
    }
}
