import Control
import Model
import Reports
import Settings

/// Answers without the daemon: from the database file and the configuration directory.
enum Offline {
    static let defaultDirectory = "/etc/dondoc"

    static func answer(_ request: Request, database: String, configuration: String?, language: Language) -> Response {
        .failure(Failure(.refused, "this build of dondoc cannot read a database without the daemon", hint: "Leave --database out."))
    }

    static func trial(source: String, sample: Payload, configuration: String?, language: Language) -> Response {
        .failure(Failure(.refused, "this build of dondoc cannot try a source without the daemon", hint: "Leave --config out."))
    }

    static func socket(configuration: String) -> Result<String, Failure> {
        .failure(Failure(.refused, "this build of dondoc cannot read a configuration", hint: "Give --socket."))
    }

    static func check(configuration: String) -> (problems: [ProblemsReport.Entry], warnings: [String]) {
        ([.init(file: configuration, line: 1, column: 1, message: "this build of dondoc cannot check a configuration")], [])
    }
}
