import Foundation
import Model

/// A test of the rules, written by the people who own the thresholds: given these counts on these days, these alerts and letters are expected.
public struct RulesTest {
    /// Counts that come on a day.
    public struct Given: Sendable {
        public let day: Day
        public let observation: Observation
    }

    /// What must be so at the end of a day.
    public struct Expectation {
        public let day: Day
        /// `key` → `firing warning`; nil when nothing is said of alerts.
        public let alerts: [(key: String, state: String)]?
        /// Who is written to that day, codes or `operators`; nil when nothing is said of letters.
        public let letters: [String]?
        /// Where it stands, for saying what was found instead.
        public let reader: SettingsReader
    }

    public let name: String
    public let given: [Given]
    public let expectations: [Expectation]

    /// The days from the first count or expectation to the last expectation; nil when there are none.
    public var days: ClosedRange<Day>? {
        let all = given.map(\.day) + expectations.map(\.day)
        guard let first = all.min(), let last = expectations.map(\.day).max(), first <= last else { return nil }
        return first...last
    }
}

extension SettingsFiles {
    /// The tests of a file; what is wrong with it is in the list, with its place.
    public static func rulesTests(_ path: String, problems: ProblemList) -> [RulesTest] {
        let url = URL(filePath: path)
        let files = YAMLFile(directory: url.deletingLastPathComponent().path, problems: problems)
        guard let file = files.reader(url.lastPathComponent) else { return [] }
        defer { file.finish() }
        if !file.has("tests") { file.problem(nil, "'tests' is missing: a list of tests with name, given and expect") }
        return (file.readers("tests") ?? []).compactMap { reader in
            defer { reader.finish() }
            let name = reader.requiredString("name")
            let given = (reader.readers("given") ?? []).compactMap(RulesTest.Given.init)
            let expectations = (reader.readers("expect") ?? []).compactMap(RulesTest.Expectation.init)
            if !reader.has("expect") { reader.problem(nil, "'expect' is missing: a test that expects nothing cannot fail") }
            return name.map { RulesTest(name: $0, given: given, expectations: expectations) }
        }
    }
}

extension RulesTest.Given {
    /// `{day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-08, value: 100}`
    fileprivate init?(_ reader: SettingsReader) {
        defer { reader.finish() }
        let day = reader.day("day")
        if !reader.has("day") { reader.problem(nil, "missing 'day': when the count comes, such as 2026-09-03") }
        let agency = reader.requiredValue("agency", expected: "an agency code such as H52.07") { AgencyCode($0) }
        let measure = reader.requiredValue("measure", expected: "a measure's id such as dossiers.received") { MeasureID($0) }
        let scheme = reader.has("scheme") ? reader.choice("scheme", PeriodScheme.self) : .calendar
        let period = reader.requiredValue("period", expected: "a period such as 2026-08 or 2026-08-31") { text in
            scheme.flatMap { Period(text, scheme: $0) }
        }
        let value = reader.requiredValue("value", expected: "a whole number, or unknown") { text -> Int64?? in
            if text == "unknown" { return .some(nil) }
            return Int64(text).map { .some($0) }
        }
        guard let day, let agency, let measure, let period, let value else { return nil }
        self.init(day: day, observation: Observation(cell: CellKey(agency: agency, measure: measure, range: period.range), value: value))
    }
}

extension RulesTest.Expectation {
    /// `{day: 2026-09-03, alerts: ["online/dossier.online/H52.07 firing warning"], letters: [H52.07]}`
    fileprivate init?(_ reader: SettingsReader) {
        defer { reader.finish() }
        let day = reader.day("day")
        if !reader.has("day") { reader.problem(nil, "missing 'day': at the end of which it must be so") }
        var alerts: [(key: String, state: String)]?
        if reader.has("alerts") {
            alerts = (reader.strings("alerts") ?? []).compactMap { text in
                let words = text.split(separator: " ", maxSplits: 1).map(String.init)
                guard words.count == 2 else {
                    reader.problem(
                        item: text, of: "alerts", "'\(text)' is not an alert and its state; write rule/subject/agency firing warning, or … none")
                    return nil
                }
                return (words[0], words[1])
            }
        }
        let letters = reader.has("letters") ? reader.strings("letters") ?? [] : nil
        if alerts == nil, letters == nil { reader.problem(nil, "an expectation needs 'alerts', 'letters' or both") }
        guard let day else { return nil }
        self.init(day: day, alerts: alerts, letters: letters, reader: reader)
    }
}
