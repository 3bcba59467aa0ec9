import Foundation
import Testing

@testable import Settings

/// Every folder in `Cases`: files laid over the good directory `base`, and all the problems they give in one run. `UPDATE_GOLDEN=1` writes them.
@Suite struct CaseTests {
    static let names: [String] = {
        // No folder means no names, which `thereAreCases` notices.
        ((try? FileManager.default.contentsOfDirectory(atPath: Directory.cases)) ?? []).sorted()
    }()

    @Test func thereAreCases() {
        #expect(CaseTests.names.count >= 15)
    }

    @Test(arguments: names)
    func problemsAreThoseReviewed(_ name: String) throws {
        let directory = try Directory()
        try directory.lay(over: name)

        let text = directory.problems().map { "\($0)\n" }.joined()

        let file = URL(filePath: "\(Directory.cases)/\(name)/expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
        #expect(name != "ten-mistakes" || directory.problems().count == 10)
        #expect(name != "base" || text.isEmpty)
    }
}
