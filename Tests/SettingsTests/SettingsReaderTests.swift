import Model
import TestSupport
import Testing

@testable import Settings

@Suite struct SettingsReaderTests {
    /// What reading a file of one mapping gives, and the problems.
    private func read<Value>(_ yaml: String, _ body: (SettingsReader) -> Value?) throws -> (value: Value?, problems: [String]) {
        let directory = try TemporaryDirectory()
        try directory.write(yaml, to: "f.yaml")
        let problems = ProblemList()
        let reader = try #require(YAMLFile(directory: directory.path, problems: problems).reader("f.yaml"))
        let value = body(reader)
        return (value, problems.problems.map(\.description))
    }

    @Test func absentAndEmptyKeysAreNilWithoutAProblem() throws {
        let (value, problems) = try read("a:\nb: ~\n") { reader -> Int? in
            #expect(!reader.has("a") && !reader.has("b") && !reader.has("c"))
            #expect(reader.string("a") == nil && reader.strings("b") == nil && reader.reader("c") == nil)
            #expect(reader.readers("a") == nil && reader.scalars("b") == nil && reader.localized("c") == nil && reader.mapping("a") == nil)
            reader.finish()
            return nil
        }

        #expect(value == nil)
        #expect(problems == [])
    }

    @Test func quotedNullIsAText() throws {
        #expect(try read("a: \"~\"\n") { $0.string("a") }.value == "~")
    }

    @Test(arguments: [("30s", 30), ("5m", 300), ("2h", 7200), ("7d", 604_800)])
    func durationsHaveUnits(_ text: String, _ seconds: Int) throws {
        #expect(try read("a: \(text)\n") { $0.duration("a") }.value == .seconds(seconds))
    }

    @Test(arguments: ["0s", "-1s", "5", "5 m", "1.5h", "m", "1000001s", "5M"])
    func otherDurationsAreProblems(_ text: String) throws {
        let (value, problems) = try read("a: \(text)\n") { $0.duration("a") }

        #expect(value == nil)
        #expect(problems == ["f.yaml:1:4: 'a' is '\(text)', expected a duration such as 30s, 5m, 2h or 7d"])
    }

    @Test(arguments: [("64kB", 64_000), ("8MB", 8_000_000), ("1GB", 1_000_000_000)])
    func sizesAreInPowersOfAThousand(_ text: String, _ bytes: Int) throws {
        #expect(try read("a: \(text)\n") { $0.byteCount("a") }.value == bytes)
    }

    @Test func oneTextStandsForAListOfOne() throws {
        #expect(try read("a: x\n") { $0.strings("a") }.value == ["x"])
        #expect(try read("a: [x, y]\n") { $0.strings("a") }.value == ["x", "y"])
    }

    @Test func wrongFormsAreNamed() throws {
        let yaml = "text: [a]\nlist: {a: b}\ntexts: [[a]]\nmapping: a\nentries: [a]\nscalars: {a: [b]}\nempty: ''\n"

        let (_, problems) = try read(yaml) { reader -> Int? in
            _ = (reader.string("text"), reader.readers("list"), reader.strings("texts"), reader.reader("mapping"), reader.readers("entries"))
            _ = (reader.scalars("scalars"), reader.string("empty"))
            return nil
        }

        #expect(
            problems == [
                "f.yaml:1:7: 'text' must be a text", "f.yaml:2:7: 'list' must be a list", "f.yaml:3:8: 'texts' must be a list of texts",
                "f.yaml:4:10: 'mapping' must be a mapping of keys and values",
                "f.yaml:5:11: each entry of 'entries' must be a mapping of keys and values",
                "f.yaml:6:10: 'scalars' must be a mapping of texts to texts", "f.yaml:7:8: 'empty' must be a text",
            ])
    }

    @Test(arguments: ["password", "token", "secret"])
    func secretsAreSentToTheirFiles(_ key: String) throws {
        let (_, problems) = try read("\(key): hunter2\n") { reader -> Int? in
            reader.finish()
            return nil
        }

        #expect(
            problems == [
                "f.yaml:1:1: unknown key '\(key)'; secrets do not stand in configuration files: "
                    + "write them into a file of their own and its path under '\(key)_file'"
            ])
    }

    @Test func problemsAreInOrderAndOnlyOnce() {
        let list = ProblemList()
        #expect(list.isEmpty)

        for line in [2, 1, 2] { list.add(Problem(file: "b.yaml", line: line, column: 3, message: "is odd")) }
        list.add(Problem(file: "a.csv", message: "is missing"))

        #expect(list.problems.map(\.description) == ["a.csv: is missing", "b.yaml:1:3: is odd", "b.yaml:2:3: is odd"])
    }
}
