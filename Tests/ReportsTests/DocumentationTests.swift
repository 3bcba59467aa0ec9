import FoundationEssentials
import Testing

@testable import Reports

struct DocumentationTests {
    private static let mark = "<!-- Written by the tests from the reports' own layouts: UPDATE_GOLDEN=1 swift test --filter ReportsTests -->\n"

    @Test func theManualListsEveryColumnOfEverySheet() throws {
        let url = URL(filePath: Golden.url("../../docs/cli.md"))
        let manual = try String(decoding: Data(contentsOf: url), as: UTF8.self)
        let before = try #require(manual.firstRange(of: Self.mark)).upperBound

        let sections = ReportCatalogue.all.map { layout in
            let rows = layout.columns.map { "| `\($0.id)` | \($0.meaning) |\n" }.joined()
            return "\n### \(layout.id)\n\n| column | meaning |\n|---|---|\n\(rows)"
        }.joined()
        let wanted = manual[..<before] + sections

        if Golden.isUpdating { try Data(wanted.utf8).write(to: url) }
        #expect(try String(decoding: Data(contentsOf: url), as: UTF8.self) == String(wanted))
    }

    @Test func sheetsAndColumnsHaveDifferentIds() {
        #expect(Set(ReportCatalogue.all.map(\.id)).count == ReportCatalogue.all.count)
        for layout in ReportCatalogue.all { #expect(Set(layout.columns.map(\.id)).count == layout.columns.count) }
    }
}
