import Foundation
import Model
import Settings
import TestSupport
import Testing

/// The catalogue of the dispatch, and the page that shows it.
@Suite struct CatalogueTests {
    private static func shipped() throws -> CoreSettings {
        try #require(SettingsFiles.core(in: repository("config"), problems: ProblemList()))
    }

    @Test func pageShowsTheCatalogueAsItIs() throws {
        let url = URL(filePath: repository("docs/indicators.md"))
        let page = try String(contentsOf: url, encoding: .utf8)
        let before = try #require(page.firstRange(of: CatalogueTable.mark)).upperBound
        let core = try Self.shipped()

        let wanted = page[..<before] + CatalogueTable.markdown(indicators: core.indicators, measures: core.measures)

        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(wanted.utf8).write(to: url) }
        #expect(try String(contentsOf: url, encoding: .utf8) == String(wanted), "run `make golden` and review the difference")
    }

    /// Letters of weak spots of paragraph 3, and the numbers of the demands, that can be counted.
    @Test(arguments: ["(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "1.2", "1.3", "1.4", "1.5", "1.7", "1.8", "1.9", "1.10", "1.11"])
    func everyCountableClauseHasAnIndicator(clause: String) throws {
        let clauses = try Self.shipped().indicators.flatMap { indicator in
            indicator.clause.split(whereSeparator: { ";, ".contains($0) }).map(String.init)
        }

        #expect(clauses.contains(clause))
    }

    @Test func threeDefinitionsOfLatenessAreThreeIndicatorsWithThreeDenominators() throws {
        let late = try Self.shipped().indicators.filter { $0.id.hasPrefix("dossier.late.") }

        #expect(late.map(\.id) == ["dossier.late.resolved", "dossier.late.workload", "dossier.late.national"])
        #expect(Set(late.compactMap { $0.definitions.last?.denominator?.description }).count == 3)
        #expect(late.allSatisfy { $0.direction == .lowerIsBetter && $0.unit == .percent })
    }

    @Test func seriesOfLevelsThreeAndFourAndOfFullyOnlineNeverShareADay() throws {
        let indicators = try Self.shipped().indicators
        let old = try #require(indicators.first { $0.id == "dossier.online34" }?.definitions.last)
        let new = try #require(indicators.first { $0.id == "dossier.fullonline" }?.definitions.first)

        #expect(old.effectiveTo == new.effectiveFrom)
        #expect(Set(old.measures).isDisjoint(with: new.measures))
    }

    @Test func everyDefinitionQuotesTheDispatchAndIsWordedInBothLanguages() throws {
        for indicator in try Self.shipped().indicators {
            for definition in indicator.definitions {
                #expect(definition.legalBasis.hasPrefix("Công văn số 852…/UBND-NC ngày 25/10/2019"), "\(indicator.id)")
                #expect(definition.wording.vietnamese != definition.wording.english, "\(indicator.id)")
            }
        }
    }

    @Test func everyTitleAndUnitIsVietnameseInCanonicalForm() throws {
        let core = try Self.shipped()

        for text in core.indicators.map(\.title.vietnamese) + core.measures.values.map(\.title.vietnamese) {
            #expect(text.unicodeScalars.elementsEqual(text.precomposedStringWithCanonicalMapping.unicodeScalars), "\(text)")
        }
    }
}
