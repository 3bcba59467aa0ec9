@testable import Daemon
import Assembly
import Model
import Notify
import Settings
import Store
import TestSupport
import Testing

/// Who is told of what stands, and who waits: for the hour, for room, for an operator's word.
struct TellingRoundTests {
    /// A province of so many agencies, where alerts stand and letters are written as the daemon does it.
    private final class Office {
        let configuration: Configuration
        let store: Store
        private let directory: TemporaryDirectory
        private var letters = 0

        init(_ urging: String, agencies: String, successions: String = "") throws {
            let province = try SmallProvince()
            directory = province.directory
            try province.rewrite("dondoc.yaml") { $0 + "urging: \(urging)\n" }
            try province.rewrite("agencies.csv") { $0 + agencies }
            if !successions.isEmpty { try province.rewrite("successions.csv") { $0 + successions } }
            configuration = try Configuration.load(directory.path).get()
            store = try Store(path: directory.file("office.db"), mode: .readWrite)
        }

        func begins(_ codes: [String], at now: Instant) async throws {
            let transitions = codes.map { code in
                Transition(
                    key: key(code), from: nil, to: .firing, severity: .warning, at: now, period: period("2026-08"), reason: .noLongerJudged("x"))
            }
            try await store.commit(Judgement(transitions: transitions, at: now))
        }

        /// One round, with its letters written and remembered. Returns who gets a letter, each with the agencies whose alerts it tells of.
        func tell(at now: Instant) async throws -> [String] {
            let round = try TellingRound(configuration: configuration, store: store, alerts: try store.alerts(), transitions: [], at: now)
            var judgement = Judgement(
                transitions: round.ownTransitions, urged: round.urged(told: Set(round.notices.flatMap(\.transitions).map(\.key))),
                urgingState: round.state, at: now)
            for notice in round.notices {
                letters += 1
                let letter = Letter(
                    messageID: "<\(letters)@dondoc.test>", agency: notice.agency?.code, sender: "a@b.example", recipients: ["c@d.example"],
                    subject: "s",
                    bytes: [])
                judgement.letters.append(Judgement.Telling(letter, of: notice.transitions.map(\.key)))
            }
            try await store.commit(judgement)
            return round.notices.map { notice in
                let told = notice.transitions.map { $0.key.agency?.text ?? $0.key.rule }.sorted()
                return "\(notice.agency?.code.text ?? "operators"): \(told.joined(separator: " "))"
            }
        }

        /// An alert changes its state, by the rules or by an operator's order.
        func becomes(_ state: AlertState, _ code: String, _ severity: Severity = .warning, at now: Instant, isOrdered: Bool = false) async throws {
            let from = try store.alerts().first { $0.key == key(code) }?.state
            let transition = Transition(
                key: key(code), from: from, to: state, severity: severity, at: now, period: period("2026-08"), reason: .noLongerJudged("x"))
            if isOrdered { try await store.apply(transition) } else { try await store.commit(Judgement(transitions: [transition], at: now)) }
        }

        /// The relay's word on the newest letter.
        func relaySays(_ outcome: AttemptOutcome, at now: Instant) async throws {
            let newest = try #require(try store.outbox().first)
            try await store.recordAttempt(newest.id, at: now, outcome: outcome)
        }

        /// What a letter to an agency would say now of what it was told before.
        func material(_ code: String, at now: Instant) throws -> LetterMaterial {
            let agency = try #require(AgencyCode(code).flatMap { configuration.core.register.agency($0, on: now.day) })
            let alert = try #require(try store.alerts().first { $0.key == key(code) })
            let transition = Transition(
                key: alert.key, from: alert.state, to: alert.state, severity: alert.severity, at: alert.since, period: alert.period,
                reason: alert.reason)
            return try LetterMaterials(configuration: configuration, store: store).material(
                for: Notice(agency: agency, addressees: [agency], transitions: [transition]), urged: store.urged(), answers: StandingAnswers(),
                at: now)
        }

        func key(_ code: String) -> AlertKey { AlertKey(rule: "online", subject: "dossier.online", agency: AgencyCode(code)) }
    }

    private func agencies(_ numbers: ClosedRange<Int>) -> String {
        numbers.map { "H52.\($0),Xã \($0),commune,H52,2000-01-01,,x\($0)@sonla.example,\n" }.joined()
    }

    private func codes(_ numbers: ClosedRange<Int>) -> [String] { numbers.map { "H52.\($0)" } }

