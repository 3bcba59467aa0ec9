import ArgumentParser
import Assembly
import Control
import FoundationEssentials
import Model
import Reports
import Settings

extension AgenciesCommand {
    /// Works on the files of the configuration directory, without the daemon.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a CSV list of agencies would change in the register; write it with --apply.",
            discussion: """
                The list has the columns of agencies.csv, in any order; only 'code' is required, so a list of codes and addresses enters new \
                contacts. An empty cell leaves what stands, '-' empties it. A known code with a later valid_from goes on under what the line says, \
                and its former line ends the day before. The configuration is checked as it would be before anything is written, and the former \
                files are kept. Exit 1 when something is wrong.
                """)

        @Argument(help: "The list of agencies, CSV in UTF-8.", completion: .file(extensions: ["csv"])) var file: String
        @Option(help: "A list of successions to add, with the columns of successions.csv.", completion: .file(extensions: ["csv"]))
        var successions: String?
        @Option(
            help: "End the agencies of this level that the list does not name; may be repeated. Needs --on.",
            completion: .list(Agency.Level.allCases.map(\.rawValue)), transform: Parse.level) var closeMissing: [Agency.Level] = []
        @Option(help: "The first day on which agencies that are ended no longer exist.", transform: Parse.day) var on: Day?
        @Flag(help: "Write the change.") var apply = false
        @Option(help: "The configuration directory (default: /etc/dondoc).", completion: .directory) var config: String?
        @OptionGroup(title: "Output") var display: OutputOptions

        func validate() throws {
            if closeMissing.isEmpty != (on == nil) {
                throw ValidationError("--close-missing and --on belong together: which levels, and the first day without those agencies.")
            }
        }

        func run() throws {
            let surroundings = Surroundings.current()
            let language = display.lang ?? surroundings.language
            try outcome(language, surroundings).conclude(language)
        }

        private func outcome(_ language: Language, _ surroundings: Surroundings) -> Outcome {
            do throws(Failure) {
                let closing = on.map { RegisterImport.Closing(levels: Set(closeMissing), day: $0) }
                let lists = (agencies: try list(file), successions: try successions.map { path throws(Failure) in try list(path) })
                let prepared = RegisterImporter.prepare(
                    agencies: lists.agencies, successions: lists.successions, closing: closing, directory: config ?? Offline.defaultDirectory)
                switch prepared {
                case .failure(let found):
                    let entries = found.problems.map { ProblemsReport.Entry(file: $0.file, line: $0.line, column: $0.column, message: $0.message) }
                    return ConfigurationVerdict(directory: file, problems: entries, warnings: []).outcome(display.output, language, surroundings)
                case .success(let importer):
                    let former = apply && !importer.comparison.changes.isEmpty ? try importer.apply(stamp: BackupRotation.stamp(Offline.now())) : nil
                    let sheet = importer.comparison.sheet(former: former, language: language)
                    return Outcome(output: Outcome.text(Document([.sheet(sheet)]), display.output, language, surroundings), status: .answered)
                }
            } catch {
                return Outcome(.failure(error), format: display.output, language: language, in: surroundings)
            }
        }

        private func list(_ path: String) throws(Failure) -> RegisterImport.List {
            guard let data = FileManager.default.contents(atPath: path) else {
                throw Failure(.refused, "\(path) cannot be read", hint: "give the path of a CSV file that you may read")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw Failure(
                    .refused, "\(path) is not UTF-8",
                    hint: "save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))")
            }
            return RegisterImport.List(name: path, text: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
        }
    }
}

extension RegisterImport {
    fileprivate func sheet(former: [String]?, language: Language) -> Sheet {
        let entries = changes.map {
            RegisterImportReport.Entry(
                kind: $0.kind.rawValue, agency: $0.code, name: $0.name, column: $0.column, before: $0.before, after: $0.after, line: $0.line)
        }
        return RegisterImportReport.sheet(entries, unchanged: unchanged, untouched: untouched, former: former, language: language)
    }
}
