import Synchronization
import TestSupport
import Testing
import Transport

struct RedirectTests {
    let courier = Courier(concurrent: 8, perHost: 8)

    /// What a server heard, for the test to look at afterwards.
    final class Heard: Sendable {
        let requests = Mutex<[HeardRequest]>([])
        func add(_ request: HeardRequest) { requests.withLock { $0.append(request) } }
    }

    @Test func loopEndsAtTheLimit() async throws {
        let heard = Heard()
        let server = try ScriptedServer.web { request, conversation in
            heard.add(request)
            try conversation.answer("302 Found", headers: ["Location: /again?token=s3cret"])
        }

        let error = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), maximumRedirects: 3))
        }.error

        #expect(error?.kind == .tooManyRedirects(limit: 3))
        #expect(heard.requests.withLock { $0.count } == 4)
        #expect(
            error?.description
                == "http://127.0.0.1:\(server.port)/: more than 3 redirects; enter the final address in the settings, or ask who runs the server")
    }

    @Test func fileIsNotFollowed() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.answer("302 Found", headers: ["Location: file:///etc/passwd"])
        }

        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) }.error

        #expect(error?.kind == .protocolForbidden(scheme: "file"))
        #expect(error?.isRetryable == false)
        #expect(
            error?.description
                == "file:///etc/passwd: the protocol 'file' is not allowed, only http and https are; "
                + "correct the URL, or ask who runs the server why it redirects there")
    }

    @Test func fileIsNotFetched() async {
        let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "file:///etc/passwd")) }.kind

        #expect(kind == .protocolForbidden(scheme: "file"))
    }

    @Test(arguments: [FetchRequest.Credential.bearer(Secret("t0ken")), .basic(user: "u", password: Secret("p"))])
    func neitherCredentialNorHeadersGoToAnotherOrigin(credential: FetchRequest.Credential) async throws {
        let heard = Heard()
        let other = try ScriptedServer.web { request, conversation in
            heard.add(request)
            try conversation.answer(text: "elsewhere")
        }
        let target = other.url("/there")
        let server = try ScriptedServer.web { request, conversation in
            heard.add(request)
            try conversation.answer("302 Found", headers: ["Location: \(target)"])
        }
        let request = FetchRequest(url: server.url("/here"), headers: [("X-Api-Key", "s3cret"), ("Accept", "text/csv")], credential: credential)

        let answer = try await courier.fetch(request)

        let requests = heard.requests.withLock { $0 }
        #expect(answer.body == Array("elsewhere".utf8))
        #expect(requests.map(\.target) == ["/here", "/there"])
        #expect(requests.first?.headers["authorization"] != nil)
        #expect(requests.first?.headers["x-api-key"] == "s3cret")
        #expect(requests.last?.headers["authorization"] == nil)
        #expect(requests.last?.headers["x-api-key"] == nil)
        #expect(requests.last?.headers["accept"] == "text/csv")
    }

    @Test func sameOriginKeepsTheCredential() async throws {
        let heard = Heard()
        let server = try ScriptedServer.web { request, conversation in
            heard.add(request)
            if request.target == "/here" { return try conversation.answer("301 Moved", headers: ["Location: there"]) }
            try conversation.answer(text: "done")
        }

        _ = try await courier.fetch(FetchRequest(url: server.url("/here"), credential: .bearer(Secret("t0ken"))))

        #expect(heard.requests.withLock { $0.map { $0.headers["authorization"] } } == ["Bearer t0ken", "Bearer t0ken"])
    }

    @Test(arguments: [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")])
    func postIsRepeatedOnlyWhereTheStatusSaysSo(status: Int, method: String) async throws {
        let server = try ScriptedServer.web { request, conversation in
            if request.target == "/" { return try conversation.answer("\(status) X", headers: ["Location: /next"]) }
            let type = request.headers["content-type"] ?? "none"
            try conversation.answer(text: "\(request.line.prefix(4)) \(type) \(String(decoding: request.body, as: UTF8.self))")
        }
        let request = FetchRequest(url: server.url(), method: "POST", headers: [("Content-Type", "text/plain")], body: Array("b".utf8))

        let answer = try await courier.fetch(request)

        let expected = method == "GET" ? "GET  none " : "POST text/plain b"
        #expect(String(decoding: answer.body, as: UTF8.self) == expected)
    }

    @Test func timeoutCoversAllHops() async throws {
        let server = try ScriptedServer.web { _, conversation in
            Pause.milliseconds(60)
            try conversation.answer("302 Found", headers: ["Location: /again"])
        }

        let kind = await outcome { () throws(TransportError) in
            try await courier.fetch(FetchRequest(url: server.url(), timeout: .milliseconds(200), maximumRedirects: 1000))
        }.kind

        #expect(kind == .timedOut)
    }

    @Test func redirectWithoutLocationIsAnAnswer() async throws {
        let server = try ScriptedServer.web { _, conversation in try conversation.answer("302 Found", text: "lost") }

        let answer = try await courier.fetch(FetchRequest(url: server.url()))

        #expect(answer.status == 302)
    }
}
