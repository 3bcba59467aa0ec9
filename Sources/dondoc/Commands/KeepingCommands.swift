import ArgumentParser
import Assembly
import Control
import FoundationEssentials
import Model
import Reports
import Store

/// Which database a command works on by itself, without the daemon: the file that is named, or the one that the configuration names.
struct DatabaseOptions: ParsableArguments {
    @Option(help: "The database file (default: what dondoc.yaml of --config says).", completion: .file(extensions: ["db", "sqlite"]))
    var database: String?

    @Option(help: "The configuration directory (default: /etc/dondoc).", completion: .directory)
    var config: String?

    func path() -> Result<String, Failure> {
        if let database { return .success(database) }
        return Offline.database(configuration: config)
    }
}

/// A command that works on the database file itself and prints what came of it.
protocol KeepingCommand: ParsableCommand {
    var display: OutputOptions { get }
    var place: DatabaseOptions { get }

    /// Does it to the database at `path`.
    func perform(_ path: String, _ language: Language) throws(Failure) -> (document: Document, status: ExitStatus)
}

extension KeepingCommand {
    func run() throws {
        let surroundings = Surroundings.current()
        let language = display.lang ?? surroundings.language
        let outcome: Outcome
        do throws(Failure) {
            let (document, status) = try perform(place.path().get(), language)
            outcome = Outcome(output: Outcome.text(document, display.output, language, surroundings), status: status)
        } catch {
            outcome = Outcome(.failure(error), format: display.output, language: language, in: surroundings)
        }
        try outcome.conclude(language)
    }
}

struct BackupCommand: KeepingCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database into a file: consistent, checked, also while the daemon runs.",
        discussion: """
            The copy is the state of one instant; the daemon is not held up. The file gets its name when it is complete and on disk. With \
            --age-recipient it is encrypted by the program age, which must be installed, and its name ends in .age.
            """)

    @Argument(help: "The file to write.", completion: .file()) var file: String
    @Flag(help: "Replace a file that is there.") var force = false
    @Option(help: "Encrypt for this age recipient, age1….") var ageRecipient: String?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "The database") var place: DatabaseOptions

    func perform(_ path: String, _ language: Language) throws(Failure) -> (document: Document, status: ExitStatus) {
        let store = try Offline.store(path, language)
        let made = try BackupMaker(recipient: ageRecipient, language: language).make(file, of: store, replaces: force)
        let sheet = KeepingReport.backup(
            file: made.file, bytes: made.summary.bytes, schema: made.summary.schemaVersion, lastDelivery: made.summary.lastDelivery,
            isEncrypted: made.isEncrypted, language: language)
        return (Document([.sheet(sheet)]), .answered)
    }
}

struct RestoreCommand: KeepingCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of the database; the daemon must be stopped.",
        discussion: """
            The backup is checked first. The present database is not removed: it gets another name, which is printed. A file that ends in .age \
            is decrypted with the identity of --age-identity.
            """)

    @Argument(help: "The backup.", completion: .file()) var file: String
    @Option(help: "The file with the age identity that can decrypt the backup.", completion: .file()) var ageIdentity: String?
    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "The database") var place: DatabaseOptions

    func perform(_ path: String, _ language: Language) throws(Failure) -> (document: Document, status: ExitStatus) {
        var source = file
        if file.hasSuffix(".age") {
            guard let ageIdentity else {
                throw language == .vietnamese
                    ? Failure(.refused, "\(file) đã mã hóa", hint: "chỉ ra tệp khóa age bằng --age-identity")
                    : Failure(.refused, "\(file) is encrypted", hint: "give the file with the age identity with --age-identity")
            }
            source = try BackupMaker(language: language).decrypt(file, identity: ageIdentity, beside: path)
        }
        // The readable copy of an encrypted backup does not stay, whatever came of it.
        defer { if source != file { try? FileManager.default.removeItem(atPath: source) } }
        do throws(StoreError) {
            let stamp = BackupRotation.stamp(Offline.now())
            let restored = try Store.restore(source, to: path, keepingFormerAs: ".before-restore-\(stamp)")
            let sheet = KeepingReport.restore(
                database: path, backup: file, lastDelivery: restored.backup.lastDelivery, former: restored.former, language: language)
            return (Document([.sheet(sheet)]), .answered)
        } catch {
            throw Failure(error, language)
        }
    }
}

struct VerifyCommand: KeepingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read the whole database and check it; exit 0 when it is sound, 1 when it is damaged.",
        discussion: """
            Checks SQLite's structures, references between tables, the SHA-256 of every raw body, every figure against the digest written down \
            when its delivery came, every alert against its last transition, the newest figures against their histories, and all other rows \
            against the seals of their tables. Works beside a running daemon.
            """)

    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "The database") var place: DatabaseOptions

    func perform(_ path: String, _ language: Language) throws(Failure) -> (document: Document, status: ExitStatus) {
        do throws(StoreError) {
            let check = try Store(path: path, mode: .readOnly).verify()
            let document = KeepingReport.verify(
                figures: check.figures.cells, replaced: check.figures.replacedCells, blocks: check.figures.blocks,
                deliveries: check.figures.deliveries, bodies: check.bodies, alerts: check.alerts, readings: check.histories,
                problems: check.problems, language: language)
            return (document, check.isSound ? .answered : .answerIsNo)
        } catch {
            throw Failure(error, language)
        }
    }
}
