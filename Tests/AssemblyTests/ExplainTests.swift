import Assembly
import Control
import Model
import Reports
import Store
import TestSupport
import Testing

@Suite struct ExplainTests {
    private static let first = instant("2026-08-01T02:15")
    private static let second = instant("2026-08-20T02:15")

    /// July by days and by the month, which was restated.
    private func office() async throws -> Office {
        let office = try Office(Audit.files())
        let july = Audit.month("2026-07")
        try await Audit.record(
            [
                Audit.observation("online", july, 40), Audit.observation("eligible", july, 100),
                Audit.observation("online", DayRange(day("2026-07-05")), 7),
            ], in: office.store, at: ExplainTests.first)
        try await Audit.record([Audit.observation("online", july, 88)], in: office.store, at: ExplainTests.second)
        return office
    }

    private func explain(_ office: Office, asOf: Instant? = nil) throws -> Response {
        let request = Request.explain(
            indicator: "share", agency: Audit.agency, period: try #require(PeriodName("2026-07")), scheme: nil, asOf: asOf)
        return office.desk().answer(request)
    }

    @Test func aFigureIsWalkedBackToTheBytes() async throws {
        let office = try await office()

        let answer = try explain(office)

        let reading = try answer.sheet("reading")
        let cells = try answer.sheet("cells")
        #expect(try reading.column("percent") == [.percent(decimal("88.00"))])
        #expect(try reading.column("name") == [.text("Sở Một")])
        #expect(try answer.sheet("definitions").column("legal_basis") == [.text("Nghị định 42/2022/NĐ-CP")])
        #expect(try answer.sheet("terms").column("value") == [.integer(88), .integer(100)])
        #expect(try cells.column("value") == [.integer(88), .integer(7), .integer(100)])
        #expect(try cells.column("role").map(\.id) == ["counted", "not-counted", "counted"])
        #expect(try cells.column("delivery") == [.text("D2"), .text("D1"), .text("D1")])
        let evidence = try answer.sheet("evidence")
        let records = try [1, 2].map { try office.store.delivery(DeliveryID($0)) }
        #expect(try evidence.column("sha256") == records.map { .text($0?.sha256 ?? "") })
        #expect(try evidence.column("kept").map(\.id) == ["yes", "yes"])
        #expect(try evidence.column("command").map(\.id) == ["dondoc deliveries show D1 --raw", "dondoc deliveries show D2 --raw"])
    }

    @Test func asOfTheFigureIsExplainedByWhatWasKnownThen() async throws {
        let answer = try explain(try await office(), asOf: ExplainTests.first)

        #expect(try answer.sheet("reading").column("numerator") == [.integer(40)])
        #expect(try answer.sheet("cells").column("value") == [.integer(40), .integer(7), .integer(100)])
        #expect(try answer.sheet("evidence").column("delivery") == [.text("D1")])
        #expect(try answer.sheet("reading").notes == ["As the figures were known at 2026-08-01 02:15."])
    }

    @Test func bytesThatAreGoneAreSaidToBeGone() async throws {
        let office = try await office()
        _ = try await office.store.dropRawBytes(receivedBefore: ExplainTests.second)

        let answer = try explain(office)

        #expect(try answer.sheet("evidence").column("kept").map(\.id) == ["no", "yes"])
        #expect(try answer.sheet("evidence").column("command").map(\.id) == ["-", "dondoc deliveries show D2 --raw"])
        guard case .document(let document) = answer else { return }
        #expect(
            document.blocks.contains(
                .text("The bytes of 1 delivery are past their keeping (store.keep_raw); the SHA-256 remains to compare with the source's own copy.")))
    }

