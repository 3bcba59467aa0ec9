import Assembly
import Foundation
import Control
import Model
import TestSupport
import Testing

/// A year of a province in seconds: Tết, the end of the districts, months from the 15th to the 14th, restatements, ten days without mail.
struct YearTests {
    private static let folder = repository("Tests/DaemonTests/Years")

    /// The events of a file, without its remarks.
    private func events(_ name: String) throws -> [(day: Day, text: String)] {
        try String(contentsOfFile: "\(YearTests.folder)/\(name).events.txt", encoding: .utf8).split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let blank = line.firstIndex(of: " ") else { return nil }
            return (day(String(line[..<blank])), String(line[line.index(after: blank)...]))
        }
    }

    @Test func everyAlertAndLetterOfTheYearIsTheReviewedOne() async throws {
        let province = try YearOfAProvince()

        try await province.live(try events("2025"), from: day("2025-01-02"), through: day("2025-12-31"))

        let log = province.log.joined(separator: "\n") + "\n"
        let path = "\(YearTests.folder)/2025.expected.txt"
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(log.utf8).write(to: URL(filePath: path)) }
        #expect(try log == String(contentsOfFile: path, encoding: .utf8))
    }

    /// The first seven weeks, in which nobody did anything by hand.
    private func sevenWeeks() async throws -> YearOfAProvince {
        let province = try YearOfAProvince()
        try await province.live(try events("2025"), from: day("2025-01-02"), through: day("2025-02-17"))
        return province
    }

    private func desk(_ province: YearOfAProvince) -> Desk {
        Desk(configuration: province.configuration, store: province.store, language: .english, now: instant("2025-02-17T09:00"))
    }

    @Test func aReplayByTheSameRulesIsWhatReallyWas() async throws {
        let province = try await sevenWeeks()

        let sheet = try desk(province).replay(province.configuration, from: day("2025-01-02"), through: day("2025-02-17")).sheet("rules-replay")

        #expect(sheet.rows.count > 8)
        #expect(try sheet.column("would") == sheet.column("really"))
        #expect(sheet.notes == ["3 fired (really 3), 8 letters (really 8). Nothing was sent or stored."])
        #expect(try province.store.outbox(limit: 100).count == 8)
    }

    @Test func otherThresholdsShowTheirEffectBeforeTheyAreApplied() async throws {
        let province = try await sevenWeeks()
        let strict = """
            targets:
              - {indicator: dossier.online, warning: 96, critical: 50, from: 2024-12-01, legal_basis: Ngưỡng thử nghiệm}
              - {indicator: doc.signed, warning: 80, from: 2024-12-15, legal_basis: Ngưỡng thử nghiệm}

            """
        let candidate = try Configuration.load(province.configuration.directory, replacing: ["targets.yaml": strict]).get()

        let same = try desk(province).difference(province.configuration).sheet("rules-diff")
        let sheet = try desk(province).difference(candidate).sheet("rules-diff")

        #expect(same.rows.isEmpty)
        #expect(try sheet.column("alert").map(\.id) == ["online/dossier.online/H52.08", "online/dossier.online/H52.20"])
        #expect(try sheet.column("now") == [.missing, .missing])
        #expect(try sheet.column("then").map(\.id) == ["firing warning", "firing warning"])
        let replayed = try desk(province).replay(candidate, from: day("2025-01-02"), through: day("2025-02-17")).sheet("rules-replay")
        #expect(replayed.rows.count > sheet.rows.count)
        #expect(try province.store.alerts().count == 3, "nothing was stored")
    }
}