    @Test func whatAFirstNightFoundWaitsForAWordInTheMorning() async throws {
        let office = try Office("{first_ceiling: 2, hours: \"07:00-17:00\"}", agencies: agencies(101...103))
        try await office.begins(codes(101...103), at: instant("2026-09-10T02:00"))

        #expect(try await office.tell(at: instant("2026-09-10T03:00")) == [])
        #expect(try await office.tell(at: instant("2026-09-10T07:00")) == ["operators: letters-held"])
        #expect(try await office.tell(at: instant("2026-09-10T18:00")) == [])
        #expect(try office.store.alerts().first { $0.key == .lettersHeld }?.state == .firing, "they wait over the night")
        #expect(try await office.tell(at: instant("2026-09-11T07:00")) == [], "nobody is asked twice")
        #expect(try await office.store.releaseHeldLetters(dropping: false, at: instant("2026-09-11T07:01")) == 3)
        #expect(try await office.tell(at: instant("2026-09-11T07:02")) == codes(101...103).map { "\($0): \($0)" })
    }

    @Test func theFirstDayOfLettersIsHeldToTheFirstCeiling() async throws {
        let office = try Office("{first_ceiling: 2}", agencies: agencies(101...108))
        try await office.begins(codes(101...102), at: instant("2026-09-10T08:00"))
        #expect(try await office.tell(at: instant("2026-09-10T08:00")).count == 2)

        try await office.begins(codes(103...105), at: instant("2026-09-10T09:00"))

        #expect(try await office.tell(at: instant("2026-09-10T09:00")) == ["operators: letters-held"], "another source brought its history")
        _ = try await office.store.releaseHeldLetters(dropping: false, at: instant("2026-09-10T10:00"))
        #expect(try await office.tell(at: instant("2026-09-10T10:00")).count == 3)
        try await office.begins(codes(106...108), at: instant("2026-09-11T08:00"))
        #expect(try await office.tell(at: instant("2026-09-11T08:00")).count == 3)
    }

    @Test func theCeilingCountsAllThatIsOwedAndARelationLastsUntilItIsWritten() async throws {
        let office = try Office("{first_ceiling: 4, ceiling: 4, per_hour: 2}", agencies: agencies(101...105))
        try await office.begins(codes(101...105), at: instant("2026-09-10T08:00"))

        #expect(try await office.tell(at: instant("2026-09-10T08:00")) == ["operators: letters-held"])
        #expect(try office.store.urgingState().heldLetters == 5)
        #expect(try await office.store.releaseHeldLetters(dropping: false, at: instant("2026-09-10T08:30")) == 5)

        #expect(try await office.tell(at: instant("2026-09-10T08:30")) == ["H52.101: H52.101", "H52.102: H52.102"])
        #expect(try await office.tell(at: instant("2026-09-10T08:31")) == [])
        #expect(try await office.tell(at: instant("2026-09-10T09:31")) == ["H52.103: H52.103", "H52.104: H52.104"])
        #expect(try await office.tell(at: instant("2026-09-10T10:32")) == ["H52.105: H52.105"])
        #expect(try !office.store.urgingState().isReleased)
    }

    @Test func anAlertIsToldOnceAllWhoMustHearOfItCan() async throws {
        let office = try Office(
            "{per_agency_and_day: 1}", agencies: agencies(101...102) + "H52.90,Xã cũ,commune,H52,2000-01-01,2026-01-01,cu@sonla.example,\n",
            successions: "H52.90,H52.101,2026-01-01,,\nH52.90,H52.102,2026-01-01,,\n")
        try await office.begins(["H52.102"], at: instant("2026-09-10T08:00"))
        #expect(try await office.tell(at: instant("2026-09-10T08:00")) == ["H52.102: H52.102"])

        try await office.begins(["H52.90", "H52.101"], at: instant("2026-09-10T09:00"))

        #expect(try await office.tell(at: instant("2026-09-10T09:00")) == ["H52.101: H52.101"], "its other successor has had its letter of the day")
        #expect(try await office.tell(at: instant("2026-09-11T09:00")) == ["H52.101: H52.90", "H52.102: H52.90"])
    }

