import Foundation
import Model
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Connectors

@Suite struct FetchTests {
    private let august = days("2026-08-01", "2026-08-31")

    /// A server with one answer, and the requests that it heard.
    private final class Agency: Sendable {
        let heard = Mutex<[HeardRequest]>([])

        func server(_ status: String, headers: [String] = [], text: String = "") throws -> ScriptedServer {
            try ScriptedServer { conversation in
                while true {
                    let request = try conversation.readRequest()
                    self.heard.withLock { $0.append(request) }
                    try conversation.answer(status, headers: headers, text: text)
                }
            }
        }

        var requests: [HeardRequest] { heard.withLock { $0 } }
    }

    private func fetch(_ source: SourceUnderTest, known: KnownVersion? = nil) async throws -> Result<FetchResult, ConnectorError> {
        let courier = Courier(concurrent: 1, perHost: 1)
        defer { courier.close() }
        let connector = try #require(source.connector, "\(source.problems)")
        do throws(ConnectorError) {
            return .success(try await connector.fetch(august, using: courier, known: known))
        } catch {
            return .failure(error)
        }
    }

    private func error(_ source: SourceUnderTest) async throws -> ConnectorError {
        guard case .failure(let error) = try await fetch(source) else {
            Issue.record("expected an error")
            throw CancellationError()
        }
        return error
    }

