import Assembly
import Control
import FoundationEssentials
import Model
import Reports
import Settings
import Store

/// Answers without the daemon: from the database file and the configuration directory.
enum Offline {
    static let defaultDirectory = "/etc/dondoc"

    /// The answer to a read-only request from a database file.
    static func answer(_ request: Request, database: String, configuration: String?, language: Language) -> Response {
        loaded(configuration).flatMap { loaded -> Result<Response, Failure> in
            do throws(StoreError) {
                let store = try Store(path: database, mode: .readOnly)
                return .success(Desk(configuration: loaded, store: store, language: language, now: now()).answer(request))
            } catch {
                return .failure(Failure(.failed, "\(error.path): \(error.cause)", hint: error.hint))
            }
        }.response
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

    /// Where the daemon of a configuration listens.
    static func socket(configuration: String) -> Result<String, Failure> { loaded(configuration).map(\.core.province.listen.control) }

    /// All problems of a configuration, and what is worth knowing of one that loads.
    static func check(configuration: String, language: Language) -> (problems: [ProblemsReport.Entry], warnings: [String]) {
        switch Configuration.load(configuration) {
        case .success(let loaded): ([], loaded.warnings(language))
        case .failure(let found): (found.problems.map { .init(file: $0.file, line: $0.line, column: $0.column, message: $0.message) }, [])
        }
    }

    private static func loaded(_ directory: String?) -> Result<Configuration, Failure> {
        let directory = directory ?? defaultDirectory
        return Configuration.load(directory).mapError { found in
            Failure(
                .failed, "the configuration in \(directory) is broken:\n" + found.problems.map(\.description).joined(separator: "\n"),
                hint: "Correct it (dondoc config check \(directory)), or give another directory with --config.")
        }
    }

    private static func now() -> Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
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
