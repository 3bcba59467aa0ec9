import Assembly
import Control
import FoundationEssentials
import Model
import Receiver
import Reports
import Settings
import Store

/// Answers without the daemon: from the database file and the configuration directory.
enum Offline {
    static let defaultDirectory = "/etc/dondoc"

    /// The answer to a read-only request from a database file.
    static func answer(_ request: Request, database: String, configuration: String?, language: Language) -> Response {
        desk(database: database, configuration: configuration, language: language).map { $0.answer(request) }.response
    }

    private static func desk(database: String, configuration: String?, language: Language) -> Result<Desk, Failure> {
        loaded(configuration).flatMap { loaded -> Result<Desk, Failure> in
            do throws(StoreError) {
                let store = try Store(path: database, mode: .readOnly)
                return .success(Desk(configuration: loaded, store: store, language: language, now: now()))
            } catch {
                return .failure(Failure(opening: error, language))
            }
        }
    }

    /// What a sample would store, by the files as they are on disk.
    static func trial(source id: String, sample: Payload, configuration: String?, language: Language) -> Response {
        loaded(configuration).flatMap { loaded -> Result<Response, Failure> in
            guard let source = loaded.sources.first(where: { $0.settings.id == id }) else {
                let nearest = TextFolding.nearest(to: id, among: loaded.sources.map(\.settings.id)).map { "Did you mean '\($0)'?" } ?? ""
                return .failure(Failure(.unknownID, "there is no source '\(id)' in \(loaded.directory)/sources.d", hint: nearest))
            }
            do throws(Failure) {
                let trial = SourceTrial(configuration: loaded, store: nil, today: now().day)
                return .success(.document(try trial.document(source, bytes: sample.bytes, language: language)))
            } catch {
                return .failure(error)
            }
        }.response
    }

    /// The database that a configuration names.
    static func database(configuration: String?) -> Result<String, Failure> { loaded(configuration).map(\.core.province.store.path) }

    /// A database opened for reading.
    static func store(_ path: String, _ language: Language) throws(Failure) -> Store {
        do throws(StoreError) { return try Store(path: path, mode: .readOnly) } catch {
            throw Failure(opening: error, language)
        }
    }

    /// Where the daemon of a configuration listens. Nothing else is read: while the files on disk are broken the daemon runs on and can be asked.
    static func socket(configuration: String) -> Result<String, Failure> {
        let problems = ProblemList()
        if let socket = SettingsFiles.controlSocket(in: configuration, problems: problems) { return .success(socket) }
        return .failure(broken(configuration, problems.problems))
    }

    /// All problems of a configuration, and what is worth knowing of one that loads.
    static func check(
        configuration: String, replacing replacements: [String: String] = [:], language: Language
    ) -> (problems: [ProblemsReport.Entry], warnings: [String]) {
        switch Configuration.load(configuration, replacing: replacements) {
        case .success(let loaded):
            (
                [],
                loaded.warnings(language) + loaded.warnings(on: now().day, language)
                    + CalendarRemarksReport.summary(loaded.calendarRemarks(on: now().day), language: language)
            )
        case .failure(let found): (found.problems.map { .init(file: $0.file, line: $0.line, column: $0.column, message: $0.message) }, [])
        }
    }

    /// As `check`, with the files that the daemon reads before it starts: a configuration is only good when it would start on it.
    static func fullCheck(configuration: String, language: Language) -> (problems: [ProblemsReport.Entry], warnings: [String]) {
        let (problems, warnings) = check(configuration: configuration, language: language)
        guard problems.isEmpty, case .success(let loaded) = Configuration.load(configuration), let tls = loaded.core.province.push?.tls else {
            return (problems, warnings)
        }
        do throws(ReceiverError) {
            try tls.check()
            return (problems, warnings)
        } catch {
            // The daemon's user may read what this one may not.
            if case .forbidden = error { return (problems, warnings + [error.description]) }
            let place = loaded.namedFiles.first { $0.path == error.file }
            let entry = ProblemsReport.Entry(
                file: place?.file ?? "dondoc.yaml", line: place?.line ?? 0, column: place?.column ?? 0, message: error.description)
            return ([entry], [])
        }
    }

    /// A year of calendar.yaml as it is on disk.
    static func calendar(_ year: Int, configuration: String, language: Language) -> Response {
        let problems = ProblemList()
        let calendar = SettingsFiles.calendar(in: configuration, problems: problems)
        guard problems.isEmpty else {
            let lines = problems.problems.map(\.description).joined(separator: "\n")
            return .failure(
                Failure(
                    .failed, "calendar.yaml in \(configuration) is broken:\n\(lines)",
                    hint: "See all of it with dondoc calendar check \(configuration)."))
        }
        do throws(Failure) {
            return .document(try Desk.calendar(calendar, year: year, language: language))
        } catch {
            return .failure(error)
        }
    }

    /// What is wrong with calendar.yaml, or worth a look. Whatever else is wrong in the directory is for `config check` to say; then the
    /// rules do not tell how far back years are needed.
    static func checkCalendar(
        configuration: String, database: String?, language: Language, today: Day = now().day
    ) -> Result<CalendarVerdict, Failure> {
        let problems = ProblemList()
        let calendar = SettingsFiles.calendar(in: configuration, problems: problems)
        let entries = problems.problems.map { ProblemsReport.Entry(file: $0.file, line: $0.line, column: $0.column, message: $0.message) }
        func verdict(_ remarks: [CalendarRemark]) -> CalendarVerdict { .init(directory: configuration, problems: entries, remarks: remarks) }
        guard entries.isEmpty else { return .success(verdict([])) }
        guard let database else {
            guard case .success(let loaded) = Configuration.load(configuration) else { return .success(verdict(calendar.remarks(on: today))) }
            return .success(verdict(loaded.calendarRemarks(on: today)))
        }
        return desk(database: database, configuration: configuration, language: language).flatMap { desk in
            do throws(Failure) { return .success(verdict(try desk.calendarRemarks())) } catch { return .failure(error) }
        }
    }

    private static func loaded(_ directory: String?) -> Result<Configuration, Failure> {
        let directory = directory ?? defaultDirectory
        return Configuration.load(directory).mapError { broken(directory, $0.problems) }
    }

    private static func broken(_ directory: String, _ problems: [Problem]) -> Failure {
        Failure(
            .failed, "the configuration in \(directory) is broken:\n" + problems.map(\.description).joined(separator: "\n"),
            hint: "Correct it (dondoc config check \(directory)), or give another directory with --config.")
    }

    /// A configuration with some of its texts replaced.
    static func configuration(_ directory: String, replacing replacements: [String: String]) throws(Failure) -> Configuration {
        switch Configuration.load(directory, replacing: replacements) {
        case .success(let loaded): return loaded
        case .failure(let found):
            throw Failure(
                .failed, "the configuration in \(directory) is broken:\n" + found.problems.map(\.description).joined(separator: "\n"),
                hint: "Correct it, or give another directory.")
        }
    }

    static func now() -> Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
}

extension Result where Success == Response, Failure == Control.Failure {
    /// The answer, or the failure as an answer.
    fileprivate var response: Response {
        switch self {
        case .success(let response): response
        case .failure(let failure): .failure(failure)
        }
    }
}
