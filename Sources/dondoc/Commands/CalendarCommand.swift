import ArgumentParser
import Assembly
import Control
import Model
import Reports

/// What can be asked of the working calendar.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "The working days of state agencies, which deadlines are counted by.",
        subcommands: [Show.self, Check.self])

    struct Show: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print a year's holidays, days in lieu, swaps and worked weekends, and the working days of each month.",
            discussion: "The daemon answers with the calendar it runs with. With --config DIR alone, calendar.yaml is read as it is on disk.")

        @Argument(help: "The year, 2026.", transform: Parse.year) var year: Int
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .calendarShow(year: year) }

        func run() throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            guard let directory = place.config, place.database == nil, place.socket == nil else {
                return try outcome(of: request(), in: surroundings).conclude(language)
            }
            let response = Offline.calendar(year, configuration: directory, language: language)
            try Outcome(response, format: display.output, language: language, in: surroundings).conclude(language)
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what is wrong or missing in calendar.yaml; exit 0 when everything can be counted, 1 otherwise.",
            discussion: """
                Looks for years that are needed and missing (from October the next one too), estimated years whose notices should be out, and days \
                that contradict the law. Needs no daemon; with --database FILE the years that its figures need are looked for as well.
                """)

        @OptionGroup var place: DirectoryOptions
        @Option(help: "Also look for the years that this database's figures need.", completion: .file(extensions: ["sqlite"]))
        var database: String?
        @OptionGroup(title: "Output") var display: OutputOptions

        func run() throws {
            let surroundings = Surroundings.current()
            let path = place.path
            let language = display.lang ?? surroundings.language
            switch Offline.checkCalendar(configuration: path, database: database, language: language) {
            case .success(let verdict): try verdict.outcome(display.output, language, surroundings).conclude(language)
            case .failure(let failure):
                try Outcome(.failure(failure), format: display.output, language: language, in: surroundings).conclude(language)
            }
        }
    }
}

/// What `calendar check` found.
struct CalendarVerdict {
    let directory: String
    /// Mistakes of the file itself; nothing is remarked on while there are any.
    let problems: [ProblemsReport.Entry]
    let remarks: [CalendarRemark]

    /// For people one line a problem or warning; for programs two sheets.
    func outcome(_ format: OutputFormat, _ language: Language, _ surroundings: Surroundings) -> Outcome {
        let count = problems.count + remarks.count { $0.isProblem }
        let status: ExitStatus = count == 0 ? .answered : .answerIsNo
        guard format == .table else {
            let document = Document([
                .sheet(ProblemsReport.sheet(problems, directory: directory, language: language)),
                .sheet(CalendarRemarksReport.sheet(remarks, language: language)),
            ])
            return Outcome(output: Outcome.text(document, format, language, surroundings), status: status)
        }
        let warning = language == .vietnamese ? "cảnh báo: " : "warning: "
        let lines =
            problems.map(\.text) + remarks.map { "calendar.yaml: \($0.isProblem ? "" : warning)\($0.sentence(language))" }
            + [summary(count, warnings: remarks.count - remarks.count { $0.isProblem }, language)]
        return Outcome(output: lines.joined(separator: "\n") + "\n", status: status)
    }

    private func summary(_ count: Int, warnings: Int, _ language: Language) -> String {
        switch language {
        case .vietnamese: "\(directory): lịch làm việc có \(count) lỗi, \(warnings) cảnh báo"
        case .english:
            "\(directory): the working calendar has \(count == 1 ? "1 problem" : "\(count) problems")"
                + ", \(warnings == 1 ? "1 warning" : "\(warnings) warnings")"
        }
    }
}

extension ProblemsReport.Entry {
    /// `calendar.yaml:12:9: …`, or without the place when the problem is the file as a whole.
    var text: String { line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)" }
}
