import ArgumentParser
import Control
import Model
import Reports

/// What a command has to say, before it is said: bytes for standard output, a complaint for standard error, and the exit status.
struct Outcome: Hashable {
    var output: [UInt8] = []
    var complaint = ""
    var status: ExitStatus = .answered

    /// The outcome of a response in the form that was asked for.
    init(_ response: Response, format: OutputFormat, language: Language, in surroundings: Surroundings) {
        switch response {
        case .document(let document): output = Array(Outcome.text(document, format, language, surroundings).utf8)
        case .bytes(let payload): output = payload.bytes
        case .failure(let failure):
            complaint = Outcome.complaint(failure)
            status = ExitStatus(failure)
        }
    }

    /// No response came.
    init(_ error: ControlError, language: Language) {
        complaint = "dondoc: \(error.text(language))\n"
        status = ExitStatus(error)
    }

    init(output: String, status: ExitStatus) {
        self.output = Array(output.utf8)
        self.status = status
    }

    /// Says it, and ends the command with its status.
    func conclude(_ language: Language) throws {
        try say(language)
        if status != .answered { throw ExitCode(status.rawValue) }
    }

    /// Says it. An answer that nobody could be given whole ends the command as failed, whatever its own status is.
    func say(_ language: Language) throws {
        defer { Sink.complain(complaint) }
        do throws(Failure) { try Sink.standardOutput(language).write(output) } catch {
            Sink.complain(Outcome.complaint(error))
            throw ExitCode(ExitStatus.failed.rawValue)
        }
    }

    private static func complaint(_ failure: Failure) -> String {
        "dondoc: \(failure.message)\n" + (failure.hint.isEmpty ? "" : "\(failure.hint)\n")
    }

    /// A document in the form that was asked for.
    static func text(_ document: Document, _ format: OutputFormat, _ language: Language, _ surroundings: Surroundings) -> String {
        switch format {
        case .table: TableRenderer(language: language, width: surroundings.width, usesColour: surroundings.usesColour).render(document)
        case .json: JSONRenderer().render(document)
        case .csv: CSVRenderer().render(document)
        }
    }
}
