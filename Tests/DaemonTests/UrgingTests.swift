import Assembly
import Control
import Daemon
import Foundation
import Model
import Store
import TestSupport
import Testing

/// What operators do, and what time does, to an agency that lags: through the whole daemon, on a clock that the test moves.
struct UrgingTests {
    private static let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))
    private static let lan = AlertActor(name: "lan", why: "đã gọi điện")

    /// A province that urges by its own settings, and whose agency has a head to write to.
    private func province(_ urging: String) throws -> SmallProvince {
        let province = try SmallProvince()
        let settings = try String(contentsOfFile: province.directory.file("dondoc.yaml"), encoding: .utf8)
        try province.directory.write(settings + "urging: \(urging)\n", to: "dondoc.yaml")
        let agencies = try String(contentsOfFile: province.directory.file("agencies.csv"), encoding: .utf8)
        try province.directory.write(
            agencies.replacing("contacts,aliases", with: "contacts,aliases,head_contacts")
                .replacing("vanthu@truotdoc.example,", with: "vanthu@truotdoc.example,,giamdoc@truotdoc.example"), to: "agencies.csv")
        return province
    }

    private func state(_ daemon: RunningDaemon) throws -> AlertState? {
        try daemon.stored { try $0.alerts() }.first { $0.key == UrgingTests.key }?.state
    }

    /// Lets minutes pass until something holds: a pass that is under way while the clock is moved plans the next one by the new time.
    private func passing(_ daemon: RunningDaemon, _ remark: String, _ condition: () throws -> Bool) async throws {
        try await daemon.eventually(remark) {
            daemon.clock.advance(by: .seconds(60))
            return try condition()
        }
    }

    private func letters(_ daemon: RunningDaemon) throws -> [Letter] {
        try daemon.stored { try $0.outbox() }.sorted { $0.id < $1.id }.map(\.letter)
    }

    @Test func remindersFollowInWorkingDaysUntilTheAlertIsTakenOn() async throws {
        let province = try province("{steps: [{after: 0, to: agency}, {after: 5, to: agency}, {after: 10, to: head}, {after: 15, to: operators}]}")

        // Thursday 10 September 2026.
        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first letter is written") { try letters(daemon).count == 1 }
            daemon.clock.advance(by: .seconds(6 * 86_400))
            try await daemon.eventually("the sixth day is judged") {
                try daemon.stored { try $0.sourceStates() }["one-stop"]?.lastSuccess.map { $0.day >= day("2026-09-16") } ?? false
            }
            #expect(try letters(daemon).count == 1, "Wednesday is the fourth working day")
            daemon.clock.advance(by: .seconds(86_400))
            try await passing(daemon, "the reminder is written") { try letters(daemon).count == 2 }
            daemon.clock.advance(by: .seconds(7 * 86_400))
            try await passing(daemon, "the head is written to") { try letters(daemon).count == 3 }

            #expect(
                try letters(daemon).map(\.recipients) == [
                    ["vanthu@truotdoc.example"], ["vanthu@truotdoc.example"], ["giamdoc@truotdoc.example", "vanthu@truotdoc.example"],
                ])
            let answer = try await daemon.ask(.alertOrder(key: UrgingTests.key, order: .acknowledge, by: UrgingTests.lan))
            #expect(try answer.sheet("transitions").rows.last?.contains(.text("đã gọi điện")) == true)
            daemon.clock.advance(by: .seconds(14 * 86_400))
            try await passing(daemon, "October is judged") {
                try daemon.stored { try $0.judgedThrough(rule: "online/month/calendar") } == period("2026-09")
            }
            #expect(try state(daemon) == .resolved, "the figure of September is well")
            #expect(try letters(daemon).map(\.recipients).dropFirst(3) == [["vanthu@truotdoc.example"]], "and that is told")
        }
    }

    @Test func aSilenceHoldsTheLetterAndItsEndLetsItGo() async throws {
        let province = try province("{hours: \"07:00-17:00\"}")

        try await RunningDaemon.run(province, at: instant("2026-09-10T03:00")) { daemon in
            try await daemon.eventually("the alert fires at night") { try state(daemon) == .firing }
            let until = instant("2026-09-12T12:00")
            let answer = try await daemon.ask(
                .silenceAdd(order: SilenceOrder(scope: Silence.Scope(agency: code("H52.01")), until: until, by: UrgingTests.lan)))
            try await daemon.eventually("the alert is silenced") { try state(daemon) == .silenced }
            #expect(try answer.sheet("silences").rows.count == 1)
            daemon.clock.advance(by: .seconds(86_400 + 8 * 3600))
            try await daemon.eventually("the next morning is judged") {
                try daemon.stored { try $0.sourceStates() }["one-stop"]?.lastSuccess.map { $0.day == day("2026-09-11") } ?? false
            }
            #expect(try letters(daemon).isEmpty)

            _ = try await daemon.ask(.silenceExpire(id: 1, by: "lan"))

            try await daemon.eventually("the letter is written") { try letters(daemon).count == 1 }
            #expect(try state(daemon) == .firing)
            let refused = try await daemon.ask(.silenceExpire(id: 1, by: "lan"))
            #expect(refused.text == "refused: silence 1 is over already")
        }
    }

    @Test func lettersOfAFirstRunWaitForAWord() async throws {
        let province = try province("{first_ceiling: 0}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the operators are asked") { try letters(daemon).count == 1 }
            #expect(try letters(daemon).map(\.recipients) == [["operator@sonla.example"]])
            let held = try daemon.stored { try $0.alerts() }.first { $0.key == .lettersHeld }
            #expect(held?.state == .firing)
            #expect(held?.reason == .lettersHeld(Reason.Held(letters: 1, ceiling: 0, isFirstRun: true)))
            daemon.clock.advance(by: .seconds(3600))

            let answer = try await daemon.ask(.lettersRelease(dropping: false))

            try await daemon.eventually("the agency is told") { try letters(daemon).contains { $0.recipients == ["vanthu@truotdoc.example"] } }
            #expect(answer.text.contains("1 letters are being written"))
            try await passing(daemon, "nothing waits any more") {
                try daemon.stored { try $0.alerts() }.first { $0.key == .lettersHeld }?.state == .resolved
            }
            let again = try await daemon.ask(.lettersRelease(dropping: false))
            #expect(again.text == "refused: no letters wait for your word")
        }
    }

    @Test func droppedLettersAreNotWrittenAndWhatGetsWorseIs() async throws {
        let province = try province("{first_ceiling: 0}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the operators are asked") { try letters(daemon).count == 1 }
            _ = try await daemon.ask(.lettersRelease(dropping: true))
            province.answerNext { _ in SmallProvince.figures(sliding: 60) }
            province.answerNext { _ in SmallProvince.figures(sliding: 30) }

            _ = try await daemon.ask(.sourcesRun(id: "one-stop"))

            try await daemon.eventually("the worse figure is told") { try letters(daemon).contains { $0.recipients == ["vanthu@truotdoc.example"] } }
            #expect(try daemon.stored { try $0.alerts() }.first { $0.key == UrgingTests.key }?.severity == .critical)
        }
    }

    @Test func aPromiseIsKeptWithItsEvidenceAndABrokenOneRaisesTheNextStep() async throws {
        let province = try province("{}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first letter is written") { try letters(daemon).count == 1 }
            let order = RemediationOrder(
                key: UrgingTests.key, cause: "thiếu người", plan: "bổ sung cán bộ", due: day("2026-09-25"), evidenceName: "ke-hoach.pdf",
                evidence: Payload(Array("%PDF-1.7".utf8)), by: "lan")

            let answer = try await daemon.ask(.remediationAdd(order: order))

            let sheet = try answer.sheet("remediation")
            #expect(try sheet.column("state").map(\.id) == ["promised"])
            #expect(try sheet.column("evidence") == [.text("ke-hoach.pdf")])
            #expect(try sheet.column("sha256").map(\.id.utf8.count) == [64])
            let bytes = try await daemon.ask(.remediationEvidence(id: 1)).text
            #expect(bytes == "%PDF-1.7")
            daemon.clock.advance(by: .seconds(15 * 86_400))
            try await daemon.eventually("the promised day is judged") {
                try daemon.stored { try $0.sourceStates() }["one-stop"]?.lastSuccess.map { $0.day >= day("2026-09-25") } ?? false
            }
            #expect(try letters(daemon).count == 1)
            daemon.clock.advance(by: .seconds(86_400))
            try await passing(daemon, "the next step comes by itself") { try letters(daemon).count == 2 }
            let overdue = try await daemon.ask(.remediationList(overdue: true, agency: nil)).sheet("remediation")
            #expect(try overdue.column("state").map(\.id) == ["overdue"])
        }
    }

    @Test func aDayAloneIsAPromiseAndOneThatIsTooFarIsNone() async throws {
        let province = try province("{}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try state(daemon) == .firing }
            func answer(due: Day?, cause: String = "") async throws -> Response {
                try await daemon.ask(.remediationAdd(order: RemediationOrder(key: UrgingTests.key, cause: cause, plan: "", due: due, by: "lan")))
            }

            #expect(try await answer(due: nil, cause: " ").text == "invalid-request: the answer says nothing")
            #expect(try await answer(due: day("2026-09-09")).text == "invalid-request: the promised day 2026-09-09 is over")
            #expect(try await answer(due: day("2027-09-12")).text == "invalid-request: the promised day 2027-09-12 is too far ahead")
            let promised = try await answer(due: day("2027-09-11")).sheet("remediation")
            #expect(try promised.column("state").map(\.id) == ["promised"])
        }
    }

    @Test func whatWasPromisedBeforeAnAlertEndedIsDoneEverywhere() async throws {
        let province = try province("{}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try state(daemon) == .firing }
            let order = RemediationOrder(key: UrgingTests.key, cause: "", plan: "", due: day("2026-09-25"), by: "lan")
            _ = try await daemon.ask(.remediationAdd(order: order))
            _ = try await daemon.ask(.alertOrder(key: UrgingTests.key, order: .close, by: UrgingTests.lan))

            let shown = try await daemon.ask(.alertOrder(key: UrgingTests.key, order: .release, by: UrgingTests.lan)).sheet("remediation")

            let listed = try await daemon.ask(.remediationList(overdue: false, agency: nil)).sheet("remediation")
            #expect(try shown.column("state").map(\.id) == ["done"])
            #expect(try listed.column("state").map(\.id) == ["done"])
        }
    }

    @Test func namesThatNothingHasAreRefused() async throws {
        try await RunningDaemon.run(try province("{}")) { daemon in
            try await daemon.eventually("the alert fires") { try state(daemon) == .firing }
            func silence(_ scope: Silence.Scope) async throws -> Response {
                try await daemon.ask(.silenceAdd(order: SilenceOrder(scope: scope, until: instant("2026-09-12T12:00"), by: UrgingTests.lan)))
            }
            func list(_ filter: AlertFilter, agency: String? = nil) async throws -> Response {
                try await daemon.ask(.alertsList(state: nil, agency: agency.map(code), all: false, filter: filter))
            }
            let noRule = "unknown-id: there is no rule 'onlin'"
            let noSubject = "unknown-id: there is no indicator, measure, source or rule 'dossier.onlin'"

            let rule = try await silence(Silence.Scope(rule: "onlin"))
            #expect(rule.text == noRule)
            #expect(rule.hint == "did you mean 'online'?")
            #expect(try await silence(Silence.Scope(subject: "dossier.onlin")).text == noSubject)
            #expect(try daemon.stored { try $0.silences(endingAfter: nil) }.isEmpty)
            for subject in ["dossier.online", "dossiers.received", "one-stop", "letters"] {
                _ = try await silence(Silence.Scope(subject: subject)).sheet("silences")
            }
            #expect(try await list(AlertFilter(rule: "onlin")).text == noRule)
            #expect(try await list(AlertFilter(subject: "dossier.onlin")).text == noSubject)
            #expect(try await list(AlertFilter(), agency: "H52.77").text == "unknown-id: there is no agency 'H52.77'")
            #expect(try await list(AlertFilter(rule: "letters-held")).sheet("alerts").rows.isEmpty)
        }
    }

    @Test func aDifferenceIsThatBetweenTheRulesInForceAndTheFilesOnDisk() async throws {
        let province = try province("{}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the alert fires") { try state(daemon) == .firing }
            let targets = try String(contentsOfFile: province.directory.file("targets.yaml"), encoding: .utf8)
            func difference(_ texts: [String: String]) async throws -> Sheet { try await daemon.ask(.rulesDiff(texts: texts)).sheet("rules-diff") }

            let before = try await difference([:])
            try province.directory.write(targets.replacing("critical: 50", with: "critical: 70"), to: "targets.yaml")
            let edited = try await difference([:])
            let asItWas = try await difference(["targets.yaml": targets])
            try province.directory.write(targets.replacing("critical: 50", with: "critical: much"), to: "targets.yaml")
            let broken = try await daemon.ask(.rulesDiff(texts: [:]))

            #expect(before.rows.isEmpty && asItWas.rows.isEmpty)
            #expect(try edited.column("now").map(\.id) == ["firing warning"])
            #expect(try edited.column("then").map(\.id) == ["firing critical"])
            #expect(broken.text.hasPrefix("failed: the configuration in \(province.directory.path) is broken:\ntargets.yaml:2:"))
        }
    }

    @Test func withoutTheDaemonADifferenceNeedsOtherFiles() throws {
        let province = try province("{}")
        let targets = try String(contentsOfFile: province.directory.file("targets.yaml"), encoding: .utf8)
        let configuration = try Configuration.load(province.directory.path).get()
        let store = try Store(path: province.database, mode: .readWrite)
        let desk = Desk(configuration: configuration, store: store, language: .english, now: instant("2026-09-10T08:00"))
        let refused =
            "refused: there is nothing to compare: without dondocd the rules in force are not known, and no file differs from those in "
            + province.directory.path

        #expect(desk.answer(.rulesDiff(texts: [:])).text == refused)
        #expect(desk.answer(.rulesDiff(texts: ["targets.yaml": targets])).text == refused)
        let other = desk.answer(.rulesDiff(texts: ["targets.yaml": targets.replacing("critical: 50", with: "critical: 70")]))
        #expect(try other.sheet("rules-diff").rows.isEmpty)
    }

    @Test func aDeliveryTakenBackResolvesWhatItHadCaused() async throws {
        let province = try province("{}")

        try await RunningDaemon.run(province) { daemon in
            try await daemon.eventually("the first letter is written") { try letters(daemon).count == 1 }
            let wrong = try #require(try daemon.stored { try $0.deliveries(source: "one-stop") }.first)

            let answer = try await daemon.ask(.retract(delivery: wrong.id, by: UrgingTests.lan)).sheet("retraction")

            #expect(try answer.column("removed") == [.integer(4)])
            #expect(try answer.column("restored") == [.integer(0)])
            let table = try daemon.stored { try $0.cells(of: [measure("dossiers.received")], in: period("2026-08").range) }
            #expect(table.agencies(with: measure("dossiers.received")).isEmpty)
            #expect(try daemon.stored { try $0.delivery(wrong.id) }?.retractedBy == DeliveryID(4))
            let again = try await daemon.ask(.retract(delivery: wrong.id, by: UrgingTests.lan)).text
            #expect(again == "unknown-id: taking delivery D3 back: it was taken back already, by D4")
        }
    }

    @Test func ordersThatSayNothingAreRefusedWithTheState() async throws {
        try await RunningDaemon.run(try province("{}")) { daemon in
            try await daemon.eventually("the alert fires") { try state(daemon) == .firing }
            func answer(_ order: AlertOrder, _ why: String = "x", _ key: AlertKey = UrgingTests.key) async throws -> String {
                try await daemon.ask(.alertOrder(key: key, order: order, by: AlertActor(name: "lan", why: why))).text
            }

            let release = try await answer(.release)
            let withoutReason = try await answer(.close, " ")
            let unknown = try await answer(.close, "x", AlertKey(rule: "a", subject: "b", agency: nil))
            let close = try await answer(.close)
            let again = try await answer(.close)
            #expect(release == "refused: the alert is firing, so this cannot be done to it")
            #expect(withoutReason == "invalid-request: the reason or text is empty")
            #expect(unknown == "unknown-id: there is no alert 'a/b/-'")
            #expect(close.contains("closed"))
            #expect(again == "refused: the alert is closed, so this cannot be done to it")
            let changes = try await daemon.ask(.alertsChanges(since: nil)).sheet("alert-changes")
            #expect(try changes.column("now").map(\.id) == ["closed"])
            #expect(try changes.column("by") == [.text("lan")])
            _ = try await daemon.ask(.alertAssign(key: UrgingTests.key, to: "minh", by: "lan"))
            _ = try await daemon.ask(.alertComment(key: UrgingTests.key, text: "hẹn họp", by: "lan"))
            let shown = try await daemon.ask(.alertsShow(key: UrgingTests.key))
            #expect(try shown.sheet("alert-notes").column("text") == [.text("minh"), .text("hẹn họp")])
            #expect(try shown.sheet("alerts").column("assignee") == [.text("minh")])
        }
    }
}
