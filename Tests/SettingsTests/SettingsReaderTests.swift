import Model
import Settings
import TestSupport
import Testing

/// What kinds of sources and rules read their own keys with.
@Suite struct SettingsReaderTests {
    /// A rule with these lines below its id and kind, and the list its problems go to.
    private func rule(_ lines: String) throws -> (SettingsReader, ProblemList) {
        let directory = try TemporaryDirectory()
        try directory.write("rules:\n  - id: a\n    kind: b\n\(lines)\n", to: "rules.yaml")
        let problems = ProblemList()
        let (_, _, reader) = try #require(SettingsFiles.rules(in: directory.path, problems: problems).first)
        return (reader, problems)
    }

    @Test(arguments: [("30s", 30), ("5m", 300), ("2h", 7200), ("7d", 604_800)])
    func durationsCarryTheirUnit(text: String, seconds: Int) throws {
        let (reader, problems) = try rule("    wait: \(text)")

        #expect(reader.duration("wait") == .seconds(seconds))
        #expect(problems.isEmpty)
    }

    @Test(arguments: [("64kB", 64_000), ("8MB", 8_000_000), ("1GB", 1_000_000_000)])
    func sizesArePowersOfAThousand(text: String, bytes: Int) throws {
        let (reader, problems) = try rule("    most: \(text)")

        #expect(reader.byteCount("most") == bytes)
        #expect(problems.isEmpty)
    }

    @Test func absentAndEmptyKeysAreNil() throws {
        let (reader, problems) = try rule("    empty:\n    null_too: ~")

        #expect(!reader.has("empty") && !reader.has("null_too") && !reader.has("absent"))
        #expect(reader.string("empty") == nil && reader.day("absent") == nil && reader.strings("null_too") == nil)
        reader.finish()
        #expect(problems.isEmpty)
    }

    @Test func listsMayBeOneText() throws {
        let (reader, _) = try rule("    one: all\n    some: [a, b]")

        #expect(reader.strings("one") == ["all"])
        #expect(reader.strings("some") == ["a", "b"])
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

    @Test func wrongFormsAreToldWithTheirPlace() throws {
        let (reader, problems) = try rule("    text: [a]\n    list: {a: b}\n    map: text\n    free: {a: [b]}\n    items: [a]")

        #expect(reader.string("text") == nil && reader.strings("list") == nil && reader.reader("map") == nil)
        #expect(reader.scalars("free") == nil && reader.readers("items")?.isEmpty == true)
        #expect(reader.readers("map") == nil && reader.mapping("map") == nil)

        #expect(
            problems.problems.map(\.description) == [
                "rules.yaml:4:11: 'text' must be a text", "rules.yaml:5:11: 'list' must be a list of texts",
                "rules.yaml:6:10: 'map' must be a list", "rules.yaml:6:10: 'map' must be a mapping of keys and values",
                "rules.yaml:7:11: 'free' must be a mapping of texts to texts",
                "rules.yaml:8:13: each entry of 'items' must be a mapping of keys and values",
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

    @Test func problemOfAWholeFileHasNoPlace() {
        #expect(Problem(file: "a.yaml", message: "is missing").description == "a.yaml: is missing")
        #expect(Problem(file: "a.yaml", line: 2, column: 3, message: "x") < Problem(file: "a.yaml", line: 10, column: 1, message: "x"))
    }
}
