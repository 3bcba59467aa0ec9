import Connectors
import Foundation
import Model
import Rules
import Settings
import TestSupport
import Testing

/// The configuration that `make install` puts into place.
@Suite struct ShippedConfigurationTests {
    /// Everything that `directory` holds, as the daemon reads it, with all problems.
    private func load(_ directory: String) -> (core: CoreSettings?, rules: [any Rule], problems: [String]) {
        let problems = ProblemList()
        let core = SettingsFiles.core(in: directory, problems: problems)
        let sources = SettingsFiles.sources(in: directory, problems: problems)
        let blocks = SettingsFiles.rules(in: directory, problems: problems)
        var rules: [any Rule] = []
        if let core {
            let sourceContext = SourceContext(
                directory: directory, measures: core.measures, answerBytes: core.province.limits.answerBytes)
            for (source, reader) in sources { _ = ConnectorCatalogue.make(source, reader, sourceContext) }
            let ruleContext = RuleContext(
                indicators: core.indicators, measures: core.measures, register: core.register, sources: sources.map(\.0.id))
            rules = blocks.compactMap { RuleCatalogue.make(id: $0.id, kind: $0.kind, $0.2, ruleContext) }
        }
        return (core, rules, problems.problems.map(\.description))
    }

    private func shipped() throws -> CoreSettings { try #require(load(repository("config")).core) }

    @Test func everythingLoadsWithoutAProblem() throws {
        let (core, rules, problems) = load(repository("config"))

        #expect(problems == [])
        #expect(core?.province.province.text == "H52")
        #expect(rules.map(\.id) == ["threshold", "not-reported", "source-silent"])
    }

    /// Disabled settings are comments that begin with `#` and a key; switched on, they must load as well.
    @Test func settingsThatAreOffLoadWhenTheyAreSwitchedOn() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.removeItem(atPath: directory.path)
        try directory.copy(repository("config"), to: "")
        for name in ["dondoc.yaml", "rules.yaml", "targets.yaml"] {
            let text = try String(contentsOfFile: directory.file(name), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { $0 != "targets: []" }.map(Self.switchedOn)
            try directory.write(lines.joined(separator: "\n"), to: name)
        }

        let (core, rules, problems) = load(directory.path)

        #expect(problems == [])
        #expect(core?.province.mail?.relays.first?.port == 587)
        #expect(core?.targets.all.count == 1)
        #expect(
            rules.map(\.id) == [
                "threshold", "not-reported", "source-silent", "portal-stale", "online-falls", "late-rises", "getting-worse", "last-communes",
                "source-contradicts", "dossiers-add-up", "restated", "year-at-risk", "remediation-2026",
            ])
    }

    private static func switchedOn(_ line: Substring) -> String {
        let indent = line.prefix { $0 == " " }
        let rest = line.dropFirst(indent.count)
        guard rest.hasPrefix("#"), let next = rest.dropFirst().first else { return String(line) }
        let isSetting = next.isLetter || next == "-" || rest.dropFirst().hasPrefix("  ")
        return isSetting ? String(indent) + String(rest.dropFirst()) : String(line)
    }

    @Test func exampleSourceIsOffAndThereIsNoThreshold() throws {
        let problems = ProblemList()

        let sources = SettingsFiles.sources(in: repository("config"), problems: problems)

        #expect(sources.map { $0.0.isEnabled } == [false])
        #expect(try shipped().targets.all.isEmpty)
    }
}
