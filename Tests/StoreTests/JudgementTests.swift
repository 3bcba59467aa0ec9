import Foundation
import Model
import Store
import Testing

@Suite struct JudgementTests {
    @Test func aJudgementIsStoredWithItsLettersAndLinks() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        let firing = try Sample.transition(key, nil, .firing)
        let silent = try Sample.transition(Sample.key(nil), nil, .pending)
        let period = try #require(Period("2026-08", scheme: .admin15))

        try await store.commit(
            Judgement(
                transitions: [firing, silent], letters: [.init(try Sample.letter(), of: [key])], findings: [Finding(.noContact, agency: "H52.08")],
                judgedThrough: ["on-time": period], at: Sample.noon()))
        var marked = Judgement(at: Sample.noon(1))
        marked.judgedDelivery = DeliveryID(7)
        #expect(try store.judgedDelivery() == nil)
        try await store.commit(marked)

        #expect(try store.alerts() == [silent.alert, firing.alert])
        let told = try #require(try store.transitions(of: key).first)
        #expect(told.transition == firing && told.letters == ["<1@dondoc.test>"] && told.letter == "<1@dondoc.test>")
        #expect(try store.transitions(of: Sample.key(nil)).map(\.letters) == [[]])
        #expect(try store.judgedThrough(rule: "on-time") == period)
        #expect(try store.judgedThrough(rule: "other") == nil)
        #expect(try store.judgedDelivery() == DeliveryID(7))
        #expect(try store.findings().map(\.finding.kind) == [.noContact])
        #expect(try store.dueLetters(at: Sample.noon()).map(\.letter) == [try Sample.letter()])
    }

    @Test func alertsCanBeSeenAsTheyStoodAtAnInstant() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        let life = [
            try Sample.transition(key, nil, .pending, at: Sample.noon(1)), try Sample.transition(key, .pending, .firing, at: Sample.noon(2)),
            try Sample.transition(key, .firing, .resolved, at: Sample.noon(5)),
        ]
        for transition in life { try await store.commit(Judgement(transitions: [transition], at: transition.at)) }

        #expect(try store.alerts(asOf: Sample.noon(0)).isEmpty)
        #expect(try store.alerts(asOf: Sample.noon(1)) == [life[0].alert])
        #expect(try store.alerts(asOf: Sample.noon(4)) == [life[1].alert])
        #expect(try store.alerts(asOf: Sample.noon(5)) == [life[2].alert])
        #expect(try store.alerts() == [life[2].alert])
        #expect(try store.transitions(of: key).map(\.transition) == life)
        #expect(try store.transitions(since: Sample.noon(2)).map(\.transition) == [life[2], life[1]])
        #expect(try store.transitions(since: Sample.noon(0), limit: 1).map(\.transition) == [life[2]])
    }

    @Test func everyReasonComesBackAsItWas() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let period = try #require(Period("2026-Q3"))
        let reading = Reading(
            indicator: "dossier.late", definitionVersion: 2, agency: try Sample.agency(7), period: period, state: .figure, numerator: 7,
            denominator: 9, coverage: Coverage(days: 30, of: 31), reportedPercent: ExactDecimal("77.78"), isProvisional: true)
        let judged = Reason.Judged(
            reading: reading, unit: .percent, direction: .higherIsBetter, bound: ExactDecimal(90), legalBasis: "Điều 4", consecutive: 3)
        let missing = Reason.NotReported(period: period, due: Sample.firstDay, ever: false, legalBasis: "mục 3")
        let more = Reason.NotReported(
            period: period, due: Sample.firstDay, ever: false, legalBasis: "mục 3", earlier: [period.advanced(by: -2), period.previous])
        let reasons: [Reason] = [
            .beyondThreshold(judged), .withinThreshold(judged), .notReported(missing), .notReported(more), .reported(missing),
            .noLongerJudged("rule removed"),
        ]

        for (day, reason) in reasons.enumerated() {
            let at = Sample.noon(day)
            let transition = Transition(
                key: try Sample.key(), from: .firing, to: .firing, severity: .warning, at: at, period: nil, reason: reason)
            try await store.commit(Judgement(transitions: [transition], at: at))
        }

        #expect(try store.transitions(of: Sample.key()).map(\.transition.reason) == reasons)
    }

    @Test func missingFiguresThatWereStoredBeforeEarlierOnesWereNotedAreReadStill() throws {
        let period = try #require(Period("2026-08"))
        let missing = Reason.NotReported(period: period, due: Sample.firstDay, ever: true, legalBasis: "mục 3")

        let stored = try JSONEncoder().encode(Reason.notReported(missing))

        #expect(!String(decoding: stored, as: UTF8.self).contains("before"), "it is written as it was then")
        #expect(try JSONDecoder().decode(Reason.self, from: stored) == .notReported(missing))
    }

    @Test func aLetterAboutAnAlertThatIsNotThereLeavesNothingBehind() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let period = try #require(Period("2026-08"))
        let judgement = Judgement(
            transitions: [try Sample.transition(Sample.key(7), nil, .firing)],
            letters: [.init(try Sample.letter(), of: [try Sample.key(7)]), .init(try Sample.letter("<2@dondoc.test>"), of: [try Sample.key(8)])],
            findings: [Finding(.noContact)], judgedThrough: ["on-time": period], at: Sample.noon())

        let error = await failure { () async throws(StoreError) in try await store.commit(judgement) }

        #expect(
            error?.description
                == "\(place.path): storing a judgement: there is no alert on-time/dossier.late/H52.18; `dondoc alerts list --all` shows the "
                + "alerts there are")
        try expectNothing(in: store)
    }

    @Test func aMessageIDGivenTwiceLeavesNothingBehindAndIsNotPrinted() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        let letter = try Sample.letter()
        let judgement = Judgement(
            transitions: [try Sample.transition(key, nil, .firing)], letters: [.init(letter, of: [key]), .init(letter, of: [key])], at: Sample.noon())

        let error = await failure { () async throws(StoreError) in try await store.commit(judgement) }

        #expect(
            error?.description
                == "\(place.path): storing a judgement: UNIQUE constraint failed: letter.message_id; "
                + "nothing was changed; please report this as a bug of dondoc")
        try expectNothing(in: store)
    }

    private func failure(_ body: () async throws(StoreError) -> Void) async -> StoreError? {
        do throws(StoreError) {
            try await body()
            return nil
        } catch { return error }
    }

    private func expectNothing(in store: Store) throws {
        #expect(try store.alerts().isEmpty)
        #expect(try store.transitions(since: Instant(milliseconds: 0)).isEmpty)
        #expect(try store.outbox().isEmpty)
        #expect(try store.findings().isEmpty)
        #expect(try store.judgedThrough(rule: "on-time") == nil)
    }
}
