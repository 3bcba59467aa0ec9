import ArgumentParser
import Assembly
import Control
import Foundation
import Model
import Reports
import Store

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the whole database as lines of JSON, also while the daemon runs.",
        discussion: "docs/dump-format.md describes the form; dondoc import builds the same database from it. To compress: dondoc export - | gzip.")

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
            guard FileManager.default.createFile(atPath: part, contents: nil, attributes: [.posixPermissions: 0o640]),
                let handle = FileHandle(forWritingAtPath: part)
            else { throw Failure(.failed, "\(part) cannot be written", hint: "check the directory and its permissions") }
            // Litter of a failed attempt; after a good one it is not there any more.
            defer { try? FileManager.default.removeItem(atPath: part) }
            try store.export(includesRaw: !withoutRaw) { try handle.write(contentsOf: $0) }
            do {
                try handle.synchronize()
                try handle.close()
                try FileManager.default.moveItem(atPath: part, toPath: file)
            } catch {
                throw Failure(.failed, "\(file) cannot be written: \(error.localizedDescription)")
            }
        } catch {
            throw (error as? Failure) ?? (error as? StoreError).map { Failure($0) } ?? Failure(.failed, "\(error)")
        }
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
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
            let imported = try await Store.build(database, from: lines.next)
            let sheet = KeepingReport.imported(
                database: database, deliveries: imported.deliveries, values: imported.values, rows: imported.rows, language: language)
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
