import Model
import Settings
import Store
import TestSupport
import Testing
import Transport

@testable import Daemon

/// What an answer of a target means, and when it is asked again.
@Suite struct RemoteWriteMachineTests {
    private func settings() throws -> RemoteWriteSettings {
        let directory = try TemporaryDirectory()
        try directory.copy(repository("config"), to: "config")
        let file = directory.file("config/dondoc.yaml")
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let target = "remote_write: [{id: archive, url: \"http://localhost/\", retry: {first: 10s, longest: 100s}}]\n"
        try directory.write(text + target, to: "config/dondoc.yaml")
        return try #require(SettingsFiles.core(in: directory.file("config"), problems: ProblemList())?.province.remoteWrite.first)
    }

    private func answer(_ status: Int, _ body: String = "", retryAfter: Duration? = nil) -> RemoteWriteMachine.Answer {
        RemoteWriteMachine.answer(to: FetchAnswer(status: status, headers: [], body: Array(body.utf8), retryAfter: retryAfter))
    }

    @Test func theStatusSaysWhoseFaultItIs() {
        for status in [200, 202, 204] { #expect(answer(status) == .taken) }
        for status in [400, 409, 413, 422] { #expect(answer(status, "out of order\nmore") == .refused("\(status) out of order")) }
        for status in [408, 425, 429, 500, 503, 599] {
            #expect(answer(status, "busy", retryAfter: .seconds(7)) == .later("\(status) busy", wait: .seconds(7)))
        }
        for status in [301, 302, 304, 401, 403, 404, 405] { #expect(answer(status) == .held("\(status)")) }
    }

    @Test func whatATargetSaysIsCutToOnePrintableLine() {
        #expect(
            answer(400, "a\u{1B}[31mb\tc" + String(repeating: "x", count: 1000)) == .refused("400 a [31mb c" + String(repeating: "x", count: 291)))
    }

    @Test func troubleOfTheWayIsRepeatedAndStoppingSaysNothing() {
        let error = { (kind: TransportError.Kind) in RemoteWriteMachine.answer(to: TransportError(kind, subject: "http://localhost/")) }

        for kind in [TransportError.Kind.refused, .timedOut, .interrupted, .tlsUntrusted] {
            guard case .later(_, nil) = error(kind) else {
                Issue.record("\(kind) is not repeated")
                continue
            }
        }
        guard case .held = error(.malformedRequest) else {
            Issue.record("a request that cannot be sent is repeated")
            return
        }
        #expect(error(.cancelled) == .interrupted && error(.shutDown) == .interrupted)
    }

    @Test func pausesDoubleUpToTheLongestAndKeepWhatTheTargetAsksFor() throws {
        let now = instant("2026-09-10T08:00")
        let machine = RemoteWriteMachine(settings: try settings(), jitter: { $0 })
        var state = RemoteWriteState(target: "archive", cells: DeliveryID(0), readings: DeliveryID(0), readingsBefore: now.day)
        var pauses: [Duration?] = []
        for _ in 0..<6 {
            state = machine.failed(state, "503", wait: nil, isHeld: false, at: now)
            pauses.append(state.nextAttempt.map { $0 - now })
        }
        let asked = machine.failed(state, "429", wait: .seconds(500), isHeld: false, at: now)
        let absurd = machine.failed(state, "429", wait: .seconds(9_000_000), isHeld: false, at: now)
        let held = machine.failed(
            RemoteWriteState(target: "archive", cells: DeliveryID(0), readings: DeliveryID(0), readingsBefore: now.day), "401", wait: nil,
            isHeld: true,
            at: now)

        #expect(pauses == [.seconds(10), .seconds(20), .seconds(40), .seconds(80), .seconds(100), .seconds(100)])
        #expect(state.failures == 6 && state.lastError == "503")
        #expect(asked.nextAttempt == now + .seconds(500))
        #expect(absurd.nextAttempt == now + RemoteWriteMachine.longestWait)
        #expect(held.nextAttempt == now + .seconds(100))
    }
}

/// Which readings are sent.
@Suite struct ReadingPlanTests {
    private func indicator(_ id: String, _ measure: String, _ period: Period.Kind, _ scheme: PeriodScheme, _ unit: Indicator.Unit = .count) throws
        -> Indicator
    {
        let text = LocalizedText(vietnamese: id, english: id)
        let definition = Indicator.Definition(version: 1, numerator: try #require(Expression(measure)), wording: text, legalBasis: "")
        return Indicator(
            id: id, title: text, clause: "", direction: .higherIsBetter, unit: unit, scheme: scheme, period: period, definitions: [definition])
    }

    private func touched(_ indicator: Indicator, _ first: String, _ last: String, endingBy: String, floor: Day? = nil) -> [String] {
        var items: Set<ReadingPlan.Item> = []
        let reach = DeliveryReach(delivery: DeliveryID(1), restates: true, measure: measure("a"), span: 1, starts: day(first)...day(last))
        ReadingPlan(indicators: [indicator], floor: floor).add(to: &items, changedBy: reach, endingBy: day(endingBy))
        return items.sorted().map(\.period.description)
    }

    @Test func aDeliveryTouchesThePeriodsItsDaysLieInAndTheDayAfter() throws {
        let months = try indicator("x", "a", .month, .admin15)

        #expect(touched(months, "2026-07-14", "2026-08-13", endingBy: "2026-09-01") == ["2026-07", "2026-08"])
        #expect(touched(months, "2026-07-20", "2026-07-20", endingBy: "2026-08-14") == [], "still open")
        #expect(touched(months, "2026-07-14", "2026-07-14", endingBy: "2026-09-01") == ["2026-07", "2026-08"], "the base of a running total")
        #expect(touched(months, "2026-07-14", "2026-08-13", endingBy: "2026-09-01", floor: day("2026-08-01")) == ["2026-08"])
        #expect(touched(try indicator("x", "b", .month, .calendar), "2026-07-14", "2026-08-13", endingBy: "2026-09-01") == [])
        #expect(touched(try indicator("x", "a", .nineMonths, .calendar), "2025-11-02", "2026-02-01", endingBy: "2026-11-01") == ["2026-9M"])
        #expect(
            touched(try indicator("x", "a", .quarter, .calendar, .daysSince), "2026-01-01", "2026-01-01", endingBy: "2026-11-01") == [
                "2026-Q1", "2026-Q2", "2026-Q3",
            ])
    }

    @Test func periodsThatClosedSinceAreGroupedByTheirEndOldestFirst() throws {
        let plan = ReadingPlan(
            indicators: [try indicator("m", "a", .month, .calendar), try indicator("q", "a", .quarter, .calendar)], floor: day("2026-05-01"))

        let closed = plan.closed(after: day("2026-01-01"), endingBy: day("2026-07-20"))

        #expect(closed.map(\.end) == [day("2026-06-01"), day("2026-07-01")])
        #expect(closed.map { $0.items.map { "\($0.indicator.id) \($0.period)" } } == [["m 2026-05"], ["m 2026-06", "q 2026-Q2"]])
        #expect(plan.closed(after: day("2026-07-01"), endingBy: day("2026-07-20")).isEmpty)
    }
}
