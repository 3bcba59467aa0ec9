import Foundation
import Model
import Settings
import TestSupport
import Testing

@testable import Connectors

/// The examples of docs/sources.md, which operators copy: each must load, and its sample must be read without a complaint.
@Suite struct DocumentationTests {
    private func blocks(_ languages: Set<String>) throws -> [String] {
        let text = try String(contentsOfFile: repository("docs/sources.md"), encoding: .utf8)
        return text.components(separatedBy: "\n```").compactMap { block in
            let lines = block.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return lines.count == 2 && languages.contains(String(lines[0])) ? String(lines[1]) : nil
        }
    }

    @Test func examplesReadTheirSamples() throws {
        let problems = ProblemList()
        let shipped = try #require(SettingsFiles.core(in: repository("config"), problems: problems)).measures
        let sources = try blocks(["yaml"])
        let samples = try blocks(["json", "csv"])
        #expect(sources.count == 3)
        #expect(samples.count == 3)

        let counts = try zip(sources, samples).map { yaml, sample in
            let source = try SourceUnderTest(yaml, measures: shipped)
            #expect(source.problems == [])
            let delivery = Delivery(
                source: "s", receivedAt: instant("2026-09-01T02:15"), bytes: Array(sample.utf8), asked: days("2026-08-01", "2026-08-31"))
            let rows = try #require(source.connector).decode(delivery)
            for row in rows {
                if case .unreadable(let text) = try row.get().value { Issue.record("unreadable: \(text)") }
            }
            return rows.count
        }

        #expect(counts == [8, 6, 2])
    }
}