    @Test func answerComesBackWithItsVersionAndIsReadable() async throws {
        let agency = Agency()
        let server = try agency.server(
            "201 Created", headers: ["Content-Type: application/json", "ETag: \"v1\"", "Last-Modified: Tue, 01 Sep 2026 00:00:00 GMT"],
            text: #"[{"code":"H52.07","n":482}]"#)
        let source = try SourceUnderTest(request: [
            "method: POST", "url: \"http://127.0.0.1:\(server.port)/counts/${year}\"", "headers: {X-Agency: sonla}",
            "body: '{\"month\":${month}}'", "media_type: application/json", "accept_status: [200, 201]", "bearer_file: credentials/token",
        ])
        try source.directory.write("s3cret\n", to: "credentials/token")

        let result = try await fetch(source)

        guard case .success(.answer(let bytes, let mediaType, let version)) = result else {
            Issue.record("expected an answer, not \(result)")
            return
        }
        #expect(mediaType == "application/json")
        #expect(version == KnownVersion(entityTag: "\"v1\"", lastModified: "Tue, 01 Sep 2026 00:00:00 GMT"))
        let delivery = Delivery(source: "s", receivedAt: instant("2026-09-01T02:15"), bytes: bytes, asked: august)
        #expect(try #require(source.connector).decode(delivery).map { try $0.get().value } == [.number(decimal("482"))])
        let request = try #require(agency.requests.first)
        #expect(request.line == "POST /counts/2026 HTTP/1.1")
        #expect(request.headers["authorization"] == "Bearer s3cret")
        #expect(request.headers["x-agency"] == "sonla")
        #expect(request.headers["content-type"] == "application/json")
        #expect(String(decoding: request.body, as: UTF8.self) == "{\"month\":8}")
    }

    @Test func basicCredentialIsSent() async throws {
        let agency = Agency()
        let server = try agency.server("200 OK", text: "[]")
        let source = try SourceUnderTest(request: [
            "url: \"http://127.0.0.1:\(server.port)/\"", "basic: {user: dondoc, password_file: token}",
        ])
        try source.directory.write("mật khẩu", to: "token")

        _ = try await fetch(source).get()

        let expected = "Basic " + Data("dondoc:mật khẩu".utf8).base64EncodedString()
        #expect(agency.requests.first?.headers["authorization"] == expected)
    }

    @Test func knownVersionIsOfferedAndNotModifiedIsBelieved() async throws {
        let agency = Agency()
        let server = try agency.server("304 Not Modified")
        let source = try SourceUnderTest(request: ["url: \"http://127.0.0.1:\(server.port)/\""])

        let result = try await fetch(source, known: KnownVersion(entityTag: "\"v1\"", lastModified: "Tue, 01 Sep 2026 00:00:00 GMT"))

        guard case .success(.unchanged) = result else {
            Issue.record("expected no change, not \(result)")
            return
        }
        #expect(agency.requests.first?.headers["if-none-match"] == "\"v1\"")
        #expect(agency.requests.first?.headers["if-modified-since"] == "Tue, 01 Sep 2026 00:00:00 GMT")
    }

    @Test func notModifiedWithoutAKnownVersionIsAnError() async throws {
        let server = try Agency().server("304 Not Modified")

        let error = try await error(SourceUnderTest(request: ["url: \"http://127.0.0.1:\(server.port)/\""]))

        #expect(error.description == "the source answered 304 without a place to go to; check url under request")
    }

    @Test func busySourceSaysWhenToComeBack() async throws {
        let server = try Agency().server("503 Service Unavailable", headers: ["Retry-After: 120"])

        let error = try await error(SourceUnderTest(request: ["url: \"http://127.0.0.1:\(server.port)/\""]))

        #expect(error.description == "the source answered 503; it is asked again later")
        #expect(error.isRetryable)
        #expect(error.retryAfter == .seconds(120))
    }

    @Test func sourceMayLowerTheLimitButNotRaiseIt() throws {
        let lower = try SourceUnderTest(request: ["url: \"https://a.example/\"", "maximum: 1kB"])
        let higher = try SourceUnderTest(request: ["url: \"https://a.example/\"", "maximum: 1GB"])

        #expect(lower.http?.request.maximumBytes == 1000)
        #expect(higher.http?.request.maximumBytes == 1_000_000)
    }

    @Test func defaultsAreThoseOfTheDocumentation() throws {
        let http = try #require(SourceUnderTest(request: ["url: \"https://a.example/\""]).http)

        #expect(http.request.each == .day)
        #expect(http.request.scheme == .calendar)
        #expect(http.request.method == "GET")
        #expect(http.request.body == nil)
        #expect(http.request.headers.isEmpty)
        #expect(http.request.acceptedStatus == [200])
        #expect(http.request.credential == .none)
        #expect(http.request.timeout == .seconds(60))
        #expect(http.request.maximumBytes == 1_000_000)
        #expect(http.answer.format == .json)
        #expect(http.answer.rows == .root)
        #expect(http.answer.separator == ",")
        #expect(http.answer.days == .asked)
        #expect(http.answer.numbers == NumberForm(usesDecimalComma: false, blank: .unknown))
        #expect(http.answer.verify == nil)
    }

    // MARK: - Credential files

    private func withCredential(_ prepare: (TemporaryDirectory) throws -> Void) async throws -> (error: ConnectorError, file: String) {
        let source = try SourceUnderTest(request: ["url: \"http://127.0.0.1:1/\"", "bearer_file: token"])
        try prepare(source.directory)
        return (try await error(source), source.directory.file("token"))
    }

    @Test func missingCredentialFileIsNamed() async throws {
        let (error, file) = try await withCredential { _ in }

        #expect(
            error.description
                == "the credential file \(file) cannot be read; it must exist and be readable by the daemon's user: chgrp dondoc and chmod 640 it")
        #expect(error.isRetryable)
    }

    @Test func emptyCredentialFileIsNamed() async throws {
        let (error, file) = try await withCredential { try $0.write("\nsecond line\n", to: "token") }

        #expect(error.description == "the credential file \(file) is empty; its first line is the secret")
    }

    @Test(arguments: [0o620, 0o602, 0o666])
    func credentialFileThatOthersMayWriteIsRefused(_ mode: Int) async throws {
        let (error, file) = try await withCredential { directory in
            try directory.write("s3cret", to: "token")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory.file("token"))
        }

        #expect(error.description == "the credential file \(file) may be written by others; chgrp dondoc and chmod 640 it")
        #expect(!error.description.contains("s3cret"))
    }
}
