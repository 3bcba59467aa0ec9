import Control
import Daemon
import Model
import Store
import TestSupport
import Testing

/// Copies of the figures for another store: nothing is lost whatever the other store does, and the main job never waits for it.
struct RemoteWriteTests {
    /// The counts of June to August, and the online ratio of the months that have settled by 10 September.
    private static let everything: Set<String> = {
        var lines: Set<String> = []
        for (sliding, end) in [(90.0, "2026-06-30"), (40, "2026-07-31"), (60, "2026-08-31")] {
            for (agency, online) in [("H52.01", sliding), ("H52.02", 95)] {
                for (measure, value) in [("dossiers.received", 100.0), ("dossiers.received.online", online)] {
                    lines.insert("dondoc_measure{agency=\(agency),interval=month,measure=\(measure),province=Sơn La} \(value) on \(end)")
                }
                for (name, value) in [("numerator", online), ("denominator", 100), ("ratio", online / 100), ("coverage_ratio", 1)] {
                    lines.insert(
                        "dondoc_period_\(name){agency=\(agency),indicator=dossier.online,interval=month,level=department,province=Sơn La,"
                            + "scheme=calendar} \(value) on \(end)")
                }
            }
        }
        return lines
    }()

    private func province(_ receiver: SampleReceiver, _ more: String = "batch: 5") throws -> SmallProvince {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") {
            $0 + """
                remote_write:
                  - id: archive
                    url: http://127.0.0.1:\(receiver.port)/api/v1/write
                    headers: {X-Scope-OrgID: sonla}
                    labels: {province: Sơn La}
                    backfill_from: 2026-06-01
                    retry: {first: 10s, longest: 1h}
                    \(more)

                """
        }
        return province
    }

    private func state(_ daemon: RunningDaemon) throws -> RemoteWriteState? { try daemon.stored { try $0.remoteWriteStates() }["archive"] }

    private func lines(_ receiver: SampleReceiver) -> Set<String> { Set(receiver.taken.map { $0.line() }) }

    @Test func everyCountAndSettledReadingArrivesWithItsMomentAndLabels() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("all is sent") { lines(receiver).count >= Self.everything.count }

            #expect(lines(receiver) == Self.everything)
            #expect(receiver.taken.count == Self.everything.count, "nothing is sent twice when nothing goes wrong")
            let moments = { (prefix: String) in
                Set(
                    receiver.taken.filter { $0.line().hasPrefix(prefix) && $0.day == day("2026-07-31") }.map {
                        Instant(milliseconds: $0.milliseconds)
                    })
            }
            #expect(moments("dondoc_measure") == [instant("2026-07-31T23:59:00.001")])
            #expect(moments("dondoc_period") == [instant("2026-07-31T23:59:00.002")])
            let request = try #require(receiver.requests.first)
            #expect(request.line == "POST /api/v1/write HTTP/1.1")
            #expect(request.headers["content-encoding"] == "snappy")
            #expect(request.headers["content-type"] == "application/x-protobuf")
            #expect(request.headers["x-prometheus-remote-write-version"] == "0.1.0")
            #expect(request.headers["x-scope-orgid"] == "sonla")
            #expect(request.headers["user-agent"] == "dondoc/\(DaemonProgram.version)")
            for request in receiver.requests { #expect(try ReceivedSample.all(in: request.body).count <= 5) }
            let status = try await daemon.ask(.remoteWriteStatus)
            #expect(status.text.contains("current"))
        }
    }

    @Test func anOutageDelaysNothingElseAndIsCaughtUpWith() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver)
        receiver.answerAlways { _ in ("503 Service Unavailable", ["Retry-After: 120"], "compacting\n") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter goes out") { !province.letters.isEmpty }
            try await daemon.eventually("the failure is known") { try state(daemon)?.failures == 1 }
            let failed = try #require(try state(daemon))
            #expect(failed.lastError == "503 compacting")
            #expect(failed.nextAttempt == daemon.clock.now + .seconds(120), "the pause that the target asks for is kept")
            #expect(try await daemon.ask(.status).text.contains("503 compacting"))

            daemon.clock.advance(by: .seconds(121))
            try await daemon.eventually("it is tried again") { try state(daemon)?.failures == 2 }
            receiver.answerAlways(nil)
            daemon.clock.advance(by: .seconds(121))
            try await daemon.eventually("all is sent") { lines(receiver).count >= Self.everything.count }

            #expect(lines(receiver) == Self.everything)
            #expect(try state(daemon)?.lastError == "")
        }
    }

    @Test func aKillInTheMiddleOfSendingLosesNothing() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver, "batch: 2")
        // Two requests are taken; the third is heard and never answered.
        for _ in 0..<2 { receiver.answerNext { _ in ("204 No Content", [], "") } }
        receiver.answerNext { _ in nil }

        let first = try DaemonProcess(province.directory.path, socket: province.socket)
        let deadline = ContinuousClock.now + .seconds(120)
        while receiver.requests.count < 3, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        first.signal(9)
        #expect(await first.exitStatus() == -9)
        #expect(receiver.taken.count == 4)

        // This machine's clock is later than the figures, so there may be more of them.
        let second = try DaemonProcess(province.directory.path, socket: province.socket)
        _ = try await second.eventually("all is sent", .remoteWriteStatus) { _ in Self.everything.isSubset(of: lines(receiver)) }
        second.signal(15)
        #expect(await second.exitStatus() == 0)
        #expect(Self.everything.isSubset(of: lines(receiver)))
    }

    @Test func aTargetThatNeverAnswersKeepsNobodyWaiting() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver, "batch: 5")
        receiver.answerAlways { _ in nil }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the request hangs") { receiver.requests.count == 1 }
            try await daemon.eventually("the letter goes out") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }
            let asked = province.requests.count
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the source is asked again") { province.requests.count > asked }

            #expect(receiver.requests.count == 1, "one request at a time")
        }
    }

    @Test func aRestatedCountAndItsReadingAreSentAgain() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("all is sent") { lines(receiver) == Self.everything }
            let before = receiver.taken.count
            for _ in 0..<3 { province.answerNext { $0.target.hasSuffix("=8") ? SmallProvince.figures(sliding: 66) : SmallProvince.figures($0) } }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the reading is sent") {
                receiver.taken.dropFirst(before).contains { $0.labels["__name__"] == "dondoc_period_ratio" && $0.value == 0.66 }
            }

            // Later than the first value of the same day, so that the last sample of a day is its newest figure.
            let newest = try #require(receiver.taken.last { $0.labels["__name__"] == "dondoc_period_ratio" && $0.value == 0.66 })
            #expect(Instant(milliseconds: newest.milliseconds) == instant("2026-08-31T23:59:00.003"))
            let counts = receiver.taken.dropFirst(before).filter { $0.labels["__name__"] == "dondoc_measure" }
            #expect(
                counts.map { $0.line(without: ["province", "interval"]) } == [
                    "dondoc_measure{agency=H52.01,measure=dossiers.received.online} 66.0 on 2026-08-31"
                ])
            #expect(counts.map { Instant(milliseconds: $0.milliseconds) } == [instant("2026-08-31T23:59:00.002")])
        }
    }

    @Test func oneBadSampleCostsOnlyItself() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver, "batch: 100")
        receiver.answerAlways { samples in
            samples.contains { $0.value == 40 && $0.labels["__name__"] == "dondoc_measure" }
                ? ("400 Bad Request", [], "out of bounds\nsecret") : ("204 No Content", [], "")
        }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the rest is sent") { lines(receiver).count >= Self.everything.count - 1 }
            try await daemon.eventually("it is written down") { try state(daemon)?.refused == 1 }

            let bad = Self.everything.filter { $0.contains("dondoc_measure") && $0.contains(" 40.0 ") }
            #expect(lines(receiver) == Self.everything.subtracting(bad))
            let finding = try #require(try daemon.stored { try $0.findings(kinds: [.remoteWriteRefused]) }.first).finding
            #expect(finding.source == "archive")
            // How many deliveries one request carries depends on how far the sources were.
            let found = try #require(finding.found)
            #expect(
                try /1 of \d+ samples (of 2026-07-31|within 2026-0[67]-3[01] to 2026-0[78]-31): 400 out of bounds/.wholeMatch(in: found) != nil,
                "\(found)")
            #expect(try state(daemon)?.failures == 0)

            receiver.answerAlways(nil)
            _ = try await daemon.ask(.remoteWriteReplay(target: "archive", from: day("2026-07-31")))
            try await daemon.eventually("the replay brings it") { lines(receiver) == Self.everything }
            #expect(
                !receiver.taken.dropFirst(Self.everything.count - 1).contains {
                    $0.day == day("2026-06-30")
                })
        }
    }

    @Test func aRefusedCredentialHoldsTheFiguresBack() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver, "bearer_file: token")
        try province.directory.write("right-token\n", to: "token")
        receiver.answerNext { _ in ("401 Unauthorized", [], "") }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the failure is known") { try state(daemon)?.failures == 1 }
            let held = try #require(try state(daemon))
            #expect(held.lastError == "401")
            #expect(held.refused == 0)
            #expect(held.nextAttempt == daemon.clock.now + .seconds(1800), "half of the longest pause, and the jitter that tests do not draw")

            daemon.clock.advance(by: .seconds(3601))
            try await daemon.eventually("all is sent") { lines(receiver) == Self.everything }
            #expect(receiver.requests.allSatisfy { $0.headers["authorization"] == "Bearer right-token" })
        }
    }

    @Test func anUnknownTargetIsNamedAndANewOneHasNothingToRepeat() async throws {
        let receiver = try SampleReceiver()
        let province = try province(receiver)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("all is sent") { lines(receiver) == Self.everything }
            let answer = try await daemon.ask(.remoteWriteReplay(target: "archiv", from: day("2026-07-01")))

            #expect(
                answer
                    == .failure(Failure(.unknownID, "there is no remote write target 'archiv'", hint: "did you mean 'archive'?")))
        }
    }
}
