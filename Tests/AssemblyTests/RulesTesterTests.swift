import Assembly
import Foundation
import Settings
import TestSupport
import Testing

/// Tests of rules, tested: the example passes, and whatever is not as expected is said at its place.
@Suite struct RulesTesterTests {
    private func tester(urging: String = "", rules: String? = nil) throws -> RulesTester {
        var texts: [String: String] = [:]
        for name in ["rules.yaml", "targets.yaml", "agencies.csv"] {
            texts[name] = try String(contentsOfFile: repository("docs/examples/rules-tests/\(name)"), encoding: .utf8)
        }
        if !urging.isEmpty {
            texts["dondoc.yaml"] = try String(contentsOfFile: repository("config/dondoc.yaml"), encoding: .utf8) + "\nurging: {\(urging)}\n"
        }
        texts["rules.yaml"] = rules ?? texts["rules.yaml"]
        return RulesTester(configuration: try Configuration.load(repository("config"), replacing: texts).get())
    }

    private func messages(_ text: String, by tester: RulesTester? = nil) async throws -> [String] {
        let directory = try TemporaryDirectory()
        try directory.write(text, to: "tests.yaml")
        return try await (tester ?? self.tester()).run(directory.file("tests.yaml")).problems.map(\.description)
    }

    @Test func theExampleOfTheManualPasses() async throws {
        let (tests, problems) = try await tester().run(repository("docs/examples/rules-tests/online.yaml"))

        #expect(tests == 3)
        #expect(problems == [])
    }

    @Test(arguments: ["hours: \"08:30-17:00\"", "hours: \"06:00-07:00\"", "hours: \"00:00-00:01\"", "only_working_days: true"])
    func theExamplePassesAtAnyHoursOfWriting(urging: String) async throws {
        let problems = try await tester(urging: urging).run(repository("docs/examples/rules-tests/online.yaml")).problems

        #expect(problems == [])
    }

    @Test func lettersAreGatheredAsLiveOnesAre() async throws {
        // 3 September is a Thursday, 7 September a Monday.
        let found = try await messages(
            """
            tests:
              - name: Gom đến chín giờ thứ Hai
                given:
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-08, value: 100}
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received.online, period: 2026-08, value: 45}
                expect:
                  - {day: 2026-09-03, alerts: ["online/dossier.online/H52.07 firing warning"], letters: []}
                  - {day: 2026-09-04, letters: []}
                  - {day: 2026-09-07, letters: [H52.07]}
                  - {day: 2026-09-10, letters: []}
                  - {day: 2026-09-14, letters: [H52.07]}

            """, by: try tester(urging: "gathered: \"0 9 * * 1\""))

        #expect(found == [])
    }

    @Test func theDaysToCorrectFiguresEndWithoutADelivery() async throws {
        let rules = "rules:\n  - {id: online, kind: threshold, indicators: [dossier.online], working_days: 5}\n"
        let found = try await messages(
            """
            tests:
              - name: Chờ năm ngày làm việc
                given:
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-08, value: 100}
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received.online, period: 2026-08, value: 45}
                expect:
                  - {day: 2026-09-09, alerts: ["online/dossier.online/H52.07 pending warning"], letters: []}
                  - {day: 2026-09-10, alerts: ["online/dossier.online/H52.07 firing warning"], letters: [H52.07]}
                  - {day: 2026-09-25, alerts: ["online/dossier.online/H52.07 firing warning"]}

            """, by: try tester(rules: rules))

        #expect(found == [])
    }

