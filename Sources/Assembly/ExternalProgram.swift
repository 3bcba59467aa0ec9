import Control
import Foundation

/// A program of the system that does what we would do worse ourselves.
struct ExternalProgram {
    let name: String
    /// The Debian package that has it.
    let package: String

    /// Runs it to its end. Its output goes where the caller says; what it complains of is the failure's text.
    func run(_ arguments: [String], input: FileHandle = .nullDevice, output: FileHandle) throws(Failure) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardInput = input
        process.standardOutput = output
        let complaint = Pipe()
        process.standardError = complaint
        do { try process.run() } catch {
            throw Failure(.failed, "\(name) could not be started: \(error.localizedDescription)", hint: hint)
        }
        let text = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile().prefix(1000), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 127 { throw Failure(.failed, "the program \(name) is not installed", hint: hint) }
        guard process.terminationStatus == 0 else {
            throw Failure(.failed, "\(name) refused: \(text.trimmingCharacters(in: .whitespacesAndNewlines))")
        }
    }

    private var hint: String { "install it: apt-get install \(package)" }
}
