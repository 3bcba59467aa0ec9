import Foundation
import TestSupport
import Testing

@testable import Settings

/// Every folder in `Cases`: files laid over the good directory `base.good`, and all the problems they give in one run.
@Suite struct CaseTests {
    private static func names(ending: String) -> [String] {
        // No folder means no names, which `casesAreFound` notices.
        ((try? FileManager.default.contentsOfDirectory(atPath: Directory.cases)) ?? []).filter { $0.hasSuffix(ending) }.sorted()
    }

    private func problems(_ name: String) throws -> [String] {
        let directory = try Directory()
        try directory.lay(over: name)
        return directory.problems()
    }

    @Test func casesAreFound() {
        #expect(Self.names(ending: ".good").count >= 5)
        #expect(Self.names(ending: ".bad").count >= 30)
    }

    @Test(arguments: names(ending: ".good"))
    func goodDirectoryLoadsWithoutAProblem(_ name: String) throws {
        #expect(try problems(name) == [])
    }

    @Test(arguments: names(ending: ".bad"))
    func badDirectoryGivesExactlyTheReviewedMessages(_ name: String) throws {
        let text = try problems(name).map { "\($0)\n" }.joined()

        let file = URL(filePath: "\(Directory.cases)/\(name)/expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(!text.isEmpty)
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    @Test func tenMistakesInNineFilesGiveTenMessagesWithTheirPlaces() throws {
        let messages = try problems("ten-mistakes.bad")

        #expect(messages.count == 10)
        #expect(Set(messages.map { $0.prefix { $0 != ":" } }).count == 9)
        #expect(messages.allSatisfy { $0.split(separator: ":").dropFirst().prefix(2).allSatisfy { Int($0).map { $0 > 0 } ?? false } })
    }
}
