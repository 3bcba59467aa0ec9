import Foundation
import Model
import Settings
import TestSupport
import Testing

@testable import Connectors

/// Every folder in `Cases`: a source.yaml, the bytes that it is answered, and what is read out of them. `UPDATE_GOLDEN=1` writes what is read.
@Suite struct CaseTests {
    static let folder = repository("Tests/ConnectorsTests/Cases")

    static let names: [String] = {
        // No folder means no names, which `thereAreCases` notices.
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }()

    @Test func thereAreCases() {
        #expect(CaseTests.names.count >= 20)
    }

    @Test(arguments: names)
    func answerIsReadAsReviewed(_ name: String) throws {
        let place = "\(CaseTests.folder)/\(name)"
        let source = try String(contentsOfFile: "\(place)/source.yaml", encoding: .utf8)

        let text = try CaseTests.reading(source, answer: CaseTests.answer(in: place))

        let file = URL(filePath: "\(place)/expected.txt")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try text.write(to: file, atomically: true, encoding: .utf8) }
        #expect(try text == String(contentsOf: file, encoding: .utf8))
    }

    /// Whatever happens to an answer on its way, decoding ends with rows or with a message.
    @Test(arguments: ["dvcqg-children", "documents-by-name", "mailboxes-decimal-comma", "csv-days-slashed"])
    func mutatedAnswersNeitherTrapNorHang(_ name: String) throws {
        let place = "\(CaseTests.folder)/\(name)"
        let connector = try #require(SourceUnderTest(String(contentsOfFile: "\(place)/source.yaml", encoding: .utf8)).connector)
        let answer = CaseTests.answer(in: place)
        var random = Seeded(UInt64(answer.count))
        var refused = 0

        for _ in 0..<1000 {
            let bytes = random.mutated(answer, pieces: ["{", "}", "\"", ",", ";", "\n", "\r", "9999", "31/12/9999", "-", "."])
            do throws(DecodeError) {
                _ = try connector.decode(Delivery(source: "case", receivedAt: instant("2026-09-01T02:15"), bytes: bytes, asked: nil))
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }

        #expect(refused > 0)
    }

    /// The bytes of answer.json or answer.csv; none for cases about source.yaml alone.
    private static func answer(in place: String) -> [UInt8] {
        ["json", "csv"].lazy.compactMap { FileManager.default.contents(atPath: "\(place)/answer.\($0)") }.first.map { Array($0) } ?? []
    }

    /// The problems of the source; or else the rows or the mistake of the answer to "August 2026".
    private static func reading(_ source: String, answer: [UInt8]) throws -> String {
        let loaded = try SourceUnderTest(source)
        guard let connector = loaded.connector, loaded.problems.isEmpty else { return loaded.problems.map { "\($0)\n" }.joined() }
        let delivery = Delivery(
            source: "case", receivedAt: instant("2026-09-01T02:15"), bytes: answer, asked: days("2026-08-01", "2026-08-31"))
        do throws(DecodeError) {
            return try connector.decode(delivery).map(line).joined()
        } catch {
            return "refused: \(error)\n"
        }
    }

    private static func line(_ row: Result<Row, UnreadableRow>) -> String {
        switch row {
        case .success(let row): line(row)
        case .failure(let row): "refused \(row.place): \(row.found.map { "'\($0)', " } ?? "")expected \(row.expected)\n"
        }
    }

    private static func line(_ row: Row) -> String {
        let value =
            switch row.value {
            case .number(let number): "\(number)"
            case .unknown: "unknown"
            case .unreadable(let text): "unreadable '\(text)'"
            }
        return "\(row.subject) \(row.range) \(row.measure) = \(value) [\(row.place)]\n"
    }
}
