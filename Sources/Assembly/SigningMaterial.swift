import Foundation
import Model
import NIOSSL
import Settings

/// What letters are signed with (S/MIME), looked at before a letter needs it.
enum SigningMaterial {
    /// How long before a certificate runs out this is said: a new one takes the authority weeks.
    private static let notice = 30

    /// Why letters cannot be signed, or who gets them would be told that the signature is not valid; nil when all is well, and when the files are
    /// not there or may not be read by this user, of which others speak.
    static func trouble(_ files: SMIMESettings, on today: Day) -> LocalizedText? {
        guard [files.certificate, files.key].allSatisfy(FileManager.default.isReadableFile) else { return nil }
        // The signer's own comes first in its file; others behind it are its authorities.
        let leaf: NIOSSLCertificate
        do {
            guard let first = try NIOSSLCertificate.fromPEMFile(files.certificate).first else { return unreadable(files.certificate) }
            leaf = first
        } catch {
            return unreadable(files.certificate)
        }
        // Without an answer to its question a key with a pass phrase does not open: a daemon has nobody to ask.
        guard let key = try? NIOSSLPrivateKey(file: files.key, format: .pem, passphraseCallback: { $0(Array("".utf8)) }) else {
            return LocalizedText(
                vietnamese: "không đọc được khóa \(files.key), nên không ký được thư nào; khóa phải ở dạng PEM và không có mật khẩu",
                english: "the key \(files.key) cannot be read, so no letter can be signed; it must be a PEM file without a pass phrase")
        }
        let pair = TLSConfiguration.makeServerConfiguration(certificateChain: [.certificate(leaf)], privateKey: .privateKey(key))
        guard (try? NIOSSLContext(configuration: pair)) != nil else {
            return LocalizedText(
                vietnamese: "khóa \(files.key) không phải của chứng thư \(files.certificate), nên không ký được thư nào",
                english: "the key \(files.key) does not belong to the certificate \(files.certificate), so no letter can be signed")
        }
        return validity(of: leaf, in: files.certificate, on: today)
    }

    private static func validity(of certificate: NIOSSLCertificate, in file: String, on today: Day) -> LocalizedText? {
        let first = Instant(milliseconds: Int64(certificate.notValidBefore) * 1_000).day
        let last = Instant(milliseconds: Int64(certificate.notValidAfter) * 1_000).day
        if today > last {
            return LocalizedText(
                vietnamese: "chứng thư \(file) đã hết hạn ngày \(last.vietnamese), nơi nhận thấy chữ ký không hợp lệ; hãy thay bằng chứng thư mới",
                english: "the certificate \(file) ran out on \(last), and who gets a letter is told that its signature is not valid; give the new one"
            )
        }
        if today < first {
            return LocalizedText(
                vietnamese: "chứng thư \(file) chỉ có hiệu lực từ ngày \(first.vietnamese), trước đó nơi nhận thấy chữ ký không hợp lệ",
                english: "the certificate \(file) holds from \(first) on, and before that who gets a letter is told that its signature is not valid")
        }
        guard last - today <= notice else { return nil }
        return LocalizedText(
            vietnamese: "chứng thư \(file) hết hạn ngày \(last.vietnamese); hãy xin cấp chứng thư mới",
            english: "the certificate \(file) runs out on \(last); ask for a new one")
    }

    private static func unreadable(_ file: String) -> LocalizedText {
        LocalizedText(
            vietnamese: "không đọc được chứng thư \(file), nên không ký được thư nào; tệp phải ở dạng PEM",
            english: "the certificate \(file) cannot be read, so no letter can be signed; it must be a PEM file")
    }
}
