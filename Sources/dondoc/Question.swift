import ArgumentParser
import Control
import Model

/// A command that asks one question and prints the answer.
protocol Question: ParsableCommand {
    var display: OutputOptions { get }
    var place: PlaceOptions { get }

    /// The question as the daemon understands it.
    func request() throws -> Request
}

extension Question {
    func run() throws {
        let surroundings = Surroundings.current()
        try outcome(of: request(), in: surroundings).conclude(display.lang ?? surroundings.language)
    }

    /// Asks where the options say: the daemon, or the database file.
    func outcome(of request: Request, in surroundings: Surroundings) throws -> Outcome {
        let language = display.lang ?? surroundings.language
        if let database = place.database {
            guard request.isReadOnly else {
                throw ValidationError("--database only reads; this command makes the daemon act, so it needs the running dondocd.")
            }
            let response = Offline.answer(request, database: database, configuration: place.config, language: language)
            return Outcome(response, format: display.output, language: language, in: surroundings)
        }
        do throws(ControlError) {
            let path: String
            switch socketPath {
            case .success(let found): path = found
            case .failure(let failure): return Outcome(.failure(failure), format: display.output, language: language, in: surroundings)
            }
            let response = try ControlClient(path: path, limit: request.patience).ask(request, language: language)
            return Outcome(response, format: display.output, language: language, in: surroundings)
        } catch {
            return Outcome(error, language: language)
        }
    }

    private var socketPath: Result<String, Failure> { place.socketPath }
}

extension PlaceOptions {
    /// Where the daemon listens, by the options.
    var socketPath: Result<String, Failure> {
        if let socket { return .success(socket) }
        guard let directory = config else { return .success(Wire.defaultSocket) }
        return Offline.socket(configuration: directory)
    }
}

extension Request {
    /// How long to wait for the answer: asking a source takes as long as the source takes, and all rules judge twice for a difference.
    var patience: Duration {
        switch self {
        case .sourcesTest, .importPreview, .importCommit, .rulesDiff: .seconds(300)
        default: .seconds(30)
        }
    }
}
