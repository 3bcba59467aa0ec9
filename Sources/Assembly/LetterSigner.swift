import Control
import Foundation
import Model
import Notify
import Settings

/// Signs letters with the province's certificate (S/MIME, RFC 8551) by the `openssl` program.
public struct LetterSigner: Sendable {
    private let settings: SMIMESettings
    /// How long one signature may take. It takes milliseconds; judging, and so a stop of the daemon, waits for it.
    private let limit: Duration

    public init(_ settings: SMIMESettings, limit: Duration = .seconds(10)) {
        self.settings = settings
        self.limit = limit
    }

    /// The letter with its content signed and its other headers as they were. Two signings differ, so it is done once, before the letter is stored.
    ///
    /// - Throws: `failed` with what openssl said: a file that cannot be read, a key that does not belong to the certificate.
    public func signed(_ letter: Letter) throws(Failure) -> Letter {
        let (outer, content) = SignableContent.split(letter.bytes)
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("dondoc-sign-\(UUID().uuidString)")
        // Left behind only when the disk is broken; it holds what the mail holds.
        defer { try? FileManager.default.removeItem(at: directory) }
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let plain = directory.appendingPathComponent("plain")
            let signed = directory.appendingPathComponent("signed")
            try Data(content).write(to: plain)
            try Data().write(to: signed)
            let chain = settings.chain.map { ["-certfile", $0] } ?? []
            try ExternalProgram(name: "openssl", package: "openssl", limit: limit).run(
                ["cms", "-sign", "-binary", "-md", "sha256", "-signer", settings.certificate, "-inkey", settings.key] + chain,
                input: try FileHandle(forReadingFrom: plain), output: try FileHandle(forWritingTo: signed))
            return Letter(
                messageID: letter.messageID, agency: letter.agency, sender: letter.sender, recipients: letter.recipients, subject: letter.subject,
                bytes: outer + SignableContent.withNetworkLineEnds(SignableContent.withFoldedType(Array(try Data(contentsOf: signed)))))
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.failed, "the letter could not be signed: \(error.localizedDescription)")
        }
    }
}
