import ArgumentParser
import Control
import Model

struct TemplateCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Write a form that agencies fill in and dondoc import takes back without a mapping.",
        discussion: """
            The form has a row for each agency and a column for each measure. The spreadsheet itself refuses what is no figure; everything but \
            the cells to fill in is locked. An empty cell is "not reported", a dash "there is no figure". With a name that ends in .csv the form is \
            plain CSV with agency,measure,from,to,value.
            """)

    @Argument(help: "The measures, in the order of the columns (dondoc indicators show ID names them).", transform: Parse.measure)
    var measures: [MeasureID]
    @Option(help: "The period: 2026-08, 8/2026, 2026-Q3, 2026-08-01.", transform: Parse.period) var period: PeriodName
    @Option(
        help: "Refuse measures of another scheme: calendar or admin15.", completion: .list(PeriodScheme.allCases.map(\.rawValue)),
        transform: Parse.scheme) var scheme: PeriodScheme?
    @Option(
        name: .customLong("agency"), parsing: .upToNextOption, help: "Agencies by code, in the order of the rows; may be repeated.",
        transform: Parse.agency) var agencies: [AgencyCode] = []
    @Option(help: "All agencies of a level.", completion: .list(Agency.Level.allCases.map(\.rawValue)), transform: Parse.level) var level:
        Agency.Level?
    @Option(help: "The file to write, .xlsx or .csv (default: bieu-PERIOD.xlsx); - for standard output.", completion: .file()) var outputFile: String?
    @Flag(help: "Write over a file that is there.") var force = false
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func validate() throws {
        if agencies.isEmpty, level == nil { throw ValidationError("Say for whom the form is: --agency H52.07 H52.08, or --level commune.") }
        guard let outputFile, outputFile != "-" else { return }
        guard outputFile.hasSuffix(".xlsx") || outputFile.hasSuffix(".csv") else {
            throw ValidationError("'\(outputFile)' ends in neither .xlsx nor .csv, and the ending says which form it is.")
        }
    }

    func request() throws -> Request {
        let form: FormQuestion.Form = outputFile?.hasSuffix(".csv") == true ? .csv : .xlsx
        return .importForm(
            question: FormQuestion(measures: measures, period: period, scheme: scheme, agencies: agencies, level: level, form: form))
    }

    func run() throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        var outcome = try outcome(of: request(), in: surroundings)
        guard outcome.status == .answered, outputFile != "-" else { return try outcome.conclude(language) }
        let file = outputFile ?? "bieu-\(period).xlsx"
        do throws(Failure) {
            try NewFile(path: file, mode: 0o644, language: language, replaces: force).make { [outcome] sink throws(Failure) in
                try sink.write(outcome.output)
            }
        } catch {
            // The one refusal is a file that is there.
            let hint = error.code == .refused ? (language == .vietnamese ? "thêm --force để ghi đè" : "--force writes over it") : error.hint
            let failure = Failure(error.code, error.message, hint: hint)
            return try Outcome(.failure(failure), format: display.output, language: language, in: surroundings).conclude(language)
        }
        outcome.output = Array(
            (language == .vietnamese
                ? "Đã viết biểu \(file) (\(outcome.output.count) byte). Khi các cơ quan gửi lại: dondoc import \(file)\n"
                : "The form is in \(file) (\(outcome.output.count) bytes). When it comes back: dondoc import \(file)\n").utf8)
        try outcome.conclude(language)
    }
}
