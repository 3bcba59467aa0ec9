import Model
import Settings
import TestSupport
import Testing

/// Where the problems of a block stand that a kind of source or rule reads.
@Suite struct ReaderProblemTests {
    /// A rule with these lines below its id and kind, and the list its problems go to.
    private func rule(_ lines: String) throws -> (SettingsReader, ProblemList) {
        let directory = try TemporaryDirectory()
        try directory.write("rules:\n  - id: a\n    kind: b\n\(lines)\n", to: "rules.yaml")
        let problems = ProblemList()
        let (_, _, reader) = try #require(SettingsFiles.rules(in: directory.path, problems: problems).first)
        return (reader, problems)
    }

    @Test func freeKeysKeepTheirOrderAndPlaces() throws {
        let (reader, problems) = try rule("    names:\n      b: 1\n      a: 2")

        #expect(reader.scalars("names")?.map { "\($0.key)=\($0.value)" } == ["b=1", "a=2"])
        reader.problem(scalar: "a", in: "names", "is wrong")
        reader.problem(scalar: "c", in: "names", "is not there")
        #expect(problems.problems.map(\.description) == ["rules.yaml:5:7: is not there", "rules.yaml:6:10: is wrong"])
    }

    @Test func problemsStandAtTheKeysValueOrAtTheBlock() throws {
        let (reader, problems) = try rule("    key: value\n    list: [x, y]")

        reader.problem("key", "one")
        reader.problem(nil, "two")
        reader.problem("absent", "three")
        reader.problem(item: "y", of: "list", "four")
        reader.problem(item: "z", of: "list", "five")

        #expect(
            problems.problems.map(\.description) == [
                "rules.yaml:2:5: three", "rules.yaml:2:5: two", "rules.yaml:4:10: one", "rules.yaml:5:11: five", "rules.yaml:5:15: four",
            ])
    }

    @Test func unknownKeyIsHeldAgainstTheKeysThatWereAskedFor() throws {
        let (reader, problems) = try rule("    treshold: 5\n    token: abc\n    other: 1")

        _ = reader.integer("threshold", in: 1...9)
        _ = reader.string("bearer_file")
        reader.finish()

        #expect(
            problems.problems.map(\.description) == [
                "rules.yaml:4:5: unknown key 'treshold'; did you mean 'threshold'?",
                "rules.yaml:5:5: unknown key 'token'; secrets do not stand in configuration files: write them into a file of their own "
                    + "and its path under 'bearer_file'",
                "rules.yaml:6:5: unknown key 'other'",
            ])
        #expect(!problems.problems.contains { $0.description.contains("abc") })
    }

    @Test func requiredKeysAreMissedAtTheBlock() throws {
        let (reader, problems) = try rule("    a: 1")

        #expect(reader.requiredString("b") == nil)
        #expect(reader.requiredValue("c", expected: "a number", Int.init) == nil)

        #expect(problems.problems.map(\.description) == ["rules.yaml:2:5: 'b' is missing", "rules.yaml:2:5: 'c' is missing"])
    }

    @Test func textsInBothLanguagesNeedBoth() throws {
        let (reader, problems) = try rule("    action: {vi: Báo cáo, en: Report}\n    title: {vi: Báo cáo}")

        #expect(reader.localized("action") == LocalizedText(vietnamese: "Báo cáo", english: "Report"))
        #expect(reader.localized("title") == nil)
        #expect(problems.problems.map(\.description) == ["rules.yaml:5:12: 'en' is missing"])
    }
}
