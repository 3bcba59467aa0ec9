import ArgumentParser
import Assembly
import Control
import Foundation
import Glibc
import Model
import Reports
import Store

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the whole database as lines of JSON, also while the daemon runs.",
        discussion: "docs/dump-format.md describes the form; dondoc rebuild builds the same database from it. To compress: dondoc export - | gzip.")

    @Argument(help: "The file to write, or - for standard output.", completion: .file()) var file: String
    @Flag(help: "Leave out the raw bytes of deliveries.") var withoutRaw = false
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "The database") var place: DatabaseOptions

    func run() throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        do throws(Failure) {
            try write(Offline.store(place.path().get()))
        } catch {
            try Outcome(.failure(error), format: display.output, language: language, in: surroundings).conclude()
        }
    }

    private func write(_ store: Store) throws(Failure) {
        do {
            guard file != "-" else {
                return try store.export(includesRaw: !withoutRaw) { Surroundings.write(Array($0), to: STDOUT_FILENO) }
            }
            let part = file + ".part"
            guard !FileManager.default.fileExists(atPath: file) else {
                throw Failure(.refused, "\(file) is there already", hint: "choose another name")
            }
            // Litter of a failed attempt; after a good one it is not there any more.
            defer { unlink(part) }
            let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
            guard descriptor >= 0 else { throw ExportCommand.unwritable(part) }
            defer { close(descriptor) }
            var trouble: Failure?
            do {
                try store.export(includesRaw: !withoutRaw) { bytes in
                    do throws(Failure) { try ExportCommand.write(Array(bytes), to: descriptor, of: file) } catch {
                        trouble = error
                        throw error
                    }
                }
            } catch {
                // What the store says of a writer that failed is less than what the writer knows.
                throw trouble ?? error
            }
            guard fsync(descriptor) == 0, rename(part, file) == 0 else { throw ExportCommand.unwritable(file) }
        } catch {
            throw (error as? Failure) ?? (error as? StoreError).map { Failure($0) } ?? Failure(.failed, "\(error)")
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, of file: String) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The bytes are only read, and only during the call.
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw unwritable(file) }
            rest = rest.dropFirst(count)
        }
    }

    /// What the system said last of a file that cannot be written.
    private static func unwritable(_ file: String) -> Failure {
        Failure(.failed, "\(file) cannot be written: \(String(cString: strerror(errno)))", hint: "free space there, or choose another place")
    }
}

struct RebuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Build a new database from what dondoc export wrote.",
        discussion: "The database must not be there yet; it gets its name when everything is in it and the sum of the dump is right.")

    @Argument(help: "The dump, or - for standard input.", completion: .file()) var file: String
    @Option(help: "The database file to build.", completion: .file(extensions: ["db"])) var database: String
    @OptionGroup(title: "Output") var display: OutputOptions

    func run() async throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        let outcome: Outcome
        do {
            let lines = try DumpLines(file)
            let rebuilt = try await Store.build(database, from: lines.next)
            let sheet = KeepingReport.rebuilt(
                database: database, deliveries: rebuilt.deliveries, values: rebuilt.values, rows: rebuilt.rows, language: language)
            outcome = Outcome(output: Outcome.text(Document([.sheet(sheet)]), display.output, language, surroundings), status: .answered)
        } catch {
            let failure = (error as? StoreError).map { Failure($0) } ?? (error as? Failure) ?? Failure(.failed, "\(error)")
            outcome = Outcome(.failure(failure), format: display.output, language: language, in: surroundings)
        }
        try outcome.conclude()
    }
}

/// The lines of a file, some kilobytes in memory at a time.
final class DumpLines {
    private let handle: FileHandle
    private var rest = Data()
    private var isAtEnd = false

    init(_ file: String) throws(Failure) {
        guard file != "-" else {
            handle = .standardInput
            return
        }
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw Failure(.failed, "\(file) cannot be read", hint: "check the name and its permissions")
        }
        self.handle = handle
    }

    /// The next line without its line end; nil at the end.
    func next() throws -> Data? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Data(rest[rest.startIndex..<end])
                rest = rest[(end + 1)...]
                return line
            }
            guard !isAtEnd else {
                defer { rest = Data() }
                return rest.isEmpty ? nil : Data(rest)
            }
            let more = try handle.read(upToCount: 1 << 20) ?? Data()
            isAtEnd = more.isEmpty
            rest = Data(rest) + more
        }
    }
}
