import ArgumentParser
import Assembly
import Control
import FoundationEssentials
import Model
import Reports
import Settings
import Store

/// What rules would do, before they do it.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Try rules and thresholds on figures that are there; nothing is sent or stored.",
        subcommands: [Check.self, Test.self, Replay.self, Diff.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run tests of the rules: given these counts on these days, these alerts and letters. Exit 1 when one is not as expected.",
            discussion: "docs/rules-tests.md has the form, with an example.")

        @Argument(help: "The files with tests, YAML.", completion: .file(extensions: ["yaml"])) var files: [String]
        @Option(help: "The configuration directory (default: /etc/dondoc).", completion: .directory) var config: String?
        @OptionGroup(title: "The rules") var candidate: CandidateOptions
        @OptionGroup(title: "Output") var display: OutputOptions

        func run() async throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            let outcome: Outcome
            do throws(Failure) {
                let directory = config ?? Offline.defaultDirectory
                let tester = RulesTester(configuration: try Offline.configuration(directory, replacing: candidate.replacements()))
                var count = 0
                var problems: [ProblemsReport.Entry] = []
                for file in files {
                    let (tests, found) = try await tester.run(file)
                    count += tests
                    problems += found.map { ProblemsReport.Entry(file: file, line: $0.line, column: $0.column, message: $0.message) }
                }
                outcome = Test.outcome(count, problems, display.output, language, surroundings)
            } catch {
                outcome = Outcome(.failure(error), format: display.output, language: language, in: surroundings)
            }
            try outcome.conclude(language)
        }

        private static func outcome(
            _ count: Int, _ problems: [ProblemsReport.Entry], _ format: OutputFormat, _ language: Language, _ surroundings: Surroundings
        ) -> Outcome {
            let status: ExitStatus = problems.isEmpty ? .answered : .answerIsNo
            guard format == .table else {
                let sheet = ProblemsReport.sheet(problems, directory: "", language: language)
                return Outcome(output: Outcome.text(Document([.sheet(sheet)]), format, language, surroundings), status: status)
            }
            let summary =
                language == .vietnamese
                ? "\(count) bài kiểm tra, \(problems.count) chỗ không đúng" : "\(count) tests, \(problems.count) not as expected"
            return Outcome(output: (problems.map(\.text) + [summary]).joined(separator: "\n") + "\n", status: status)
        }
    }

    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Judge past days by rules, and print what would have fired and been written beside what really was.",
            discussion: """
                Each day is judged once, at eight or when letters may be written first, from what was known then, by the code that judges live, beginning \
                with the alerts as they stood. Sources are judged by their deliveries; the last day above zero of a rule 'stale' is today's knowledge. \
                docs/rules-tests.md says what else a replay cannot know.
                """)

        @Option(help: "The first day.", transform: Parse.day) var from: Day
        @Option(help: "The last day, today at the latest.", transform: Parse.day) var to: Day
        @OptionGroup(title: "The rules") var candidate: CandidateOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "The database") var place: DatabaseOptions

        func run() throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            let outcome: Outcome
            do throws(Failure) {
                let directory = place.config ?? Offline.defaultDirectory
                let present = try Offline.configuration(directory, replacing: [:])
                let tried = try Offline.configuration(directory, replacing: candidate.replacements())
                let store = try Offline.store(place.path().get(), language)
                let desk = Desk(configuration: present, store: store, language: language, now: Offline.now())
                let document = try desk.replay(tried, from: from, through: to)
                outcome = Outcome(output: Outcome.text(document, display.output, language, surroundings), status: .answered)
            } catch {
                outcome = Outcome(.failure(error), format: display.output, language: language, in: surroundings)
            }
            try outcome.conclude(language)
        }
    }

    struct Diff: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print which alerts would stand otherwise at this moment by the files on disk, or by changed ones.",
            discussion: """
                The running dondocd compares with the rules that it judges by, so this shows what a reload would change. With --database there are no \
                rules in force to compare with: then the files of --rules are held against those of the configuration.
                """)

        @OptionGroup(title: "The rules") var candidate: CandidateOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .rulesDiff(texts: try candidate.replacements()) }

        func run() throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            do {
                try outcome(of: request(), in: surroundings).conclude(language)
            } catch let failure as Failure {
                try Outcome(.failure(failure), format: display.output, language: language, in: surroundings).conclude(language)
            }
        }
    }
}

/// Which rules are tried.
struct CandidateOptions: ParsableArguments {
    @Option(
        help:
            "A directory with rules.yaml, targets.yaml or other files of a configuration; what is not in it is taken from the configuration (default: the configuration's own).",
        completion: .directory) var rules: String?

    private static let names = [
        "rules.yaml", "targets.yaml", "agencies.csv", "successions.csv", "calendar.yaml", "indicators.yaml", "measures.yaml",
    ]

    /// The texts that stand in for those of the configuration.
    func replacements() throws(Failure) -> [String: String] {
        guard let rules else { return [:] }
        var texts: [String: String] = [:]
        for name in CandidateOptions.names {
            guard let data = FileManager.default.contents(atPath: "\(rules)/\(name)") else { continue }
            texts[name] = String(decoding: data, as: UTF8.self)
        }
        guard !texts.isEmpty else {
            throw Failure(
                .refused, "there is none of \(CandidateOptions.names.joined(separator: ", ")) in \(rules)",
                hint: "give the directory that holds the changed ones")
        }
        return texts
    }
}
