import Foundation
import Model
import Rules
import Settings
import Testing

/// Blocks of rules.yaml become rules, or all their problems.
@Suite struct RuleCatalogueTests {
    private typealias F = Fixture

    /// Indicators that do not add up over a year: by their unit, their period, what they rest on.
    private static var withoutAYear: [Indicator] {
        let text = LocalizedText(vietnamese: "", english: "")
        let rows: [(String, Indicator.Unit, Period.Kind, String)] = [
            ("staff.days", .perWorkingDay, .month, "part"), ("tasks.weekly", .count, .week, "part"), ("staff.count", .count, .month, "staff"),
        ]
        return rows.map { id, unit, period, numerator in
            let definition = Indicator.Definition(version: 1, numerator: Expression(numerator) ?? F.fail(numerator), wording: text, legalBasis: "")
            return Indicator(
                id: id, title: text, clause: "", direction: .higherIsBetter, unit: unit, scheme: .calendar, period: period, definitions: [definition])
        }
    }

    private func load(_ blocks: String) throws -> (rules: [any Rule], problems: [String]) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "dondoc-rules-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try ("rules:\n" + blocks).write(to: folder.appending(path: "rules.yaml"), atomically: true, encoding: .utf8)
        let posts = Measure(id: F.id("portal.cchc_posts"), title: LocalizedText(vietnamese: "", english: ""))
        let staff = Measure(id: F.id("staff"), title: LocalizedText(vietnamese: "", english: ""), kind: .stock)
        let context = RuleContext(
            indicators: [F.indicator("dossier.online"), F.indicator("dossier.late", .lowerIsBetter)] + RuleCatalogueTests.withoutAYear,
            measures: [posts.id: posts, staff.id: staff],
            register: Register(agencies: [F.agency]), sources: ["one-stop", "mail"])
        let problems = ProblemList()
        let rules = SettingsFiles.rules(in: folder.path, problems: problems).compactMap { id, kind, reader in
            RuleCatalogue.make(id: id, kind: kind, reader, context)
        }
        return (rules, problems.problems.map(\.message))
    }

    @Test func everyKeyOfEveryKindIsRead() throws {
        let (rules, problems) = try load(
            """
              - id: online
                kind: threshold
                indicators: [dossier.online]
                levels: [department]
                agencies: [H52.01]
                for: 2
                minimum_coverage: 90
                legal_basis: QĐ 766/QĐ-TTg
                action: {vi: rà soát, en: review}
                except:
                  - {agency: H52.01, from: 2026-08-01, to: 2026-09-30, reason: chuyển trụ sở}
                  - {agency: H52.01, from: 2026-10-01, reason: nâng cấp hệ thống}
              - id: report
                kind: not-reported
                indicators: all
                due: 1
                from: 2026-01-01
                severity: critical
                legal_basis: NĐ 09/2019/NĐ-CP
              - id: portal
                kind: stale
                measure: portal.cchc_posts
                limit: 30
                working_days: true
              - id: sources
                kind: stale
                sources: all
                limit: 2
              - id: falling
                kind: drop
                indicators: [dossier.online]
                by: 10
                for: 2
                working_days: 3

            """)

        #expect(problems.isEmpty)
        let threshold = try #require(rules.first as? ThresholdRule)
        #expect(threshold.patience == Patience(periods: 2))
        #expect((rules.last as? ChangeRule)?.keys.patience == Patience(periods: 2, workingDays: 3))
        #expect(threshold.minimumCoverage == 90)
        #expect(threshold.legalBasis == "QĐ 766/QĐ-TTg")
        #expect(threshold.scope.levels == [.department])
        #expect(threshold.scope.agencies == [F.agency.code])
        #expect(
            threshold.exemptions == [
                Exemption(agency: F.agency.code, from: F.day("2026-08-01"), to: F.day("2026-10-01"), reason: "chuyển trụ sở"),
                Exemption(agency: F.agency.code, from: F.day("2026-10-01"), reason: "nâng cấp hệ thống"),
            ])
        #expect(threshold.action == LocalizedText(vietnamese: "rà soát", english: "review"))
        let report = try #require(rules[1] as? NotReportedRule)
        #expect(report.scope.indicators.count == 5)
        #expect(report.due == 1)
        #expect(report.from == F.day("2026-01-01"))
        #expect(report.severity == .critical)
        #expect((rules[2] as? StaleRule)?.watched == .measure(F.id("portal.cchc_posts"), workingDays: true))
        #expect((rules[3] as? StaleRule)?.watched == .sources(nil))
    }

    @Test(arguments: [
        (
            "kind: treshold",
            "unknown kind 'treshold', expected one of threshold, not-reported, stale, drop, rise, trend, rank, contradiction, budget, restated, obligation; did you mean 'threshold'?"
        ),
        ("kind: threshold", "missing 'indicators': list the ids of indicators, or write 'all'"),
        ("kind: threshold\n    indicators: dossier.onlin", "unknown indicator 'dossier.onlin'; did you mean 'dossier.online'?"),
        (
            "kind: threshold\n    indicators: [dossier.online]\n    working_days: 30",
            "'working_days' is 30, but the next month is over before that and nobody would be told; at most 15"
        ),
        ("kind: threshold\n    indicators: []", "'indicators' is empty: name at least one indicator, or leave the key out"),
        ("kind: threshold\n    indicators: all\n    levels: [comune]", "unknown level 'comune'; did you mean 'commune'?"),
        ("kind: threshold\n    indicators: all\n    agencies: [H52.99]", "unknown agency code 'H52.99'"),
        ("kind: not-reported\n    indicators: all", "missing 'from': the first day of the periods that agencies owe, such as 2026-01-01"),
        (
            "kind: stale\n    limit: 3",
            "a rule of kind 'stale' needs either 'measure' (what agencies must not stop doing) or 'sources' (all, or a list of ids)"
        ),
        ("kind: stale\n    sources: all", "missing 'limit': the days that may pass without anything new"),
        ("kind: stale\n    limit: 3\n    measure: portal.cchc_post", "unknown measure 'portal.cchc_post'; did you mean 'portal.cchc_posts'?"),
        (
            "kind: drop\n    indicators: all",
            "missing 'by': how far the figure may move, in points, or in percent of the older one with 'relative: true'"
        ),
        ("kind: rise\n    indicators: all\n    by: -3", "'by' is '-3', expected a number such as 10 or 2.5"),
        ("kind: trend\n    indicators: all\n    for: 1", "'for' is '1', expected a whole number from 2 to 24"),
        (
            "kind: rank\n    indicators: all\n    last: 3\n    below_median_by: 10",
            "a rule of kind 'rank' needs either 'last' (how many at the end of a level) or 'below_median_by' (how far from its middle)"
        ),
        ("kind: threshold\n    indicators: all\n    except: [{agency: H52.01, from: 2026-08-01}]", "'reason' is missing"),
        (
            "kind: threshold\n    indicators: all\n    except: [{agency: H52.01, reason: x}]",
            "missing 'from': the first day on which the agency is excepted"
        ),
        (
            "kind: threshold\n    indicators: all\n    except: [{agency: H52.99, from: 2026-08-01, reason: x}]",
            "no agency has the code 'H52.99' in agencies.csv"
        ),
        (
            "kind: threshold\n    indicators: all\n    except: [{agency: H52.01, from: 2026-08-02, to: 2026-08-01, reason: x}]",
            "'to' is 2026-08-01, before 'from', which is 2026-08-02"
        ),
        (
            "kind: threshold\n    indicators: all\n    except:\n      - {agency: H52.01, from: 2026-08-01, reason: x}\n"
                + "      - {agency: H52.01, from: 2026-07-01, to: 2026-08-01, reason: x}",
            "'H52.01' is excepted twice on some of these days; end one with 'to'"
        ),
        (
            "kind: budget\n    indicators: staff.days",
            "'staff.days' is of the unit per-working-day, which has no total over a year; name indicators of the units percent and count"
        ),
        (
            "kind: budget\n    indicators: tasks.weekly",
            "'tasks.weekly' is judged by the week, of which a year has no several; name those of a month, a quarter or a half"
        ),
        (
            "kind: budget\n    indicators: staff.count",
            "'staff.count' rests on 'staff', which is a stock and does not add up over a year; name indicators of flows"
        ),
        ("kind: budget\n    indicators: dossier.online\n    target: 101", "'dossier.online' is a percentage, and 'target' is 101"),
        ("kind: budget\n    indicators: dossier.online\n    after: 12", "'after' is '12', expected a whole number from 1 to 11"),
        ("kind: obligation\n    due: 2026-12-15", "missing 'title': what is owed, {vi: …, en: …}"),
        (
            "kind: obligation\n    title: {vi: Báo cáo, en: Report}", "missing 'due': the last day on which it is in time, such as 2026-12-15"
        ),
        (
            "kind: obligation\n    title: {vi: a, en: b}\n    due: 2026-12-15\n    received: [{agency: H52.99, on: 2026-12-01}]",
            "no agency has the code 'H52.99' in agencies.csv"
        ),
        (
            "kind: threshold\n    indicators: all\n    levels: [commune]\n    agencies: [H52.01]",
            "'H52.01' is of the level department, which 'levels' leaves out; name that level too, or take the agency out"
        ),
        ("kind: stale\n    limit: 3\n    sources: [one-stopp]", "unknown source 'one-stopp'; did you mean 'one-stop'?"),
    ])
    func mistakeIsSaidWithItsRemedy(block: String, message: String) throws {
        let (rules, problems) = try load("  - id: sample\n    \(block)\n")

        #expect(rules.isEmpty)
        #expect(problems.contains { $0.hasPrefix(message) })
    }

    @Test func kindsHaveASummaryInBothLanguages() {
        #expect(
            RuleCatalogue.kinds.map(\.name) == [
                "threshold", "not-reported", "stale", "drop", "rise", "trend", "rank", "contradiction", "budget", "restated", "obligation",
            ])
        #expect(RuleCatalogue.kinds.allSatisfy { !$0.summary.vietnamese.isEmpty && !$0.summary.english.isEmpty })
    }
}
