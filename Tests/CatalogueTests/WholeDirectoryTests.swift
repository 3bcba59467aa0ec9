import Assembly
import Foundation
import TestSupport
import Testing

/// A directory as `dondoc config check` and a reload read it, kinds of sources and rules included.
@Suite struct WholeDirectoryTests {
    private func load(_ folder: String) throws -> [String] {
        let directory = try TemporaryDirectory()
        for name in ["base.good", folder] {
            let top = repository("Tests/SettingsTests/Cases/\(name)")
            for file in try FileManager.default.subpathsOfDirectory(atPath: top)
            where file.contains(".") && !file.hasSuffix(".d") && file != "templates/vi/letter.mustache" {
                try directory.write(String(contentsOfFile: "\(top)/\(file)", encoding: .utf8), to: file)
            }
        }
        try directory.copy(repository("config/templates"), to: "templates")
        switch Configuration.load(directory.path) {
        case .success: return []
        case .failure(let error): return error.problems.map(\.description)
        }
    }

    @Test func goodBaseLoads() throws {
        #expect(try load("base.good") == [])
    }

    @Test func tenMistakesGiveTheSameTenMessages() throws {
        let expected = try String(contentsOfFile: repository("Tests/SettingsTests/Cases/ten-mistakes.bad/expected.txt"), encoding: .utf8)

        let messages = try load("ten-mistakes.bad")

        #expect(messages.count == 10)
        #expect(messages.map { $0 + "\n" }.joined() == expected)
    }
}
