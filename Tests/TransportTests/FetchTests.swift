import TestSupport
import Testing

@testable import Transport

struct FetchTests {
    let courier = Courier(concurrent: 8, perHost: 8)

    @Test func getReturnsStatusHeadersAndBody() async throws {
        let server = try ScriptedServer.web { request, conversation in
            try conversation.answer(
                headers: ["Content-Type: Application/JSON; charset=utf-8", "ETag: W/\"a1\"", "Last-Modified: Mon, 03 Aug 2026 00:00:00 GMT"],
                text: request.line)
        }

        let answer = try await courier.fetch(FetchRequest(url: server.url("/a?b=c")))

        #expect(answer.status == 200)
        #expect(answer.body == Array("GET /a?b=c HTTP/1.1".utf8))
        #expect(answer.mediaType == "application/json")
        #expect(answer.header("content-TYPE") == "Application/JSON; charset=utf-8")
        #expect(answer.entityTag == "W/\"a1\"")
        #expect(answer.lastModified == "Mon, 03 Aug 2026 00:00:00 GMT")
        #expect(answer.retryAfter == nil)
    }

    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE", "GET"])
    func anyMethodCarriesItsBodyAndHeaders(method: String) async throws {
        let server = try ScriptedServer.web { request, conversation in
            let heard = [request.line, request.headers["content-type"] ?? "-", request.headers["x-agency"] ?? "-", request.headers["expect"] ?? "-"]
            try conversation.answer(body: Array(heard.joined(separator: "|").utf8) + request.body)
        }
        let request = FetchRequest(
            url: server.url(), method: method, headers: [("Content-Type", "application/json"), ("X-Agency", "sonla")], body: Array("{\"a\":1}".utf8))

        let answer = try await courier.fetch(request)

        #expect(String(decoding: answer.body, as: UTF8.self) == "\(method) / HTTP/1.1|application/json|sonla|-{\"a\":1}")
    }

    @Test func bodyWithoutContentTypeIsNotCalledAForm() async throws {
        let server = try ScriptedServer.web { request, conversation in
            try conversation.answer(text: "\(request.headers["content-type"] ?? "none") \(request.headers["content-length"] ?? "none")")
        }

        let full = try await courier.fetch(FetchRequest(url: server.url(), method: "POST", body: [0, 1, 2]))
        let empty = try await courier.fetch(FetchRequest(url: server.url(), method: "POST", body: []))

        #expect(full.body == Array("none 3".utf8))
        #expect(empty.body == Array("none 0".utf8))
    }

    @Test func headHasNoBody() async throws {
        let server = try ScriptedServer.web { request, conversation in
            try conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Line: \(request.line)\r\n\r\n")
        }

        let answer = try await courier.fetch(FetchRequest(url: server.url(), method: "HEAD"))

        #expect(answer.body.isEmpty)
        #expect(answer.header("X-Line") == "HEAD / HTTP/1.1")
    }

    @Test func credentialsAreSentAsHeaders() async throws {
        let server = try ScriptedServer.web { request, conversation in
            try conversation.answer(text: request.headers["authorization"] ?? "none")
        }

        let bearer = try await courier.fetch(FetchRequest(url: server.url(), credential: .bearer(Secret("t0ken"))))
        let basic = try await courier.fetch(FetchRequest(url: server.url(), credential: .basic(user: "u", password: Secret("mật:khẩu"))))
        let none = try await courier.fetch(FetchRequest(url: server.url()))

        #expect(bearer.body == Array("Bearer t0ken".utf8))
        #expect(String(decoding: basic.body, as: UTF8.self) == "Basic dTpt4bqtdDpraOG6qXU=")
        #expect(none.body == Array("none".utf8))
    }

    @Test func validatorsGoBackExactlyAsTheyCameAndNotModifiedIsAnAnswer() async throws {
        let server = try ScriptedServer.web { request, conversation in
            guard request.headers["if-none-match"] == "W/\"a 1\"", request.headers["if-modified-since"] == "Mon, 03 Aug 2026 00:00:00 GMT" else {
                return try conversation.answer("400 Bad Request")
            }
            try conversation.send("HTTP/1.1 304 Not Modified\r\nETag: W/\"a 1\"\r\n\r\n")
        }
        let request = FetchRequest(url: server.url(), entityTag: "W/\"a 1\"", lastModified: "Mon, 03 Aug 2026 00:00:00 GMT")

        let answer = try await courier.fetch(request)

        #expect(answer.status == 304)
        #expect(answer.body.isEmpty)
        #expect(answer.entityTag == "W/\"a 1\"")
    }

    @Test func serverErrorsAreAnswersWithRetryAfter() async throws {
        let server = try ScriptedServer.web { request, conversation in
            switch request.target {
            case "/seconds": try conversation.answer("503 Service Unavailable", headers: ["Retry-After: 120"], text: "later")
            default:
                try conversation.answer(
                    "503 Service Unavailable",
                    headers: ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:50:07 GMT"])
            }
        }

        let seconds = try await courier.fetch(FetchRequest(url: server.url("/seconds")))
        let date = try await courier.fetch(FetchRequest(url: server.url("/date")))

        #expect(seconds.status == 503)
        #expect(seconds.body == Array("later".utf8))
        #expect(seconds.retryAfter == .seconds(120))
        #expect(date.retryAfter == .seconds(30))
    }

    @Test func gzipIsUndone() async throws {
        let server = try ScriptedServer.web { request, conversation in
            guard request.headers["accept-encoding"]?.contains("gzip") == true else { return try conversation.answer("406 Not Acceptable") }
            try conversation.answer(headers: ["Content-Encoding: gzip"], body: Gzip.stored(Array("đôn đốc".utf8)))
        }

        let answer = try await courier.fetch(FetchRequest(url: server.url()))

        #expect(String(decoding: answer.body, as: UTF8.self) == "đôn đốc")
    }

    @Test func informationalAnswersAreSkipped() async throws {
        let server = try ScriptedServer.web { _, conversation in
            try conversation.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            try conversation.answer(headers: ["X-Late: 1"], text: "ok")
        }

        let answer = try await courier.fetch(FetchRequest(url: server.url()))

        #expect(answer.status == 200)
        #expect(answer.header("X-Early") == nil)
        #expect(answer.header("X-Late") == "1")
    }

    @Test func connectionIsReused() async throws {
        let server = try ScriptedServer.web { _, conversation in try conversation.answer(text: "\(conversation.number)") }

        for _ in 1...5 { _ = try await courier.fetch(FetchRequest(url: server.url())) }

        #expect(server.connections == 1)
    }
}
