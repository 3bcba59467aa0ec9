import Model
import Rules
import Testing

/// Which alerts another one speaks for.
@Suite struct DependencyTests {
    private typealias F = Fixture
    private static let child = Agency(
        code: F.code("H52.20"), name: "Xã", level: .commune, parent: F.code("H52.10"), validFrom: F.day("2020-01-01"), contacts: ["xa@sonla.example"])
    private static let parent = Agency(code: F.code("H52.10"), name: "Huyện", level: .district, validFrom: F.day("2020-01-01"))

    private let threshold = ThresholdRule(id: "late", scope: RuleScope(indicators: [Fixture.indicator()]))
    private let missing = NotReportedRule(id: "missing", scope: RuleScope(indicators: [Fixture.indicator()]), due: 2, from: Fixture.day("2026-01-01"))
    private let silent = StaleRule(id: "silent", scope: RuleScope(indicators: []), watched: .sources(nil), severity: .critical, limit: 2)

    /// Judges August once more with these rules, from these alerts on, and says how each stands.
    private func judge(
        _ rules: [any Rule], _ alerts: [Alert] = [], agencies: [Agency] = [F.agency], sources: [String: SourceState] = [:],
        served: [String: Set<AgencyCode>] = [:], silences: [Silence] = [], _ part: [String: Int64]
    ) -> [String: AlertState] {
        let scene = F.scene(
            agencies: agencies, sources: sources, sourceMeasures: ["one-stop": [F.id("part")]], sourceAgencies: served, silences: silences,
            reading: { agency, period in
                guard let part = part[agency.text] else { return F.reading(nil, nil, .notReported, agency: agency, period: period) }
                return F.reading(part, 100, agency: agency, period: period)
            })
        let runs = rules.map { Judge.Run(rule: $0, period: $0.cadences.isEmpty ? nil : F.august, track: nil) }
        let outcome = Judge.judge(runs, rules: rules, alerts: alerts, scene: scene)
        var states = Dictionary(uniqueKeysWithValues: alerts.map { ($0.key.description, $0.state) })
        for transition in outcome.transitions { states[transition.key.description] = transition.to }
        return states
    }

    private func alert(_ rule: String, _ agency: String?, subject: String = "online", _ state: AlertState) -> Alert {
        Alert(
            key: AlertKey(rule: rule, subject: subject, agency: agency.map(F.code)), state: state, severity: .warning, since: F.now, period: F.august,
            reason: .noLongerJudged(""))
    }

    private func source(_ lastSuccess: Instant) -> SourceState {
        var state = SourceState(source: "one-stop", registeredAt: lastSuccess)
        state.lastSuccess = lastSuccess
        return state
    }

    @Test func whatWasNotReportedSilencesTheThresholdUntilItComes() {
        let before = [alert("late", "H52.01", .firing)]

        let without = judge([threshold, missing], before, [:])
        let with = judge([threshold, missing], [alert("late", "H52.01", .suppressed), alert("missing", "H52.01", .firing)], ["H52.01": 10])
        let well = judge([threshold, missing], [alert("late", "H52.01", .suppressed), alert("missing", "H52.01", .firing)], ["H52.01": 99])

        #expect(without == ["late/online/H52.01": .suppressed, "missing/online/H52.01": .firing])
        #expect(with == ["late/online/H52.01": .firing, "missing/online/H52.01": .resolved])
        #expect(well == ["late/online/H52.01": .resolved, "missing/online/H52.01": .resolved])
    }

    @Test func aSilenceIsKeptWhenTheOtherAlertIsOver() {
        let silence = Silence(
            id: 1, scope: Silence.Scope(agency: F.code("H52.01")), from: F.now + .seconds(-86_400), until: F.now + .seconds(86_400),
            actor: AlertActor(name: "lan", why: "Tết"), createdAt: F.now + .seconds(-86_400))
        let before = [alert("late", "H52.01", .suppressed), alert("missing", "H52.01", .silenced)]

        let states = judge([threshold, missing], before, silences: [silence], ["H52.01": 10])

        #expect(states == ["late/online/H52.01": .silenced, "missing/online/H52.01": .resolved])
    }

    @Test func aSilenceThatIsOverLetsGoOfWhatNoVerdictEnds() {
        let states = judge([threshold], [alert("late", "H52.01", .silenced)], [:])

        #expect(states == ["late/online/H52.01": .firing])
    }

