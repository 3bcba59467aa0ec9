import ArgumentParser
import Model

/// How answers look; every command takes these.
struct OutputOptions: ParsableArguments {
    @Option(help: "How to print the answer: table, json or csv.", completion: .list(OutputFormat.allCases.map(\.rawValue)), transform: Parse.format)
    var output: OutputFormat = .table

    @Option(
        help: "The language of the answer: vi or en (default: from LC_ALL, LC_MESSAGES or LANG, otherwise vi).",
        completion: .list(Language.allCases.map(\.rawValue)), transform: Parse.language)
    var lang: Language?
}

/// The directory that a command checks as it is on disk, said once, in either of two ways.
struct DirectoryOptions: ParsableArguments {
    @Argument(help: "The configuration directory (default: --config, otherwise /etc/dondoc).", completion: .directory) var directory: String?
    @Option(help: "The configuration directory, as for the other commands.", completion: .directory) var config: String?

    var path: String { directory ?? config ?? Offline.defaultDirectory }

    func validate() throws {
        if directory != nil, config != nil { throw ValidationError("Give the directory once: as the argument or with --config.") }
    }
}

/// Where answers come from; every command that asks takes these.
struct PlaceOptions: ParsableArguments {
    @Option(help: "The daemon's control socket (default: /run/dondoc/control.sock, or what dondoc.yaml of --config says).", completion: .file())
    var socket: String?

    @Option(help: "The configuration directory (default with --database: /etc/dondoc).", completion: .directory)
    var config: String?

    @Option(help: "Read from this database file instead of asking the daemon.", completion: .file(extensions: ["sqlite"]))
    var database: String?

    func validate() throws {
        if socket != nil, database != nil {
            throw ValidationError("--socket and --database contradict each other: one asks the daemon, the other reads the file without it.")
        }
    }
}

/// The forms of an answer.
enum OutputFormat: String, CaseIterable, Sendable {
    case table, json, csv
}
