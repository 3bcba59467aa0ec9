import Model
import Testing

@testable import Reports

struct RegisterImportReportTests {
    @Test func levelsAndDaysAreWordsForPeopleAndAsInTheFileForPrograms() {
        let entries: [RegisterImportReport.Entry] = [
            .init(kind: "added", agency: "H52.20", name: "Huyện Mới", column: "", before: "", after: "district, H52, 2000-01-01", line: 2),
            .init(kind: "changed", agency: "H52.01", name: "Sở Một", column: "level", before: "commune", after: "department", line: 3),
            .init(kind: "closed", agency: "H52.02", name: "Sở Hai", column: "valid_to", before: "", after: "2025-06-30", line: nil),
            .init(kind: "changed", agency: "H52.03", name: "Sở Ba", column: "name", before: "district", after: "Sở Ba", line: 4),
        ]

        let sheet = RegisterImportReport.sheet(entries, unchanged: 0, untouched: 0, former: nil, language: .vietnamese)
        let text = TableRenderer(language: .vietnamese, width: nil, usesColour: false).render(sheet)
        let csv = CSVRenderer().render(sheet)

        #expect(text.contains("Huyện, H52, 01/01/2000"))
        #expect(text.contains("Xã, phường") && text.contains("Sở, ban, ngành"))
        #expect(text.contains("30/06/2025"))
        #expect(text.contains("district"), "a name is nobody's word")
        #expect(csv.contains("\"district, H52, 2000-01-01\"") && csv.contains("commune,department"))
    }
}