    @Test func whatARuleIsNoLongerAboutEnds() {
        let other = Agency(code: F.code("H52.02"), name: "Sở", level: .department, validFrom: F.day("2020-01-01"))
        let ended = Agency(
            code: F.code("H52.03"), name: "Huyện", level: .district, validFrom: F.day("2020-01-01"), validTo: F.day("2025-07-01"))
        let narrowed = ThresholdRule(
            id: "late", scope: RuleScope(indicators: [F.indicator()], agencies: [F.code("H52.01"), F.code("H52.03")]))
        let before =
            ["H52.01", "H52.02", "H52.03", "H52.99"].map { alert("late", $0, .firing) } + [alert("late", "H52.01", subject: "gone", .firing)]

        let states = judge([narrowed], before, agencies: [F.agency, other, ended], ["H52.01": 10])

        #expect(
            states == [
                "late/online/H52.01": .firing, "late/online/H52.02": .resolved, "late/online/H52.03": .firing, "late/online/H52.99": .resolved,
                "late/gone/H52.01": .resolved,
            ])
    }

    @Test func aSuppressedAlertChangesNothingWhileItIsSpokenFor() {
        let before = [alert("late", "H52.01", .suppressed), alert("missing", "H52.01", .firing)]

        #expect(judge([threshold, missing], before, [:]) == ["late/online/H52.01": .suppressed, "missing/online/H52.01": .firing])
    }

    @Test func aSilentSourceSpeaksOnceForAllItsAgencies() {
        let old = source(F.now + .seconds(-10 * 86_400))
        let fresh = source(F.now)

        let out = judge([missing, silent], sources: ["one-stop": old], [:])
        let back = judge(
            [missing, silent], [alert("missing", "H52.01", .suppressed), alert("silent", nil, subject: "one-stop", .firing)],
            sources: ["one-stop": fresh], [:])
        let other = judge([missing, silent], sources: ["mail": old], [:])

        #expect(out == ["missing/online/H52.01": .suppressed, "silent/one-stop/-": .firing])
        #expect(back == ["missing/online/H52.01": .firing, "silent/one-stop/-": .resolved])
        #expect(other == ["missing/online/H52.01": .firing, "silent/mail/-": .firing], "its figures come from elsewhere")
    }

    @Test func aSilentSourceSpeaksForThoseAloneForWhomItDelivers() {
        let other = Agency(code: F.code("H52.02"), name: "Sở Y tế", level: .department, validFrom: F.day("2020-01-01"))
        let old = source(F.now + .seconds(-10 * 86_400))

        let states = judge(
            [missing, silent], agencies: [F.agency, other], sources: ["one-stop": old], served: ["one-stop": [F.agency.code]], [:])

        #expect(
            states == ["missing/online/H52.01": .suppressed, "missing/online/H52.02": .firing, "silent/one-stop/-": .firing])
    }

    @Test func whoeverSpeaksForAnAlertIsNamed() {
        let both = [DependencyTests.parent, DependencyTests.child]
        let alerts = [
            alert("late", "H52.10", .suppressed), alert("late", "H52.20", .firing), alert("missing", "H52.01", .suppressed),
            alert("silent", nil, subject: "one-stop", .firing),
        ]
        let dependencies = Dependencies(
            alerts, rules: [threshold, missing, silent], sources: .init(measures: ["one-stop": [F.id("part")]], agencies: [:]),
            register: Register(agencies: both), today: F.now.day)

        #expect(alerts.map { dependencies.speaker(for: $0.key)?.description } == ["late/online/H52.20", nil, "silent/one-stop/-", nil])
    }

    @Test func aParentIsNotToldOfWhatItsChildIsTold() {
        let both = [DependencyTests.parent, DependencyTests.child]

        #expect(
            judge([threshold], agencies: both, ["H52.10": 10, "H52.20": 10]) == ["late/online/H52.10": .suppressed, "late/online/H52.20": .firing])
        #expect(judge([threshold], agencies: both, ["H52.10": 10, "H52.20": 99]) == ["late/online/H52.10": .firing])
        let silence = Silence(
            id: 1, scope: Silence.Scope(agency: F.code("H52.20")), from: F.now + .seconds(-86_400), until: F.now + .seconds(86_400),
            actor: AlertActor(name: "lan", why: "chuyển trụ sở"), createdAt: F.now + .seconds(-86_400))
        #expect(
            judge(
                [threshold], [alert("late", "H52.10", .suppressed), alert("late", "H52.20", .firing)], agencies: both, silences: [silence],
                ["H52.10": 10, "H52.20": 10]) == ["late/online/H52.10": .firing, "late/online/H52.20": .silenced], "nobody else would be told")
        #expect(
            judge([threshold], [alert("late", "H52.20", .acknowledged)], agencies: both, ["H52.10": 10, "H52.20": 85])
                == ["late/online/H52.10": .suppressed, "late/online/H52.20": .acknowledged], "it was told, and somebody looks after it")
        // A child that is silent itself tells nobody, so its parent must hear of it.
        #expect(
            judge([threshold, missing], [alert("late", "H52.20", .firing)], agencies: both, ["H52.10": 10])
                == ["late/online/H52.20": .suppressed, "late/online/H52.10": .firing, "missing/online/H52.20": .firing])
    }
}