    @Test func theOperatorsStepIsNotTakenWhileTheAgenciesLettersWait() async throws {
        let office = try Office("{ceiling: 1, steps: [{after: 0, to: agency}, {after: 5, to: operators}]}", agencies: agencies(101...102))
        let began = instant("2026-09-07T08:00")
        try await office.begins(codes(101...102), at: began)
        let told = Urged(toldAt: began, severity: .warning, step: 0, stepAt: began)
        let keys = codes(101...102).map(office.key)
        try await office.store.commit(Judgement(urged: Dictionary(uniqueKeysWithValues: keys.map { ($0, told) }), at: began))

        #expect(try await office.tell(at: instant("2026-09-14T08:00")) == ["operators: letters-held"])
        #expect(try keys.map { try office.store.urged()[$0]?.step } == [0, 0])
        _ = try await office.store.releaseHeldLetters(dropping: false, at: instant("2026-09-14T09:00"))
        #expect(
            try await office.tell(at: instant("2026-09-14T09:00")) == [
                "H52.101: H52.101", "H52.102: H52.102", "operators: H52.101 H52.102",
            ])
        #expect(try keys.map { try office.store.urged()[$0]?.step } == [1, 1])
    }

    @Test func whatWasDroppedIsNoLetterThatAnybodyGot() async throws {
        let office = try Office("{first_ceiling: 2}", agencies: agencies(101...103))
        try await office.begins(codes(101...103), at: instant("2026-09-10T08:00"))
        #expect(try await office.tell(at: instant("2026-09-10T08:00")) == ["operators: letters-held"])

        #expect(try await office.store.releaseHeldLetters(dropping: true, at: instant("2026-09-10T09:00")) == 3)

        #expect(try await office.tell(at: instant("2026-09-10T09:01")) == [])
        #expect(try await office.tell(at: instant("2026-10-30T08:00")) == [], "no reminder of what was never told")
        try await office.becomes(.firing, "H52.101", .critical, at: instant("2026-10-30T09:00"))
        try await office.becomes(.resolved, "H52.102", at: instant("2026-10-30T09:00"))
        let material = try office.material("H52.101", at: instant("2026-10-30T09:01"))
        #expect(material.firstTold.isEmpty && material.thread.isEmpty && material.earlierLetters == 0)
        #expect(try await office.tell(at: instant("2026-10-30T09:01")) == ["H52.101: H52.101"], "what is well again was never told")
        #expect(try office.store.urged()[office.key("H52.102")] == nil, "its next episode is told")
    }

    @Test func aDropMovesTheStepsOfWhatWasTold() async throws {
        let office = try Office("{ceiling: 1}", agencies: agencies(101...102))
        try await office.begins(["H52.101"], at: instant("2026-09-07T08:00"))
        #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["H52.101: H52.101"])
        try await office.begins(["H52.102"], at: instant("2026-09-08T08:00"))
        #expect(try await office.tell(at: instant("2026-09-08T08:00")) == ["H52.102: H52.102"])
        #expect(try await office.tell(at: instant("2026-09-15T08:00")) == ["operators: letters-held"], "two reminders")

        _ = try await office.store.releaseHeldLetters(dropping: true, at: instant("2026-09-15T09:00"))

        #expect(try await office.tell(at: instant("2026-09-15T09:01")) == [])
        #expect(try office.store.urgingState().heldLetters == 0)
    }

    @Test func aLetterThatWasRefusedToldNobody() async throws {
        let office = try Office("{}", agencies: agencies(101...101))
        try await office.begins(["H52.101"], at: instant("2026-09-07T08:00"))
        #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["H52.101: H52.101"])
        try await office.relaySays(.failed(error: "554 5.7.1"), at: instant("2026-09-07T08:01"))
        let refused = try office.material("H52.101", at: instant("2026-09-14T08:00"))
        #expect(refused.firstTold.isEmpty && refused.thread.isEmpty && refused.earlierLetters == 0)

        #expect(try await office.tell(at: instant("2026-09-14T08:00")) == ["H52.101: H52.101"], "the next step")
        #expect(try office.material("H52.101", at: instant("2026-09-14T08:00")).thread.isEmpty, "it is not handed over yet")
        try await office.relaySays(.sent(answer: "250"), at: instant("2026-09-14T08:01"))

        let taken = try office.material("H52.101", at: instant("2026-09-21T08:00"))
        #expect(taken.firstTold == [office.key("H52.101"): instant("2026-09-14T08:00")])
        #expect(taken.thread == ["<2@dondoc.test>"] && taken.earlierLetters == 1)
    }

    @Test func whatIsWellAgainIsToldWhenALetterArrivedOrMayStillArrive() async throws {
        let office = try Office("{}", agencies: agencies(101...103))
        let outcomes: [AttemptOutcome?] = [.failed(error: "554"), .sent(answer: "250"), nil]
        for (code, outcome) in zip(codes(101...103), outcomes) {
            try await office.begins([code], at: instant("2026-09-07T08:00"))
            #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["\(code): \(code)"])
            if let outcome { try await office.relaySays(outcome, at: instant("2026-09-07T08:01")) }
        }

        for code in codes(101...103) { try await office.becomes(.resolved, code, at: instant("2026-09-08T08:00")) }

        #expect(try await office.tell(at: instant("2026-09-08T08:00")) == codes(102...103).map { "\($0): \($0)" })
        #expect(try office.store.urged().isEmpty)
    }

    @Test func closingEndsTheEpisode() async throws {
        let office = try Office("{}", agencies: agencies(101...101))
        try await office.begins(["H52.101"], at: instant("2026-09-07T08:00"))
        #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["H52.101: H52.101"])
        try await office.relaySays(.sent(answer: "250"), at: instant("2026-09-07T08:01"))

        try await office.becomes(.closed, "H52.101", at: instant("2026-09-08T08:00"), isOrdered: true)
        try await office.becomes(.reopened, "H52.101", at: instant("2026-09-08T08:00"))

        #expect(try await office.tell(at: instant("2026-09-08T08:01")) == ["H52.101: H52.101"], "at once, though nobody looked in between")
        #expect(try office.material("H52.101", at: instant("2026-09-09T08:00")).thread.isEmpty, "the letter before belongs to what was closed")
        #expect(try office.store.urged()[office.key("H52.101")]?.step == 0)
    }

    @Test func anAnswerThatWasEnteredByHandHoldsTheNextStep() async throws {
        let office = try Office("{}", agencies: agencies(101...101))
        try await office.begins(["H52.101"], at: instant("2026-09-07T08:00"))
        #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["H52.101: H52.101"])

        _ = try await office.store.add(
            Remediation(
                key: office.key("H52.101"), at: instant("2026-09-08T08:00"), enteredBy: "lan", cause: "", plan: "x", due: nil, evidence: nil),
            evidence: nil)

        #expect(try await office.tell(at: instant("2026-09-14T08:00")) == [], "it stands for the reminder")
        #expect(try await office.tell(at: instant("2026-09-21T08:00")) == ["H52.101: H52.101"], "and for no later step")
        #expect(try office.store.urged()[office.key("H52.101")]?.step == 2)
    }

    @Test func theSourcesOfAnInstallationAreNoFirstLetter() async throws {
        let office = try Office("{first_ceiling: 0}", agencies: agencies(101...101))
        let source = AlertKey(rule: "sources", subject: "one-stop", agency: nil)
        let began = instant("2026-09-07T08:00")
        try await office.store.commit(
            Judgement(
                transitions: [
                    Transition(key: source, from: nil, to: .firing, severity: .warning, at: began, period: nil, reason: .noLongerJudged("x"))
                ], at: began))
        #expect(try await office.tell(at: began) == ["operators: sources"])
        try await office.begins(["H52.101"], at: instant("2026-09-07T09:00"))

        #expect(try await office.tell(at: instant("2026-09-07T09:00")) == ["operators: letters-held"])
    }

    @Test func whatWasPromisedInAFormerEpisodeBindsNobody() async throws {
        let office = try Office("{}", agencies: agencies(101...101))
        let key = office.key("H52.101")
        try await office.begins(["H52.101"], at: instant("2026-09-07T08:00"))
        #expect(try await office.tell(at: instant("2026-09-07T08:00")) == ["H52.101: H52.101"])
        _ = try await office.store.add(
            Remediation(
                key: key, at: instant("2026-09-08T08:00"), enteredBy: "lan", cause: "", plan: "x", due: day("2026-12-31"), evidence: nil),
            evidence: nil)
        #expect(try await office.tell(at: instant("2026-09-14T08:00")) == [], "it holds the reminder")
        for (state, day) in [(AlertState.resolved, "2026-09-15"), (.firing, "2026-09-28")] {
            let from: AlertState = state == .resolved ? .firing : .resolved
            let now = instant("\(day)T08:00")
            try await office.store.commit(
                Judgement(
                    transitions: [
                        Transition(key: key, from: from, to: state, severity: .warning, at: now, period: nil, reason: .noLongerJudged("x"))
                    ], at: now))
            #expect(try await office.tell(at: now) == ["H52.101: H52.101"])
        }

        #expect(try await office.tell(at: instant("2026-10-05T08:00")) == ["H52.101: H52.101"], "the reminder of the new episode")
        #expect(try StandingAnswers(office.store.remediations(), since: office.store.lastEnds()).promises.isEmpty)
    }
}
