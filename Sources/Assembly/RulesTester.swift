import Control
import Foundation
import Model
import Settings
import Store

/// Runs tests of the rules by the code that judges live: counts are recorded on their days in a store that is thrown away, and the days replayed.
public struct RulesTester {
    public let configuration: Configuration

    public init(configuration: Configuration) {
        self.configuration = configuration
    }

    /// What is not as expected, each at its place in the file; and how many tests were run.
    public func run(_ path: String) async throws(Failure) -> (tests: Int, problems: [Problem]) {
        let problems = ProblemList()
        let tests = SettingsFiles.rulesTests(path, names: names, problems: problems)
        guard problems.isEmpty else { return (tests.count, problems.problems) }
        for test in tests {
            guard let days = test.days else { continue }
            let outcome = try await outcome(of: test, days)
            for expectation in test.expectations { RulesTester.check(expectation, of: test, outcome) }
        }
        return (tests.count, problems.problems)
    }

    private var names: RulesTest.Names {
        let rules =
            configuration.rules.map { ($0.id, configuration.subjects(of: $0)) } + [(AlertKey.lettersHeld.rule, [AlertKey.lettersHeld.subject])]
        return RulesTest.Names(
            subjects: Dictionary(rules, uniquingKeysWith: { first, _ in first }), measures: Array(configuration.core.measures.keys),
            register: configuration.core.register)
    }

    private func outcome(of test: RulesTest, _ days: ClosedRange<Day>) async throws(Failure) -> RulesReplay.Outcome {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("dondoc-rules-test-\(UUID().uuidString)")
        // What cannot be removed is left to the system, which clears its temporary directory.
        defer { try? FileManager.default.removeItem(at: directory) }
        do { try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true) } catch {
            throw Failure(.failed, "\(directory.path) cannot be made: \(error.localizedDescription)")
        }
        do throws(StoreError) {
            let store = try Store(path: directory.appendingPathComponent("test.db").path, mode: .readWrite)
            for (day, given) in Dictionary(grouping: test.given, by: \.day).sorted(by: { $0.key < $1.key }) {
                let delivery = Delivery(
                    source: "test", receivedAt: day.start, bytes: Array(day.description.utf8), mediaType: "text/plain")
                _ = try await store.record(delivery, observations: given.map(\.observation))
            }
            return try RulesReplay(configuration: configuration, store: store).run(from: days.lowerBound, through: days.upperBound)
        } catch {
            throw Failure(error, .english)
        }
    }

    private static func check(_ expectation: RulesTest.Expectation, of test: RulesTest, _ outcome: RulesReplay.Outcome) {
        for (key, expected) in expectation.alerts ?? [] {
            let last = outcome.events.last { $0.day <= expectation.day && $0.transition.key.description == key }?.transition
            let found = last.map { $0.to == .resolved ? "resolved" : "\($0.to.rawValue) \($0.severity.rawValue)" } ?? "none"
            guard found != expected else { continue }
            expectation.reader.problem(
                "alerts", "\(test.name): on \(expectation.day) the alert \(key) is expected to be '\(expected)', and is '\(found)'")
        }
        if let expected = expectation.letters {
            let found = outcome.letters.filter { $0.day == expectation.day }.map { $0.agency?.text ?? "operators" }.sorted()
            guard found != expected.sorted() else { return }
            func words(_ names: [String]) -> String { names.isEmpty ? "nobody" : names.sorted().joined(separator: ", ") }
            expectation.reader.problem(
                "letters", "\(test.name): on \(expectation.day) letters are expected to \(words(expected)), and are written to \(words(found))")
        }
    }
}
