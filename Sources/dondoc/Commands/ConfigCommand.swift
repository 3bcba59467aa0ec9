import ArgumentParser
import Model
import Reports

/// What can be asked of a configuration directory, without the daemon.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "The configuration directory.", subcommands: [Check.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print every problem of a configuration as file:line:column: message; exit 0 when there is none, 1 otherwise.")

        @OptionGroup var place: DirectoryOptions
        @OptionGroup(title: "Output") var display: OutputOptions

        func run() throws {
            let surroundings = Surroundings.current()
            let path = place.path
            let language = display.lang ?? surroundings.language
            let (problems, warnings) = Offline.fullCheck(configuration: path, language: language)
            let verdict = ConfigurationVerdict(directory: path, problems: problems, warnings: warnings)
            try verdict.outcome(display.output, language, surroundings).conclude(language)
        }
    }
}

/// What `config check` found.
struct ConfigurationVerdict {
    let directory: String
    let problems: [ProblemsReport.Entry]
    let warnings: [String]

    /// For people one line a problem, as compilers write it; for programs a sheet.
    func outcome(_ format: OutputFormat, _ language: Language, _ surroundings: Surroundings) -> Outcome {
        let status: ExitStatus = problems.isEmpty ? .answered : .answerIsNo
        guard format == .table else {
            let sheet = ProblemsReport.sheet(problems, directory: directory, language: language)
            return Outcome(output: Outcome.text(Document([.sheet(sheet)]), format, language, surroundings), status: status)
        }
        let lines = problems.map(\.text) + warnings + [summary(language)]
        return Outcome(output: lines.joined(separator: "\n") + "\n", status: status)
    }

    private func summary(_ language: Language) -> String {
        switch (problems.count, language) {
        case (0, .vietnamese): "\(directory): cấu hình hợp lệ"
        case (0, .english): "\(directory): the configuration is good"
        case (let count, .vietnamese): "\(directory): \(count) lỗi"
        case (1, .english): "\(directory): 1 problem"
        case (let count, .english): "\(directory): \(count) problems"
        }
    }
}
