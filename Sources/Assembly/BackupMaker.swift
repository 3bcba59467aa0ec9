import Control
import Foundation
import Model
import Store

/// Makes, encrypts and restores backups: the store's part and the `age` program's.
public struct BackupMaker: Sendable {
    /// What came of a backup.
    public struct Made: Hashable, Sendable {
        public let file: String
        public let summary: BackupSummary
        public let isEncrypted: Bool
    }

    /// Whom the backup is encrypted for, `age1…`; nil leaves it readable.
    public let recipient: String?

    /// The language of what goes wrong.
    private let language: Language

    public init(recipient: String? = nil, language: Language = .english) {
        self.recipient = recipient
        self.language = language
    }

    /// Copies and checks the store; with a recipient the file is encrypted and named `.age` unless it is already, and the readable copy goes.
    public func make(_ file: String, of store: Store, replaces: Bool) throws(Failure) -> Made {
        guard let recipient else {
            return Made(file: file, summary: try backedUp(store, to: file, replaces: replaces), isEncrypted: false)
        }
        let encrypted = file.hasSuffix(".age") ? file : file + ".age"
        guard replaces || !FileManager.default.fileExists(atPath: encrypted) else {
            throw language == .vietnamese
                ? Failure(.refused, "đã có sẵn tệp \(encrypted)", hint: "chọn tên khác, hoặc thêm --force")
                : Failure(.refused, "\(encrypted) is there already", hint: "choose another name, or give --force")
        }
        let readable = encrypted + ".readable"
        // Whatever happens, the readable copy does not stay; one that cannot be removed was never made.
        defer { try? FileManager.default.removeItem(atPath: readable) }
        let summary = try backedUp(store, to: readable, replaces: true)
        let part = encrypted + ".part"
        do throws(Failure) {
            try age(["--encrypt", "--recipient", recipient, readable], into: part)
            try move(part, to: encrypted)
        } catch {
            try? FileManager.default.removeItem(atPath: part)  // Litter of a failed attempt; the failure itself is reported.
            throw error
        }
        return Made(file: encrypted, summary: summary, isEncrypted: true)
    }

    /// Decrypts a `.age` file beside the database it is to become; the caller removes what this returns.
    public func decrypt(_ file: String, identity: String, beside path: String) throws(Failure) -> String {
        let readable = path + ".decrypted"
        do throws(Failure) {
            try age(["--decrypt", "--identity", identity, file], into: readable)
            return readable
        } catch {
            try? FileManager.default.removeItem(atPath: readable)  // What age wrote before it failed; the failure itself is reported.
            throw error
        }
    }

    private func backedUp(_ store: Store, to file: String, replaces: Bool) throws(Failure) -> BackupSummary {
        do throws(StoreError) { return try store.backup(to: file, replaces: replaces) } catch { throw Failure(error, language) }
    }

    private func move(_ part: String, to file: String) throws(Failure) {
        do {
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: part))
            try handle.synchronize()
            try handle.close()
            if FileManager.default.fileExists(atPath: file) { try FileManager.default.removeItem(atPath: file) }
            try FileManager.default.moveItem(atPath: part, toPath: file)
        } catch {
            throw Failure(
                .failed,
                language == .vietnamese
                    ? "không ghi được \(file): \(error.localizedDescription)" : "\(file) could not be written: \(error.localizedDescription)")
        }
    }

    /// Runs the age program, which must be installed, into a file that only owner and group can read, whatever the umask.
    private func age(_ arguments: [String], into file: String) throws(Failure) {
        guard FileManager.default.createFile(atPath: file, contents: nil, attributes: [.posixPermissions: 0o640]),
            let output = FileHandle(forWritingAtPath: file)
        else {
            throw language == .vietnamese
                ? Failure(.failed, "không ghi được \(file)", hint: "kiểm tra thư mục và quyền ghi")
                : Failure(.failed, "\(file) cannot be written", hint: "check the directory and its permissions")
        }
        // Some gigabytes to a slow disk take a while; a program that never ends would hold up every backup after it.
        try ExternalProgram(name: "age", package: "age", limit: .seconds(4 * 3600), language: language).run(arguments, output: output)
    }
}
