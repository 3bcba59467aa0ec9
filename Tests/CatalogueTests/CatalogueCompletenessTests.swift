import Connectors
import Foundation
import Model
import Rules
import Settings
import TestSupport
import Testing

/// Nothing that the dispatch makes countable is missing from the catalogue, and nothing in it lacks a use, a sample or a page.
@Suite struct CatalogueCompletenessTests {
    /// By id, because letters, targets and the demo's sources name them; renaming one is a change of the operators' files.
    static let demanded = [
        "email.active", "email.issued", "email.sent", "doc.signed", "doc.electronic", "dossier.online", "dossier.online34", "dossier.fullonline",
        "service.used", "dossier.late.resolved", "dossier.late.workload", "dossier.late.national", "dossier.overdue_open", "dossier.apology",
        "portal.cchc_posts", "portal.stale_days", "tthc.publish_ontime", "tthc.update_ontime", "tthc.content_full", "tthc.posted",
        "report.self_review", "report.remediation", "task.overdue", "plan.tasks_done", "inspection.held", "time.reduced", "reg.expired_basis",
        "satisfaction",
    ]

    /// Measures that no definition reads: they are delivered so that an operator can check dossiers received by channel, and
    /// carried + received = resolved + open.
    static let forChecking: Set<String> = ["dossiers.carried", "dossiers.received.direct", "dossiers.received.postal", "dossiers.resolved.on_time"]

    private func shipped() throws -> CoreSettings {
        try #require(SettingsFiles.core(in: repository("config"), problems: ProblemList()))
    }

    private func page(_ name: String) throws -> String { try String(contentsOfFile: repository("docs/\(name)"), encoding: .utf8) }

    @Test(arguments: demanded)
    func demandedIndicatorIsInTheCatalogue(id: String) throws {
        #expect(try shipped().indicators.contains { $0.id == id })
    }

    @Test func everyMeasureIsReadByADefinitionOrIsThereForChecking() throws {
        let core = try shipped()
        let definitions = core.indicators.flatMap(\.definitions)
        let read = Set(definitions.flatMap { $0.measures + [$0.reportedPercent].compactMap { $0 } }.map(\.text))

        let unread = Set(core.measures.keys.map(\.text)).subtracting(read)

        #expect(unread == Self.forChecking)
    }

    /// A count is printed as a whole number, and a percentage with the decimals that sources print.
    @Test func countsAreWholeAndReportedPercentagesHaveDecimals() throws {
        let core = try shipped()
        for indicator in core.indicators {
            for definition in indicator.definitions {
                if indicator.unit == .count {
                    #expect(definition.measures.allSatisfy { core.measures[$0]?.scale == 0 }, "\(indicator.id)")
                }
                if let percent = definition.reportedPercent { #expect(core.measures[percent]?.scale == 2, "\(percent)") }
            }
        }
    }

    @Test(arguments: RuleCatalogue.kinds.map(\.name))
    func ruleKindHasASampleAndIsDocumented(kind: String) throws {
        // Samples that are off are comments; `ShippedConfigurationTests` loads them switched on.
        let sample = try String(contentsOfFile: repository("config/rules.yaml"), encoding: .utf8)

        #expect(sample.contains("kind: \(kind)\n"))
        #expect(try page("configuration.md").contains("\n| `\(kind)` |"), "docs/configuration.md has no line for it")
    }

    @Test(arguments: ConnectorCatalogue.kinds.map(\.name))
    func connectorKindHasASampleAndIsDocumented(kind: String) throws {
        let sources = SettingsFiles.sources(in: repository("config"), problems: ProblemList())

        #expect(sources.contains { $0.0.kind == kind })
        #expect(try page("sources.md").contains("`\(kind)`"), "docs/sources.md does not name it")
    }
}
