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
        discussion: "docs/dump-format.md describes the form; dondoc rebuild builds the same database from it. To compress: dondoc export - | gzip.")

    @Argument(help: "The file to write, or - for standard output.", completion: .file()) var file: String
    @Flag(help: "Leave out the raw bytes of deliveries.") var withoutRaw = false
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "The database") var place: DatabaseOptions

    func run() throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        do throws(Failure) {
            let store = try Offline.store(place.path().get(), language)
            guard file != "-" else { return try export(store, to: .standardOutput(language)) }
            // Readable by owner and group only, like the database itself.
            try NewFile(path: file, mode: 0o640, language: language).make { sink throws(Failure) in try export(store, to: sink) }
        } catch {
            try Outcome(.failure(error), format: display.output, language: language, in: surroundings).conclude(language)
        }
    }

    private func export(_ store: Store, to sink: Sink) throws(Failure) {
        var trouble: Failure?
        do throws(StoreError) {
            try store.export(includesRaw: !withoutRaw) { bytes in
                do throws(Failure) { try sink.write(Array(bytes)) } catch {
                    trouble = error
                    throw error
                }
            }
        } catch {
            // What the store says of a writer that failed is less than what the writer knows.
            throw trouble ?? Failure(error, sink.language)
        }
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
            let lines = try DumpLines(file, language)
            let rebuilt = try await Store.build(database, from: lines.next)
            let sheet = KeepingReport.rebuilt(
                database: database, deliveries: rebuilt.deliveries, values: rebuilt.values, rows: rebuilt.rows, language: language)
            outcome = Outcome(output: Outcome.text(Document([.sheet(sheet)]), display.output, language, surroundings), status: .answered)
        } catch {
            let failure = (error as? StoreError).map { Failure($0, language) } ?? (error as? Failure) ?? Failure(.failed, "\(error)")
            outcome = Outcome(.failure(failure), format: display.output, language: language, in: surroundings)
        }
        try outcome.conclude(language)
    }
}

/// The lines of a file, some kilobytes in memory at a time.
final class DumpLines {
    private let handle: FileHandle
    private var rest = Data()
    private var isAtEnd = false

    init(_ file: String, _ language: Language) throws(Failure) {
        guard file != "-" else {
            handle = .standardInput
            return
        }
        guard let handle = FileHandle(forReadingAtPath: file) else {
            throw language == .vietnamese
                ? Failure(.failed, "không đọc được \(file)", hint: "kiểm tra tên tệp và quyền đọc")
                : Failure(.failed, "\(file) cannot be read", hint: "check the name and its permissions")
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
