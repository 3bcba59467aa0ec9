import ArgumentParser
import Control
import Model
import Reports

extension RulesCommand {
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every problem of rules, targets, indicators and measures as file:line:column: message; exits as config check.",
            discussion: """
                What is wrong elsewhere in the configuration is for `dondoc config check` to say, unless it keeps the rules from being checked: then the \
                problems of agencies.csv and successions.csv are printed too.
                """)

        @OptionGroup var place: DirectoryOptions
        @OptionGroup(title: "The rules") var candidate: CandidateOptions
        @OptionGroup(title: "Output") var display: OutputOptions

        func run() throws {
            let surroundings = Surroundings.current()
            let path = place.path
            let language = display.lang ?? surroundings.language
            let outcome: Outcome
            do throws(Failure) {
                let (problems, _) = Offline.check(configuration: path, replacing: try candidate.replacements(), language: language)
                let verdict = ConfigurationVerdict(directory: path, problems: Check.concerning(problems, directory: path), warnings: [])
                outcome = verdict.outcome(display.output, language, surroundings)
            } catch {
                outcome = Outcome(.failure(error), format: display.output, language: language, in: surroundings)
            }
            try outcome.conclude(language)
        }

        private static let judged: Set<String> = ["rules.yaml", "targets.yaml", "indicators.yaml", "measures.yaml"]
        private static let register: Set<String> = ["agencies.csv", "successions.csv"]

        /// The problems that concern what is judged, and those of the register: without it rules cannot be checked, so to be silent about it would
        /// call good what nobody has looked at. A problem of the directory as a whole is one of the rules too.
        static func concerning(_ problems: [ProblemsReport.Entry], directory: String) -> [ProblemsReport.Entry] {
            problems.filter { judged.contains($0.file) || register.contains($0.file) || $0.file == directory }
        }
    }
}
