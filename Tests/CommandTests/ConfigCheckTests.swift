import Foundation
import Model
import TestSupport
import Testing

@testable import dondoc

/// What `config check` finds beyond the files of the directory: a daemon must start on what it calls good.
@Suite struct ConfigCheckTests {
    private let directory: TemporaryDirectory
    private let lines: Int

    /// The shipped configuration with a listener for pushes whose files are not there.
    init() throws {
        directory = try TemporaryDirectory()
        try FileManager.default.removeItem(atPath: directory.path)
        try directory.copy(repository("config"), to: "")
        let yaml = try String(contentsOfFile: directory.file("dondoc.yaml"), encoding: .utf8)
        lines = yaml.count { $0 == "\n" }
        try directory.write(yaml + "push: {address: \"127.0.0.1:18443\", tls: {certificate: x.pem, key: y.pem}}\n", to: "dondoc.yaml")
    }

    private func problems() -> [String] { Offline.fullCheck(configuration: directory.path, language: .english).problems.map(\.text) }

    @Test func certificatesThatAreMissingAreAProblemAtTheirPlace() throws {
        #expect(problems() == ["dondoc.yaml:\(lines + 1):55: push.tls: \(directory.file("x.pem")) is missing"])
    }

    @Test func aKeyThatOthersMayReadIsAProblem() throws {
        try directory.write("", to: "x.pem")
        try directory.write("", to: "y.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory.file("y.pem"))

        let key = directory.file("y.pem")
        #expect(
            problems() == ["dondoc.yaml:\(lines + 1):67: push.tls: the key \(key) may be read or written by others; chgrp dondoc and chmod 640 it"])
    }

    @Test(arguments: [(0o644, true), (0o640, false), (0o600, false)])
    func aKeyForLettersThatOthersMayReadIsARemark(_ mode: Int, _ isRemarked: Bool) throws {
        try directory.write("", to: "mail.key")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory.file("mail.key"))
        let yaml = try String(contentsOfFile: repository("config/dondoc.yaml"), encoding: .utf8)
        let mail = """
            mail:
              relay: {host: 127.0.0.1, security: none, port: 25}
              from: {name: a, address: a@b.example}
              operators: a@b.example
              smime: {certificate: mail.pem, key: mail.key}

            """
        try directory.write(yaml + mail, to: "dondoc.yaml")

        let (problems, warnings) = Offline.fullCheck(configuration: directory.path, language: .english)

        let key = directory.file("mail.key")
        let remark = "dondoc.yaml: the key that signs letters, \(key), may be read or written by others; chgrp dondoc and chmod 640 it"
        #expect(problems.map(\.text) == [])
        #expect(warnings.contains(remark) == isRemarked)
    }
}
