import Control
import Foundation
import Model
import Settings
import TestSupport
import Testing

@testable import Assembly

/// Letters that carry the province's signature, made and verified by openssl.
@Suite struct LetterSignerTests {
    private let directory: TemporaryDirectory
    private let content = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nxJHDtG4gxJHhu5Fj\r\n"

    init() throws {
        directory = try TemporaryDirectory()
        try LetterSignerTests.openssl([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=So Noi vu/emailAddress=dondoc@sonla.example",
            "-addext", "extendedKeyUsage=emailProtection", "-keyout", directory.file("key.pem"), "-out", directory.file("mail.pem"),
        ])
    }

    @discardableResult
    private static func openssl(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private var letter: Letter {
        let head = "Date: Mon, 23 Nov 2026 08:05:00 +0700\r\nFrom: <dondoc@sonla.example>\r\nTo: <a@x.example>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
        return Letter(
            messageID: "<1@sonla.example>", agency: nil, sender: "dondoc@sonla.example", recipients: ["a@x.example"], subject: "x",
            bytes: Array((head + content).utf8))
    }

    private func signer(key: String = "key.pem") -> LetterSigner {
        LetterSigner(SMIMESettings(certificate: directory.file("mail.pem"), key: directory.file(key)))
    }

    private func verify(_ bytes: [UInt8]) throws -> (status: Int32, output: String) {
        try Data(bytes).write(to: URL(fileURLWithPath: directory.file("signed.eml")))
        return try LetterSignerTests.openssl(["cms", "-verify", "-in", directory.file("signed.eml"), "-CAfile", directory.file("mail.pem")])
    }

    @Test func theSignatureHoldsAndTheContentIsWhatWasSigned() throws {
        let signed = try signer().signed(letter)

        let verified = try verify(signed.bytes)
        #expect(verified.status == 0)
        #expect(verified.output == content)
        #expect(signed.messageID == letter.messageID && signed.recipients == letter.recipients)
    }

    @Test func theOtherHeadersStandOnceAndEveryLineEndsInCRLF() throws {
        let bytes = try signer().signed(letter).bytes

        let lines = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.filter { $0.hasPrefix("MIME-Version:") }.count == 1)
        #expect(lines.filter { $0.hasPrefix("Subject:") } == ["Subject: x"])
        let type = try #require(lines.firstIndex(of: "Content-Type: multipart/signed;"))
        #expect(lines[type + 1] == " protocol=\"application/pkcs7-signature\";")
        #expect(lines[type + 2] == " micalg=\"sha-256\";")
        #expect(lines[type + 3].hasPrefix(" boundary=\"----"))
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(!lines.contains { $0.contains("\n") })
    }

    @Test func aChangedLetterIsFoundOut() throws {
        var bytes = try signer().signed(letter).bytes
        let place = try #require(bytes.firstRange(of: Array("xJHDtG4g".utf8))).lowerBound
        bytes[place] = UInt8(ascii: "y")

        #expect(try verify(bytes).status != 0)
    }

    @Test func aKeyThatCannotBeReadIsNamed() throws {
        let failure = #expect(throws: Failure.self) { try signer(key: "none.pem").signed(letter) }

        #expect(failure?.message.hasPrefix("openssl refused: ") == true)
        #expect(failure?.message.contains("none.pem") == true)
    }

    private func trouble(_ key: String = "key.pem", certificate: String = "mail.pem", in days: Int = 0) throws -> String? {
        let made = try LetterSignerTests.openssl(["x509", "-in", directory.file("mail.pem"), "-noout", "-startdate", "-dateopt", "iso_8601"]).output
        let parts = made.split(separator: "=")[1].prefix(10).split(separator: "-").compactMap { Int($0) }
        let day = try #require(Day(year: parts[0], month: parts[1], day: parts[2]))
        let files = SMIMESettings(certificate: directory.file(certificate), key: directory.file(key))
        return SigningMaterial.trouble(files, on: day + days)?[.english].replacing(directory.path + "/", with: "")
    }

    /// The certificate holds for two days, so every day of them is within the notice.
    @Test(arguments: [(-3, "holds from"), (1, "runs out on"), (5, "ran out on")])
    func theDaysOfACertificateAreLookedAt(days: Int, words: String) throws {
        let said = try #require(try trouble(in: days))

        #expect(said.hasPrefix("the certificate mail.pem \(words) "))
    }

    @Test func aCertificateThatHoldsForLongNeedsNoWord() throws {
        try LetterSignerTests.openssl([
            "req", "-x509", "-key", directory.file("key.pem"), "-days", "400", "-subj", "/CN=So Noi vu", "-out", directory.file("long.pem"),
        ])

        #expect(try trouble(certificate: "long.pem", in: 1) == nil)
        #expect(try trouble("none.pem", certificate: "long.pem") == nil, "a file that is not there is told with its place in dondoc.yaml")
    }

    @Test func aKeyThatCannotSignIsNamed() throws {
        try LetterSignerTests.openssl(["genrsa", "-out", directory.file("other.pem"), "2048"])
        try LetterSignerTests.openssl([
            "rsa", "-in", directory.file("key.pem"), "-aes256", "-passout", "pass:secret", "-out", directory.file("locked.pem"),
        ])
        try directory.write("no key", to: "text.pem")

        #expect(try trouble("other.pem") == "the key other.pem does not belong to the certificate mail.pem, so no letter can be signed")
        for key in ["locked.pem", "text.pem"] {
            #expect(try trouble(key) == "the key \(key) cannot be read, so no letter can be signed; it must be a PEM file without a pass phrase")
        }
        #expect(
            try trouble(certificate: "text.pem") == "the certificate text.pem cannot be read, so no letter can be signed; it must be a PEM file")
    }
}
