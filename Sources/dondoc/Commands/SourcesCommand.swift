import ArgumentParser
import Control
import Model

/// What can be asked of the sources, and what they can be told to do.
struct SourcesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources", abstract: "The agency systems that figures are pulled from.",
        subcommands: [List.self, Show.self, Test.self, Run.self, Backfill.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print each source with its heartbeat: last success, failures, next run.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .sourcesList }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(abstract: "Print one source with its newest deliveries and findings.")

        @Argument(help: "The source's id.", transform: Parse.identifier) var id: String
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .sourcesShow(id: id) }
    }

    struct Test: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print what a source would bring, and store nothing.",
            discussion: """
                Without --file the daemon asks the outside system now. With --file the sample is decoded instead; together with --config DIR \
                that needs no daemon and uses the files as they are on disk, which is the way to write a new source.
                """)

        @Argument(help: "The source's id.", transform: Parse.identifier) var id: String
        @Option(help: "Decode this file instead of asking the outside system.", completion: .file()) var file: String?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .sourcesTest(id: id, sample: try file.map(SampleFile.read)) }

        func validate() throws {
            if place.database != nil, file == nil {
                throw ValidationError("--database reads no outside system: give a sample with --file, or leave --database out.")
            }
        }

        func run() throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            guard let file, place.config != nil || place.database != nil else {
                return try outcome(of: request(), in: surroundings).conclude(language)
            }
            let response = Offline.trial(source: id, sample: try SampleFile.read(file), configuration: place.config, language: language)
            try Outcome(response, format: display.output, language: language, in: surroundings).conclude(language)
        }
    }

    struct Run: Question {
        static let configuration = CommandConfiguration(abstract: "Have the daemon pull a source now; dondoc sources show ID tells what it brought.")

        @Argument(help: "The source's id.", transform: Parse.identifier) var id: String
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .sourcesRun(id: id) }
    }

    struct Backfill: Question {
        static let configuration = CommandConfiguration(abstract: "Have the daemon pull a source's past, and print which days.")

        @Argument(help: "The source's id.", transform: Parse.identifier) var id: String
        @Option(help: "The first day (default: the source's backfill_from).", transform: Parse.day) var from: Day?
        @Option(help: "The last day, inclusive (default: yesterday).", transform: Parse.day) var through: Day?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .sourcesBackfill(id: id, from: from, through: through) }

        func validate() throws { try DaySpan.check(from: from, through: through) }
    }
}

/// The check that every command with two days shares.
enum DaySpan {
    static func check(from: Day?, through: Day?) throws {
        if let from, let through, through < from { throw ValidationError("--through \(through) is before --from \(from).") }
    }
}
