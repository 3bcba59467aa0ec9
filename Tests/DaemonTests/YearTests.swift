import Foundation
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
}
