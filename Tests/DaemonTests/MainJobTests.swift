import Control
import Daemon
import Foundation
import Model
import Store
import Synchronization
import TestSupport
import Testing

/// From the agency's system to the letter, through the whole daemon.
struct MainJobTests {
    @Test func aLaggingAgencyGetsOneLetterForAllThatIsWrong() async throws {
        let province = try SmallProvince()

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("a letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let letter = try #require(try daemon.stored { try $0.outbox(state: .sent) }.first).letter
            let alerts = try daemon.stored { try $0.alerts() }.filter { $0.state == .firing }
            #expect(letter.recipients == ["vanthu@truotdoc.example"])
            #expect(province.messageIDs == [letter.messageID])
            #expect(alerts.map(\.key.description) == ["online/dossier.online/H52.01"])
            #expect(alerts.first?.severity == .warning)
            #expect(alerts.first?.period == period("2026-08"))
        }
    }

    @Test func historyIsBackfilledMonthByMonthAndItsNewestMonthHasTheLastWord() async throws {
        let province = try SmallProvince()

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("August is judged") { try daemon.stored { try $0.judgedThrough(rule: "online/month/calendar") } != nil }

            let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))
            let transitions = try daemon.stored { try $0.transitions(of: key) }.map(\.transition)
            #expect(province.requests.map(\.target) == ["/counts?month=6", "/counts?month=7", "/counts?month=8"])
            // July was critical; nobody could have known before August was there.
            #expect(transitions.map(\.severity) == [.warning])
            #expect(transitions.map(\.period?.description) == ["2026-08"])
        }
    }

    @Test func aSourceThatIsBusyIsAskedAgainAfterAPause() async throws {
        let province = try SmallProvince()
        for _ in 0..<2 { province.answerNext { _ in ("503 Service Unavailable", [], "") } }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first failure is noted") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 1 }
            daemon.clock.advance(by: .seconds(31))
            try await daemon.eventually("the second failure is noted") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 2 }
            daemon.clock.advance(by: .seconds(61))
            try await daemon.eventually("the third attempt succeeds") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.failures == 0 }

            let findings = try daemon.stored { try $0.findings(kinds: [.fetchFailed]) }
            #expect(findings.count == 1)
            #expect(findings.first?.count == 2)
            #expect(findings.first?.finding.found == "the source answered 503; it is asked again later")
        }
    }

    @Test func aRestatedMonthKeepsItsHistoryAndResolvesTheAlert() async throws {
        let province = try SmallProvince()

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try daemon.stored { try $0.alerts() }.contains { $0.state == .firing } }
            // The next run asks for July and August again, because sources restate.
            province.answerNext { _ in SmallProvince.figures(sliding: 40) }
            province.answerNext { _ in SmallProvince.figures(sliding: 88) }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the alert is resolved") { try daemon.stored { try $0.alerts() }.contains { $0.state == .resolved } }

            let cell = CellKey(agency: code("H52.01"), measure: measure("dossiers.received.online"), range: days("2026-08-01", "2026-08-31"))
            let history = try daemon.stored { try $0.history(of: cell) }
            let findings = try daemon.stored { try $0.findings(kinds: [.restatedClosedPeriod]) }
            #expect(history.map(\.value) == [60, 88])
            #expect(findings.map(\.finding.found) == ["88"])
            #expect(findings.map(\.finding.expected) == ["60"])
            #expect(findings.map(\.delivery) == [history.last?.delivery])
            let listed = try await daemon.ask(
                .restatements(since: nil, agency: nil, measure: nil, source: "one-stop", closed: true, asOf: nil)
            ).text
            #expect(listed.contains("dossiers.received.online"))
        }
    }

    @Test func aMonthWhoseReportsMayStillBeLateIsCorrectedWithoutRemark() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") { $0 + "\nclosed_after: 20\n" }

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try daemon.stored { try $0.alerts() }.contains { $0.state == .firing } }
            province.answerNext { _ in SmallProvince.figures(sliding: 40) }
            province.answerNext { _ in SmallProvince.figures(sliding: 88) }
            daemon.clock.advance(to: instant("2026-09-11T02:20"))
            try await daemon.eventually("the alert is resolved") { try daemon.stored { try $0.alerts() }.contains { $0.state == .resolved } }

            let query = RestatementQuery(measure: measure("dossiers.received.online"))
            #expect(try daemon.stored { try $0.restatements(query, limit: 9) { _, _ in true } }.map(\.new) == [88])
            #expect(try daemon.stored { try $0.findings(kinds: [.restatedClosedPeriod]) }.isEmpty)
        }
    }

    @Test func aLetterIsKeptAndTriedAgainWhileTheRelayRefusesItForNow() async throws {
        let province = try SmallProvince()
        province.behave(RelayManners(verdict: "451 4.3.0 try later"))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is postponed") { try daemon.stored { try $0.outbox(state: .queued) }.first?.attempts == 1 }
            province.behave(RelayManners())
            daemon.clock.advance(by: .seconds(301))
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            #expect(province.messageIDs.count == 2)
            #expect(Set(province.messageIDs).count == 1)
        }
    }

    @Test func aPasswordThatOthersMayWriteIsNotUsedAndTheLetterWaits() async throws {
        let province = try SmallProvince()
        try province.rewrite("dondoc.yaml") {
            $0.replacing("security: none", with: "security: starttls, username: dondoc, password_file: relay-password")
        }
        try province.directory.write("s3cret\n", to: "relay-password")
        let file = province.directory.file("relay-password")
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is postponed") { try daemon.stored { try $0.outbox(state: .queued) }.first?.attempts == 1 }

            let item = try #require(try daemon.stored { try $0.outbox(state: .queued) }.first)
            #expect(item.lastError == "the credential file \(file) may be written by others; chgrp dondoc and chmod 640 it")
            #expect(province.letters.isEmpty)
        }
    }

    @Test func aLetterRefusedForGoodIsKeptShownAndCanBeSentAgain() async throws {
        let province = try SmallProvince()
        province.behave(RelayManners(verdict: "554 5.7.1 not wanted"))

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the letter is given up") { try daemon.stored { try $0.outbox(state: .failed) }.count == 1 }
            let id = try #require(try daemon.stored { try $0.outbox(state: .failed) }.first).id
            province.behave(RelayManners())
            let answer = try await daemon.ask(.outboxRetry(id: id))
            try await daemon.eventually("the letter is sent") { try daemon.stored { try $0.outbox(state: .sent) }.count == 1 }

            let findings = try daemon.stored { try $0.findings(kinds: [.letterRefused]) }
            #expect(findings.count == 1)
            #expect(answer.text.contains("vanthu@truotdoc.example"))
        }
    }

    @Test func anOperatorWalksFromTheAlertToTheBytes() async throws {
        let province = try SmallProvince()

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try daemon.stored { try $0.alerts() }.contains { $0.state == .firing } }
            let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))
            let explained = try await daemon.ask(.alertsExplain(key: key)).text
            let delivery = try #require(try daemon.stored { try $0.deliveries(source: "one-stop") }.first)
            let bytes = try await daemon.ask(.deliveryShow(id: delivery.id, raw: true)).text

            #expect(explained.contains(delivery.sha256))
            #expect(explained.contains("Ngưỡng thử nghiệm"))
            #expect(bytes == SmallProvince.figures(sliding: 60).body)
        }
    }

    @Test func aLongBackfillGivesWayAndIsJudgedOnlyWhenItIsWhole() async throws {
        let province = try SmallProvince()
        let source = try String(contentsOfFile: province.directory.file("sources.d/one-stop.yaml"), encoding: .utf8)
        // A hundred questions on a busy machine: one that took longer than its time would be asked again when the clock moves, which it does not.
        try province.directory.write(
            source.replacing("each: month", with: "each: day"), to: "sources.d/one-stop.yaml")
        let judgements = Mutex(0)

        try await RunningDaemon.run(province, reached: { if $0 == .judged { judgements.withLock { $0 += 1 } } }) { daemon in
            // 1 June to 9 September 2026 are 101 days, one more than a run takes at a time.
            try await daemon.eventually("all days are fetched") { try daemon.stored { try $0.sourceStates() }["one-stop"]?.lastSuccess != nil }
            try await daemon.eventually("the rules have judged") { try daemon.stored { try $0.judgedThrough(rule: "online/month/calendar") } != nil }

            #expect(province.requests.count == 101)
            #expect(judgements.withLock { $0 } == 1)
            #expect(try daemon.stored { try $0.transitions(since: instant("2026-01-01T00:00")) }.allSatisfy { $0.transition.to == .firing })
        }
    }
}
