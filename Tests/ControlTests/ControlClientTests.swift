import Model
import Testing

@testable import Control

struct ControlClientTests {
    private static let body = #"{"document":{"blocks":[]}}"#

    private func ask(_ answer: String) throws -> Result<Response, ControlError> {
        let server = try ScriptedServer([.readRequest, .send(Array(answer.utf8))])
        return withExtendedLifetime(server) { ask(at: server.path) }
    }

    private func ask(at path: String, limit: Duration = .seconds(20)) -> Result<Response, ControlError> {
        do throws(ControlError) {
            return .success(try ControlClient(path: path, limit: limit).ask(.status, language: .english))
        } catch {
            return .failure(error)
        }
    }

    @Test func answersWithALengthAndInChunksAreRead() throws {
        let sized = "HTTP/1.1 200 OK\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
        let half = Self.body.prefix(10)
        let rest = Self.body.dropFirst(10)
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n\(half)\r\n\(String(rest.utf8.count, radix: 16));x=y\r\n\(rest)\r\n0\r\n\r\n"

        #expect(try ask(sized) == .success(.document(Document([]))))
        #expect(try ask(chunked) == .success(.document(Document([]))))
    }

    @Test func anAnswerCountsThoughItsSenderLeftTheRequestUnread() throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)"
        let server = try ScriptedServer([.awaitRequest, .send(Array(answer.utf8))])

        let result = withExtendedLifetime(server) { ask(at: server.path) }

        #expect(result == .success(.document(Document([]))))
    }

    @Test func aFailureIsAnAnswerWhateverItsStatus() throws {
        let body = #"{"failure":{"code":"unknown-id","message":"m","hint":""}}"#

        let result = try ask("HTTP/1.1 404 Not Found\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")

        #expect(result == .success(.failure(Failure(.unknownID, "m"))))
    }

    @Test func whatIsNotTheDaemonIsNamedSo() throws {
        guard case .failure(.notDaemon(_, let greeting)) = try ask("220 mail ESMTP\r\n"),
            case .failure(.notDaemon(_, let status)) = try ask("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno")
        else {
            Issue.record("garbage was taken for an answer")
            return
        }

        #expect(greeting == "'220 mail ESMTP..'")
        #expect(status == "status 404")
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nx",
    ])
    func aTruncatedAnswerIsNotTakenForAWholeOne(answer: String) throws {
        let server = try ScriptedServer([.readRequest, .send(Array(answer.utf8))])

        let result = withExtendedLifetime(server) { ask(at: server.path) }

        #expect(result == .failure(.interrupted(path: server.path)))
    }

    @Test func anAnswerOfAnotherVersionIsUnreadable() throws {
        let result = try ask("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        guard case .failure(.unreadable) = result else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func aSilentDaemonCostsNoMoreThanTheLimit() throws {
        let server = try ScriptedServer([.readRequest, .send(Array("HTTP/1.1 200 OK\r\n".utf8)), .holdUntilPeerLeaves])

        let result = withExtendedLifetime(server) { ask(at: server.path, limit: .milliseconds(100)) }

        #expect(result == .failure(.timedOut(path: server.path, after: .milliseconds(100))))
    }

    @Test func aMissingSocketIsADaemonNotRunning() {
        #expect(ask(at: "/nonexistent/control.sock") == .failure(.notRunning(path: "/nonexistent/control.sock")))
        #expect(ask(at: String(repeating: "x", count: 108)) == .failure(.unusablePath(path: String(repeating: "x", count: 108))))
        #expect(ask(at: "") == .failure(.unusablePath(path: "")))
    }

    @Test func aPathIsAnsweredWhereSomebodyListens() throws {
        let server = try ScriptedServer([.holdUntilPeerLeaves])

        withExtendedLifetime(server) { #expect(ControlClient(path: server.path).isAnswered) }
        #expect(!ControlClient(path: "/nonexistent/control.sock").isAnswered)
        #expect(!ControlClient(path: "/dev/null").isAnswered)
    }

    @Test func theCommonestErrorsAreSaidInVietnamese() {
        #expect(
            ControlError.notRunning(path: "/run/s").text(.vietnamese)
                == "dondocd không trả lời tại /run/s: dịch vụ có đang chạy không? Xem `systemctl status dondocd`, hoặc đọc thẳng tệp bằng --database TỆP"
        )
        #expect(
            ControlError.forbidden(path: "/run/s").text(.vietnamese)
                == "người dùng này không được dùng socket điều khiển /run/s: xin vào nhóm sở hữu nó (`ls -l /run/s`), hoặc dùng sudo")
        #expect(ControlError.tooLarge(limit: 1).text(.english) == ControlError.tooLarge(limit: 1).description)
    }

    @Test func everyErrorSaysWhatToDo() {
        let texts: [(ControlError, String)] = [
            (
                .notRunning(path: "/run/s"),
                "dondocd does not answer at /run/s: is it running? See `systemctl status dondocd`, or read the file with --database FILE"
            ),
            (
                .forbidden(path: "/run/s"),
                "this user may not use the control socket /run/s: join the group that owns it (`ls -l /run/s`), or use sudo"
            ),
            (.unusablePath(path: "x"), "'x' cannot be a unix socket: give a path of 1 to 107 bytes to --socket"),
            (
                .timedOut(path: "/run/s", after: .seconds(30)),
                "dondocd at /run/s did not answer within 30 s: see `journalctl -u dondocd`, then ask again"
            ),
            (
                .interrupted(path: "/run/s"),
                "the connection to dondocd at /run/s ended before the answer was whole: see `journalctl -u dondocd`, then ask again"
            ),
            (
                .notDaemon(path: "/run/s", found: "status 404"),
                "what answers at /run/s is not dondocd: expected HTTP/1.1 200, found status 404; check --socket"
            ),
            (.tooLarge(limit: 64_000_000), "the answer is larger than 64000000 bytes: ask for fewer days or agencies"),
            (
                .unreadable("x"),
                "the answer of dondocd cannot be read (x): dondoc and dondocd must be of the same version; restart the daemon after an upgrade"
            ),
            (.system(operation: "connect to", path: "/run/s", code: 5, text: "I/O"), "cannot connect to /run/s: I/O (errno 5)"),
        ]

        for (error, text) in texts { #expect(error.description == text) }
    }
}