    @Test func aFigureThatNeverCameIsExplainedByWhatIsAbsent() async throws {
        let office = try await office()
        let request = Request.explain(
            indicator: "share", agency: code("H52.02"), period: try #require(PeriodName("2026-07")), scheme: nil, asOf: nil)

        let answer = office.desk().answer(request)

        #expect(try answer.sheet("reading").column("state").map(\.id) == ["not-reported"])
        #expect(try answer.sheet("terms").column("state").map(\.id) == ["absent", "absent"])
        #expect(try answer.sheet("evidence").rows.isEmpty)
    }

    @Test func anAlertOfAMissingReportIsExplainedToo() async throws {
        let office = try await office()
        let key = AlertKey(rule: "due", subject: "share", agency: code("H52.02"))
        let facts = Reason.NotReported(period: period("2026-07"), due: day("2026-08-04"), ever: false, legalBasis: "")
        let fired = Transition(
            key: key, from: nil, to: .firing, severity: .warning, at: instant("2026-08-05T08:00"), period: period("2026-07"),
            reason: .notReported(facts))
        try await office.store.commit(Judgement(transitions: [fired], at: fired.at))

        let answer = office.desk().answer(.alertsExplain(key: key))

        #expect(try answer.sheet("terms").column("state").map(\.id) == ["absent", "absent"])
        #expect(try answer.sheet("definitions").column("version") == [.integer(2)])
    }

    @Test func alertsAsOfStandAsTheyStoodThen() async throws {
        let office = try await office()
        let key = AlertKey(rule: "online", subject: "share", agency: Audit.agency)
        let life: [(from: AlertState?, to: AlertState, at: String)] = [
            (nil, .firing, "2026-08-05T08:00"), (.firing, .resolved, "2026-08-21T08:00"),
        ]
        for (from, to, at) in life {
            let judged = try office.reading("share", of: "H52.01", over: period("2026-07"), today: instant(at).day, asOf: instant(at))
            let facts = Reason.Judged(
                reading: judged, unit: .percent, direction: .higherIsBetter, bound: decimal("50"), legalBasis: "", consecutive: 1)
            let transition = Transition(
                key: key, from: from, to: to, severity: .warning, at: instant(at), period: period("2026-07"),
                reason: to == .firing ? .beyondThreshold(facts) : .withinThreshold(facts))
            try await office.store.commit(Judgement(transitions: [transition], at: transition.at))
        }
        let desk = office.desk()
        let then = instant("2026-08-06T08:00")

        let listed = try desk.answer(.alertsList(state: nil, agency: nil, all: false, asOf: then)).sheet("alerts")
        let shown = desk.answer(.alertsShow(key: key, asOf: then))
        let explained = desk.answer(.alertsExplain(key: key, asOf: then))
        let before = desk.answer(.alertsShow(key: key, asOf: instant("2026-08-04")))

        #expect(try listed.column("state").map(\.id) == ["firing"])
        #expect(listed.notes == ["1 alert, 1 firing.", "As the figures were known at 2026-08-06 08:00."])
        #expect(try shown.sheet("transitions").column("to").map(\.id) == ["firing"])
        #expect(try explained.sheet("figure").column("numerator") == [.integer(40)])
        #expect(try explained.sheet("terms").column("value") == [.integer(40), .integer(100)])
        guard case .document(let document) = explained else { return }
        #expect(document.blocks.allSatisfy { if case .text(let text) = $0 { !text.contains("have changed") } else { true } })
        #expect(before.failure == Failure(.unknownID, "there is no alert 'online/share/H52.01'"))
        #expect(try desk.answer(.alertsList(state: nil, agency: nil, all: false)).sheet("alerts").rows.isEmpty)
    }

    @Test func whoSpeaksForASuppressedAlertIsShown() async throws {
        var files = Audit.files()
        files.datedAgencies += "H52.01.01,Chi cục B,department,H52.01,2000-01-01,,b@example.vn,\n"
        let office = try Office(files)
        let parent = AlertKey(rule: "online", subject: "share", agency: Audit.agency)
        let child = AlertKey(rule: "online", subject: "share", agency: code("H52.01.01"))
        let at = instant("2026-09-01T08:00")
        try await office.store.commit(
            Judgement(
                transitions: [(parent, AlertState.suppressed), (child, .firing)].map { key, state in
                    Transition(key: key, from: nil, to: state, severity: .warning, at: at, period: nil, reason: .noLongerJudged(""))
                }, at: at))
        func texts(_ request: Request) -> [String] {
            guard case .document(let document) = office.desk().answer(request) else { return [] }
            return document.blocks.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }

        let words = "Spoken for by the alert online/share/H52.01.01: no letters of its own while that one is open."
        #expect(texts(.alertsShow(key: parent)).contains(words))
        #expect(texts(.alertsExplain(key: parent)).contains(words))
        #expect(!texts(.alertsShow(key: child)).contains { $0.hasPrefix("Spoken for") })
    }

    @Test func anAlertThatGoesUpAndDownIsSaidToWaitForItsCalm() async throws {
        let office = try await office()
        let key = AlertKey(rule: "online", subject: "share", agency: Audit.agency)
        for (number, state) in [AlertState.firing, .resolved, .firing, .resolved, .reopened, .resolved, .firing].enumerated() {
            let at = instant("2026-09-01T08:00") + .seconds(Int64(number) * 86_400)
            let from = try office.store.alerts().first?.state
            try await office.store.commit(
                Judgement(
                    transitions: [
                        Transition(key: key, from: from, to: state, severity: .warning, at: at, period: nil, reason: .noLongerJudged(""))
                    ], at: at))
        }

        let notes = try office.desk().answer(.alertsList(state: nil, agency: nil, all: false)).sheet("alerts").notes

        #expect(
            notes == [
                "1 alert, 1 firing.",
                "Up and down within thirty days, so letters wait until they have settled (urging.calm): online/share/H52.01.",
            ])
    }
}