    @Test func whatIsNotAsExpectedIsSaidAtItsPlace() async throws {
        let found = try await messages(
            """
            tests:
              - name: Sai
                given:
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-08, value: 100}
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received.online, period: 2026-08, value: 45}
                expect:
                  - day: 2026-09-03
                    alerts: ["online/dossier.online/H52.07 firing critical"]
                    letters: []
                  - day: 2026-09-04
                    letters: [H52.07, operators]

            """)

        #expect(
            found == [
                "tests.yaml:8:17: Sai: on 2026-09-03 the alert online/dossier.online/H52.07 is expected to be 'firing critical', and is 'firing warning'",
                "tests.yaml:9:18: Sai: on 2026-09-03 letters are expected to nobody, and are written to H52.07",
                "tests.yaml:11:18: Sai: on 2026-09-04 letters are expected to H52.07, operators, and are written to nobody",
            ])
    }

    @Test func aSlipCannotLookLikeAnExpectationThatHolds() async throws {
        let found = try await messages(
            """
            tests:
              - name: Gõ nhầm
                given:
                  - {day: 2026-09-03, agency: H52.77, measure: dossiers.recieved, period: 2026-08, value: -5}
                expect:
                  - day: 2026-09-03
                    alerts: ["gibberish none", "onlin/dossier.online/H52.07 none", "online/dossier.onlin/H52.07 none"]
                    letters: [H52.7, operator]
                  - day: 2026-09-04
                    alerts: ["online/dossier.online/H52.77 none", "online/dossier.online/H52.07 firing"]
              - {name: Trống, expect: []}

            """)

        #expect(
            found == [
                "tests.yaml:4:35: there is no agency 'H52.77'; did you mean 'H52.07'?",
                "tests.yaml:4:52: there is no measure 'dossiers.recieved'; did you mean 'dossiers.received'?",
                "tests.yaml:4:95: 'value' is '-5', expected a whole number of 0 or more, or unknown",
                "tests.yaml:7:18: 'gibberish' is not an alert's key; write rule/subject/agency as dondoc alerts list prints it",
                "tests.yaml:7:36: there is no rule 'onlin'; did you mean 'online'?",
                "tests.yaml:7:72: the rule 'online' has no alerts about 'dossier.onlin'; did you mean 'dossier.online'?",
                "tests.yaml:8:19: there is no agency 'H52.7'; did you mean 'H52.07'?",
                "tests.yaml:8:26: there is no agency 'operator'; did you mean 'operators'?",
                "tests.yaml:10:18: there is no agency 'H52.77'; did you mean 'H52.07'?",
                "tests.yaml:10:55: 'firing' is not the state of an alert; write none, resolved, or one of "
                    + "pending, firing, reopened, acknowledged, silenced, suppressed, closed with a severity, such as firing warning",
                "tests.yaml:11:27: 'expect' is empty: a test that expects nothing cannot fail",
            ])
        #expect(try await messages("tests: []\n") == ["tests.yaml:1:8: 'tests' is empty: without a test nothing can fail"])
    }

    @Test func aDocumentThatCameLateEndsWhatIsOwedOnItsDay() async throws {
        let rules = """
            rules:
              - id: report
                kind: obligation
                title: {vi: Báo cáo, en: Report}
                due: 2026-10-15
                agencies: [H52.07]
                received: [{agency: H52.07, on: 2026-10-20, evidence: 123/BC}]

            """
        let found = try await messages(
            """
            tests:
              - name: Nộp muộn
                given: []
                expect:
                  - {day: 2026-10-15, alerts: ["report/report/H52.07 none"]}
                  - {day: 2026-10-16, alerts: ["report/report/H52.07 firing warning"], letters: [H52.07]}
                  - {day: 2026-10-20, alerts: ["report/report/H52.07 resolved"]}

            """, by: try tester(rules: rules))

        #expect(found == [])
    }

    @Test func mistakesInATestAreNamedBeforeItRuns() async throws {
        let found = try await messages(
            """
            tests:
              - name: Thiếu
                given:
                  - {day: 2026-09-03, agency: H52.07, measure: dossiers.received, period: 2026-13, value: 1.5}
              - name: Không mong đợi gì
                expect:
                  - {day: 2026-09-03}
                  - {day: 2026-09-03, alerts: [online]}

            """)

        #expect(
            found == [
                "tests.yaml:2:5: 'expect' is missing: a test that expects nothing cannot fail",
                "tests.yaml:4:79: 'period' is '2026-13', expected a period such as 2026-08 or 2026-08-31",
                "tests.yaml:4:95: 'value' is '1.5', expected a whole number of 0 or more, or unknown",
                "tests.yaml:7:9: an expectation needs 'alerts', 'letters' or both",
                "tests.yaml:8:36: 'online' is not an alert and its state; write rule/subject/agency firing warning, or … none",
            ])
    }
}
