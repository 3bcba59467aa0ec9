import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Transport

/// Bounds, cancellation and the end of a courier.
struct CourierTests {
    @Test func boundInAllIsRespectedAndEverybodyIsServed() async throws {
        // Requests in work are counted, not connections: a server under load closes those later than the client has left them.
        let open = Mutex((now: 0, most: 0))
        let server = try ScriptedServer.web { request, conversation in
            open.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            Pause.milliseconds(2)
            open.withLock { $0.now -= 1 }
            try conversation.answer(headers: ["Connection: close"], text: request.target)
            throw Conversation.Gone()
        }
        let courier = Courier(concurrent: 5, perHost: 100)

        let served = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let answer = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url("/\(number)"))) }
                    return (try? answer.get().body) == Array("/\(number)".utf8)  // A failure is counted as not served.
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }

        #expect(served == 200)
        #expect(server.connections == 200)
        #expect(open.withLock { $0.most } <= 5)
        #expect(open.withLock { $0.most } >= 2)
    }

    @Test func boundPerHostIsRespected() async throws {
        let open = Mutex((now: 0, most: 0))
        let server = try ScriptedServer.web { _, conversation in
            open.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            Pause.milliseconds(5)
            open.withLock { $0.now -= 1 }
            try conversation.answer(text: "ok")
        }
        let courier = Courier(concurrent: 50, perHost: 2)

        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<30 {
                group.addTask { _ = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: server.url())) } }
            }
        }

        #expect(open.withLock { $0.most } == 2)
        #expect(server.mostAtOnce == 2)
    }

    @Test func busyHostDoesNotHoldUpAnother() async throws {
        let silent = try ScriptedServer { $0.waitForEnd() }
        let quick = try ScriptedServer.web { _, conversation in try conversation.answer(text: "quick") }
        let courier = Courier(concurrent: 2, perHost: 1)
        let url = silent.url()

        let answer = try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { _ = try await courier.fetch(FetchRequest(url: url)) } }
            _ = try await soon("the first at the silent server") { silent.connections == 1 ? true : nil }
            let answer = try await courier.fetch(FetchRequest(url: "http://localhost:\(quick.port)/"))
            // Looked at before the cancelling, in which the first may leave its place to the second.
            #expect(silent.connections == 1)
            group.cancelAll()
            return answer
        }

        #expect(answer.body == Array("quick".utf8))
    }

    @Test func waitingCostsNothingOfTheTimeout() async throws {
        let server = try ScriptedServer.web { _, conversation in
            Pause.milliseconds(400)
            try conversation.answer(text: "ok")
        }
        let courier = Courier(concurrent: 1, perHost: 1)

        let kinds = await withTaskGroup(of: TransportError.Kind?.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    await outcome { () throws(TransportError) in
                        try await courier.fetch(FetchRequest(url: server.url(), timeout: .seconds(3)))
                    }.kind
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }

        #expect(kinds == Array(repeating: nil, count: 8))
    }

    @Test func cancellationClosesTheConnectionAndFreesThePlace() async throws {
        let ended = Mutex(0)
        let server = try ScriptedServer.web { request, conversation in
            if request.target == "/quick" { return try conversation.answer(text: "quick") }
            conversation.waitForEnd()
            ended.withLock { $0 += 1 }
            throw Conversation.Gone()
        }
        let courier = Courier(concurrent: 1, perHost: 1)
        let url = server.url("/slow")
        // Unstructured on purpose: the test cancels this one task and awaits it below.
        let running = Task { await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) } }
        _ = try await soon("the connection") { server.connections == 1 ? true : nil }
        let waiting = Task { await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) } }

        waiting.cancel()
        let neverStarted = await waiting.value
        running.cancel()
        let aborted = await running.value

        #expect(neverStarted.kind == .cancelled)
        #expect(aborted.kind == .cancelled)
        #expect(
            aborted.error?.description
                == "http://127.0.0.1:\(server.port)/slow: cancelled before the answer came; ask again if it is still wanted")
        _ = try await soon("the server to see the end") { ended.withLock { $0 } == 1 ? true : nil }
        let answer = try await courier.fetch(FetchRequest(url: server.url("/quick")))
        #expect(answer.body == Array("quick".utf8))
    }

    @Test func taskAlreadyCancelledSendsNothing() async throws {
        let server = try ScriptedServer.web { _, conversation in try conversation.answer(text: "ok") }
        let courier = Courier(concurrent: 1, perHost: 1)
        let url = server.url()

        // Unstructured on purpose: it cancels itself before it asks.
        let result = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) }
        }.value

        #expect(result.kind == .cancelled)
        #expect(server.connections == 0)
    }

    @Test func closingFailsWhatIsOpenAndWaitingAndAllThatFollows() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let courier = Courier(concurrent: 1, perHost: 1)
        let url = server.url()
        let open = Task { await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) } }
        _ = try await soon("the connection") { server.connections == 1 ? true : nil }
        let waiting = Task { await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) } }

        courier.close()
        courier.close()
        let late = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) }

        #expect(await open.value.kind == .shutDown)
        #expect(await waiting.value.kind == .shutDown)
        #expect(late.kind == .shutDown)
        #expect(
            late.error?.description == "http://127.0.0.1:\(server.port)/: not done because the daemon is stopping; it is done after the next start")
    }

    @Test func fullQueueRefusesTheNext() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let courier = Courier(concurrent: 1, perHost: 1, waiting: 1)
        let url = server.url()
        let open = Task { await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) } }
        _ = try await soon("the connection") { server.connections == 1 ? true : nil }

        // Of two more one waits and one is refused, whichever comes first.
        let refused = try await withThrowingTaskGroup(of: TransportError?.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url, timeout: .seconds(30))) }.error
                }
            }
            let first = try await group.next()
            courier.close()
            try await group.waitForAll()
            return first ?? nil
        }

        #expect(refused?.kind == .crowded(limit: 1))
        #expect(
            refused?.description
                == "http://127.0.0.1:\(server.port)/: 1 exchanges are waiting already; "
                + "it is tried again; if this stays, allow more at once or ask less often")
        #expect(await open.value.kind == .shutDown)
    }

    @Test func lettingGoOfTheCourierEndsItsThreads() async throws {
        let name = "life-\(UInt16.random(in: 0...UInt16.max))"
        var thread: ExchangeThread? = ExchangeThread(name: name, total: 1, perHost: 1, room: 1)
        let isAlive = {
            let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []  // A missing listing fails the test below.
            return tasks.contains { task in
                // A thread that ends while we look has no name any more.
                (try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)) == name + "\n"
            }
        }
        _ = try await soon("the thread to start") { isAlive() ? true : nil }

        thread?.close()
        thread = nil

        let ended = try await soon("the thread to end") { isAlive() ? nil : true }
        #expect(ended)
    }
}
