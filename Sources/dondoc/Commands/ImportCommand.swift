import ArgumentParser
import Control
import Glibc
import Model
import Reports

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring figures from files: show what would change, ask once, store each file as one delivery.",
        discussion: """
            A file is read by the mapping of a source (--source), by one of its own (--map), or needs none: a form of dondoc template that \
            somebody has filled in, CSV with agency,measure,from,to,value, or JSON {"observations":[…]}. The same file again changes nothing. What \
            was stored by mistake is taken back with dondoc retract. docs/import.md has examples.

            Exit status: 0 everything is stored, or was already; 1 figures were or would be refused, or the answer was no.
            """)

    @Argument(help: "The files, XLSX, CSV or JSON; each is stored as a whole or not at all, in this order.", completion: .file()) var files: [String]
    @Option(help: "The source whose mapping reads the files, and whose figures they are.", transform: Parse.identifier) var source: String?
    @Option(help: "A YAML file with an 'answer' block that says what in the files is what.", completion: .file(extensions: ["yaml"])) var map: String?
    @Option(help: "The period of figures that the files give no days for: 2026-08, 8/2026.", transform: Parse.period) var period: PeriodName?
    @Option(
        help: "How the period lies over days: calendar or admin15 (default: as the measures).",
        completion: .list(PeriodScheme.allCases.map(\.rawValue)), transform: Parse.scheme) var scheme: PeriodScheme?
    @Flag(help: "Show what would change, and store nothing.") var dryRun = false
    @Flag(help: "Store without asking.") var yes = false
    @Flag(help: "Print every line of the preview instead of the first hundred.") var all = false
    @OptionGroup(title: "Who") var who: ActorOptions
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func validate() throws {
        if source != nil, map != nil { throw ValidationError("--source and --map contradict each other: give one.") }
        if dryRun, yes { throw ValidationError("--dry-run stores nothing, so there is nothing to say --yes to.") }
        if place.database != nil, !dryRun {
            throw ValidationError("--database only reads: add --dry-run, or leave it out so that the running dondocd stores the figures.")
        }
        if scheme != nil, period == nil { throw ValidationError("--scheme goes with --period.") }
    }

    func run() throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        guard dryRun || yes || surroundings.isInteractive else { throw ValidationError(ImportCommand.nobodyToAsk) }
        let session = ImportSession(
            place: place, format: display.output, language: language, surroundings: surroundings,
            mode: dryRun ? .preview : yes ? .storeUnasked : .ask, ask: { Confirmation(language: language).isGiven() })
        // A name mistyped at the end of a long line is told before the first file is stored.
        for file in files where access(file, R_OK) != 0 {
            throw ValidationError("cannot read '\(file)': \(String(cString: strerror(errno))); nothing was stored.")
        }
        var status = ExitStatus.answered
        for (index, file) in files.enumerated() {
            let outcome = session.bring(try order(file, lines: all ? 100_000 : 100, language), number: index + 1, of: files.count)
            if outcome.status == .answerIsNo, status == .answered { status = .answerIsNo }
            guard outcome.status == .answered || outcome.status == .answerIsNo else {
                // What came before is stored as a whole; what comes after is not begun.
                try outcome.conclude(language)
                return
            }
            try outcome.say(language)
        }
        if status != .answered { throw ExitCode(status.rawValue) }
    }

    static let nobodyToAsk = "Nobody can be asked here: add --yes to store without a question, or --dry-run to look only."

    /// What is said of a file, or a mapping, that is larger than may be sent.
    static func tooLarge(_ path: String, _ language: Language) -> String {
        let most = SampleFile.largest / 1_000_000
        return language == .vietnamese
            ? "'\(path)' lớn hơn \(most) MB; hãy tách thành nhiều tệp nhỏ hơn rồi nhập từng tệp."
            : "'\(path)' is larger than \(most) MB; split it into smaller files and import each."
    }

    private func order(_ file: String, lines: Int, _ language: Language) throws -> ImportOrder {
        let mapping = try map.map { path in
            let bytes = try SampleFile.read(path, tooLarge: ImportCommand.tooLarge(path, language)).bytes
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw ValidationError("'\(path)' is not UTF-8.")
            }
            return ImportOrder.Map(name: String(path.split(separator: "/").last ?? Substring(path)), text: text)
        }
        let name = String(file.split(separator: "/").last ?? Substring(file))
        return ImportOrder(
            name: name, file: try SampleFile.read(file, tooLarge: ImportCommand.tooLarge(file, language)), source: source, map: mapping,
            period: period, scheme: scheme,
            by: dryRun ? who.by ?? "" : try who.name(),
            lines: lines)
    }
}
