import ArgumentParser
import FoundationEssentials
import Model
import Province

/// The simulated province as a program, for the demo.
@main
struct SimulatedProvince: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dondoc-province",
        abstract: "A simulated province on loopback: agency systems over HTTP and a mail server that catches letters.",
        discussion: "All figures are invented. Runs until it is interrupted.")

    @Option(help: "The port of the agency systems; 0 lets the system choose.")
    var httpPort = 0

    @Option(help: "The port of the mail server; 0 lets the system choose.")
    var mailPort = 0

    @Option(help: "A directory to write each caught letter to, as NNNN.eml.")
    var mailDir: String?

    @Option(help: "A file to write the two ports to, as shell assignments, once the servers listen.")
    var portsFile: String?

    func run() async throws {
        let now = Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
        try await Province(today: now.day, mailDirectory: mailDir).run(httpPort: httpPort, mailPort: mailPort) { ports in
            let text = "HTTP_PORT=\(ports.http)\nMAIL_PORT=\(ports.mail)\n"
            print(text, terminator: "")
            if let portsFile { try Data(text.utf8).write(to: URL(filePath: portsFile), options: .atomic) }
        }
    }
}
