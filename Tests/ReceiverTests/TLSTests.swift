import Foundation
import Model
import NIOSSL
import Settings
import TestSupport
import Testing
import X509

@testable import Receiver

/// TLS, certificates of senders, and their renewal.
@Suite struct TLSTests {
    private let directory: TemporaryDirectory
    private let authority: TestAuthority

    init() throws {
        directory = try TemporaryDirectory()
        authority = try TestAuthority()
        try write("ca.pem", authority.certificate.serializeAsPEM().pemString)
        try renew(serial: 1)
    }

    private func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(directory.path)/\(name)"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(directory.path)/\(name)")
    }

    private func renew(serial: Int) throws {
        let server = try authority.issue(DistinguishedName { CommonName("localhost") }, serial: serial)
        try write("server.pem", server.certificate)
        try write("server.key", server.key)
    }

    private var settings: PushSettings {
        get throws { try settings(subject: "CN=Sở Nội vụ,O=Sơn La,C=VN") }
    }

    private func settings(subject: String) throws -> PushSettings {
        var settings = PushSettings.onLoopback()
        settings.tls = PushTLSSettings(
            certificate: "\(directory.path)/server.pem", key: "\(directory.path)/server.key", clientCA: "\(directory.path)/ca.pem")
        settings.senders = [PushSenderSettings(subject: try #require(SubjectName(subject)), sender: .ofOne)]
        return settings
    }

    private func subject(_ name: String) throws -> DistinguishedName {
        try DistinguishedName {
            CountryName("VN")
            OrganizationName("Sơn La")
            CommonName(name)
        }
    }

    @Test func senderIsKnownByTheSubjectOfItsCertificate() async throws {
        let client = try authority.client(authority.issue(subject("Sở Nội vụ")))
        try await RunningListener.run(try settings) { listener in
            let heard = try await listener.connect(tls: client).push(Sample.json(), token: nil)

            #expect(heard.status == 200)
            #expect(listener.counter.pushes.first?.sender == .ofOne)
        }
    }

    @Test func subjectMayStandAsOpensslPrintsIt() async throws {
        let subject = try DistinguishedName([
            RelativeDistinguishedName([.init(type: [2, 5, 4, 6], printableString: "VN")]),
            RelativeDistinguishedName([
                .init(type: [2, 5, 4, 3], utf8String: "Lò Văn"),
                .init(type: [2, 5, 4, 11], utf8String: "Sở Nội vụ"),
            ]),
            RelativeDistinguishedName([.init(type: [2, 5, 4, 5], printableString: "12")]),
            RelativeDistinguishedName([.init(type: [1, 2, 840, 113_549, 1, 9, 1], ia5String: "x@y.vn")]),
        ])
        let client = try authority.client(authority.issue(subject))
        let written = try settings(subject: "emailAddress=x@y.vn,serialNumber=12,OU=Sở Nội vụ+CN=Lò Văn,C=VN")
        try await RunningListener.run(written) { listener in
            let heard = try await listener.connect(tls: client).push(Sample.json(), token: nil)

            #expect(heard.status == 200)
        }
    }

    @Test func termsWithoutSendersKnowNobodyByACertificate() async throws {
        let client = try authority.client(authority.issue(subject("Sở Nội vụ")))
        try await RunningListener.run(try settings) { listener in
            listener.terms.swap(listener.terms.current.withoutSenders())

            let certified = try await listener.connect(tls: client).push(Sample.json(), token: nil)
            let withToken = try await listener.connect(tls: client).push(Sample.json())

            #expect(certified.status == 401)
            #expect(withToken.status == 200)
        }
    }

    @Test func tokenWorksWithoutACertificateAndBesideOne() async throws {
        let plain = try authority.client()
        let other = try authority.client(authority.issue(subject("Sở Khác")))
        try await RunningListener.run(try settings) { listener in
            let found1 = try await listener.connect(tls: plain).push(Sample.json()).status
            #expect(found1 == 200)
            let found2 = try await listener.connect(tls: other).push(Sample.json()).status
            #expect(found2 == 200)
            let found3 = try await listener.connect(tls: plain).push(Sample.json(), token: nil).status
            #expect(found3 == 401)
        }
    }

    @Test func certificateOfNobodyIsRefusedAndNamed() async throws {
        let client = try authority.client(authority.issue(subject("Sở Khác")))
        try await RunningListener.run(try settings) { listener in
            let heard = try await listener.connect(tls: client).push(Sample.json(), token: nil)

            #expect(heard.status == 401)
            #expect(heard.body.contains(#""code":"unknown-certificate""#))
            #expect(
                heard.body.contains(
                    "the certificate 'CN=Sở Khác,O=Sơn La,C=VN' is valid and belongs to no sender; the operators add it to push.senders"))
            #expect(listener.counter.failedLogins == ["127.0.0.1"])
        }
    }

    @Test func certificateOfAnotherAuthorityEndsTheConnection() async throws {
        let stranger = try TestAuthority().issue(subject("Sở Nội vụ"))
        let client = try authority.client(stranger)
        try await RunningListener.run(try settings) { listener in
            await #expect(throws: (any Error).self) { try await listener.connect(tls: client).push(Sample.json(), token: nil) }
            #expect(listener.counter.pushes.isEmpty)
        }
    }

    @Test func renewedCertificateIsShownAfterAReloadAndOldConnectionsGoOn() async throws {
        let client = try authority.client()
        try await RunningListener.run(try settings) { listener in
            let old = try await listener.connect(tls: client)
            let found4 = try await old.push(Sample.json()).status
            #expect(found4 == 200)

            // Another authority's certificate: only a client that trusts it can connect then.
            let newAuthority = try TestAuthority()
            let server = try newAuthority.issue(DistinguishedName { CommonName("localhost") })
            try write("server.pem", server.certificate)
            try write("server.key", server.key)
            listener.terms.swap(try ReceiverTerms(settings, province: code("H52")))

            let found5 = try await listener.connect(tls: newAuthority.client()).push(Sample.json()).status
            #expect(found5 == 200)
            await #expect(throws: (any Error).self) { try await listener.connect(tls: client).push(Sample.json()) }
            let found6 = try await old.push(Sample.json()).status
            #expect(found6 == 200)
        }
    }

    @Test func plainHTTPOnATLSPortDisturbsNobody() async throws {
        let client = try authority.client()
        try await RunningListener.run(try settings) { listener in
            let plain = try await listener.connect()
            try await plain.send("GET /healthz HTTP/1.1\r\n\r\n")
            try await plain.closed()

            let found7 = try await listener.connect(tls: client).ask("GET", "/healthz").status
            #expect(found7 == 200)
        }
    }

    @Test func aKeyOfAnotherCertificateIsNamedAsTheFault() throws {
        let other = try authority.issue(DistinguishedName { CommonName("localhost") })
        try write("server.key", other.key)

        let error = #expect(throws: ReceiverError.self) { try settings.tls?.check() }

        #expect(
            error?.description
                == "push.tls: the key \(directory.path)/server.key does not belong to the certificate \(directory.path)/server.pem; give the key that it was issued for"
        )
        #expect(error?.file == "\(directory.path)/server.key")
    }

    @Test func filesThatAreNotThereAreSaidToBeMissing() throws {
        try FileManager.default.removeItem(atPath: "\(directory.path)/server.pem")

        let error = #expect(throws: ReceiverError.self) { try settings.tls?.check() }

        #expect(error?.description == "push.tls: \(directory.path)/server.pem is missing")
    }

    @Test func filesThatCannotBeUsedAreNamed() throws {
        try write("server.key", "nonsense")
        let nonsense = #expect(throws: ReceiverError.self) { try ReceiverTerms(settings, province: code("H52")) }
        #expect(nonsense?.description.hasPrefix("push.tls: \(directory.path)/server.key cannot be used: ") == true)

        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: "\(directory.path)/server.key")
        let open = #expect(throws: ReceiverError.self) { try ReceiverTerms(settings, province: code("H52")) }
        #expect(
            open?.description
                == "push.tls: the key \(directory.path)/server.key may be read or written by others; chgrp dondoc and chmod 640 it")
    }
}
