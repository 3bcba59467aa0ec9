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

extension RulesTest {
    /// What tests may name. Without it a slip of the pen would be an alert that never fires and a count that nobody judges, as expected.
    public struct Names {
        /// What the alerts of each rule are about, by the rule's id.
        let subjects: [String: [String]]
        let measures: [MeasureID]
        let register: Register

        public init(subjects: [String: [String]], measures: [MeasureID], register: Register) {
            self.subjects = subjects
            self.measures = measures
            self.register = register
        }

        fileprivate var codes: [String] { register.agencies.map(\.code.text) }

        /// What is wrong with an alert and its state, `rule/subject/agency firing warning`; nil when nothing is.
        fileprivate func mistake(inKey key: String, state: String) -> String? {
            let parts = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3 else { return "'\(key)' is not an alert's key; write rule/subject/agency as dondoc alerts list prints it" }
            guard let subjects = subjects[parts[0]] else { return unknown("rule", parts[0], among: self.subjects.keys) }
            guard subjects.contains(parts[1]) else {
                return "the rule '\(parts[0])' has no alerts about '\(parts[1])'\(TextFolding.didYouMean(parts[1], among: subjects))"
            }
            guard parts[2] == "-" || isAgency(parts[2]) else { return unknown("agency", parts[2], among: codes) }
            guard Names.states.contains(state) else {
                return "'\(state)' is not the state of an alert; write none, resolved, or one of "
                    + "\(Names.openStates.joined(separator: ", ")) with a severity, such as firing warning"
            }
            return nil
        }

        /// What is wrong with whom a letter is expected to; nil when nothing is.
        fileprivate func mistake(inAddressee name: String) -> String? {
            name == "operators" || isAgency(name) ? nil : unknown("agency", name, among: codes + ["operators"])
        }

        private func isAgency(_ text: String) -> Bool { AgencyCode(text).map { register.knows($0) } ?? false }

        fileprivate func unknown(_ what: String, _ name: String, among known: some Sequence<String>) -> String {
            "there is no \(what) '\(name)'\(TextFolding.didYouMean(name, among: known))"
        }

        private static let openStates = AlertState.allCases.filter { $0 != .resolved }.map(\.rawValue)
        private static let states = Set(
            ["none", "resolved"] + openStates.flatMap { state in Severity.allCases.map { "\(state) \($0.rawValue)" } })
    }
}

extension SettingsFiles {
    /// The tests of a file; what is wrong with it is in the list, with its place.
    public static func rulesTests(_ path: String, names: RulesTest.Names, problems: ProblemList) -> [RulesTest] {
        let url = URL(filePath: path)
        let files = YAMLFile(directory: url.deletingLastPathComponent().path, problems: problems)
        guard let file = files.reader(url.lastPathComponent) else { return [] }
        defer { file.finish() }
        if !file.has("tests") { file.problem(nil, "'tests' is missing: a list of tests with name, given and expect") }
        let readers = file.readers("tests")
        if readers?.isEmpty ?? false { file.problem("tests", "'tests' is empty: without a test nothing can fail") }
        return (readers ?? []).compactMap { reader in
            defer { reader.finish() }
            let name = reader.requiredString("name")
            let given = (reader.readers("given") ?? []).compactMap { RulesTest.Given($0, names) }
            let expected = reader.readers("expect")
            let expectations = (expected ?? []).compactMap { RulesTest.Expectation($0, names) }
            if !reader.has("expect") { reader.problem(nil, "'expect' is missing: a test that expects nothing cannot fail") }
            if expected?.isEmpty ?? false { reader.problem("expect", "'expect' is empty: a test that expects nothing cannot fail") }
            return name.map { RulesTest(name: $0, given: given, expectations: expectations) }
        }
    }
}

extension RulesTest.Given {
    /// `{day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-08, value: 100}`
    fileprivate init?(_ reader: SettingsReader, _ names: RulesTest.Names) {
        defer { reader.finish() }
        let day = reader.day("day")
        if !reader.has("day") { reader.problem(nil, "missing 'day': when the count comes, such as 2026-09-03") }
        let agency = reader.requiredValue("agency", expected: "an agency code such as H52.07") { AgencyCode($0) }
        let measure = reader.requiredValue("measure", expected: "a measure's id such as dossiers.received") { MeasureID($0) }
        let scheme = reader.has("scheme") ? reader.choice("scheme", PeriodScheme.self) : .calendar
        let period = reader.requiredValue("period", expected: "a period such as 2026-08 or 2026-08-31") { text in
            scheme.flatMap { Period(text, scheme: $0) }
        }
        let value = reader.requiredValue("value", expected: "a whole number of 0 or more, or unknown") { text -> Int64?? in
            if text == "unknown" { return .some(nil) }
            return Int64(text).flatMap { $0 < 0 ? nil : .some($0) }
        }
        if let agency, !names.register.knows(agency) {
            reader.problem("agency", names.unknown("agency", agency.text, among: names.codes))
        }
        if let measure, !names.measures.contains(measure) {
            reader.problem("measure", names.unknown("measure", measure.text, among: names.measures.map(\.text)))
        }
        guard let day, let agency, let measure, let period, let value else { return nil }
        self.init(day: day, observation: Observation(cell: CellKey(agency: agency, measure: measure, range: period.range), value: value))
    }
}

extension RulesTest.Expectation {
    /// `{day: 2026-09-03, alerts: ["online/dossier.online/H52.07 firing warning"], letters: [H52.07]}`
    fileprivate init?(_ reader: SettingsReader, _ names: RulesTest.Names) {
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
                if let mistake = names.mistake(inKey: words[0], state: words[1]) { reader.problem(item: text, of: "alerts", mistake) }
                return (words[0], words[1])
            }
        }
        let letters = reader.has("letters") ? reader.strings("letters") ?? [] : nil
        for name in letters ?? [] {
            if let mistake = names.mistake(inAddressee: name) { reader.problem(item: name, of: "letters", mistake) }
        }
        if alerts == nil, letters == nil { reader.problem(nil, "an expectation needs 'alerts', 'letters' or both") }
        guard let day else { return nil }
        self.init(day: day, alerts: alerts, letters: letters, reader: reader)
    }
}
