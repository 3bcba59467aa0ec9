import Model
import Notify
import Testing

@Suite struct NoticesTests {
    private typealias F = Fixture
    private let key = Fixture.key("H52.01")

    private func compose(_ transitions: [Transition], _ register: Register = Register(agencies: [Fixture.department])) -> Notices.Composed {
        let owed = transitions.map {
            Telling.Owed(alert: $0.alert, occasion: $0.to == .resolved ? .resolved : .news, step: 0, audience: .agency)
        }
        return Notices.compose(owed, transitions: transitions, register: register, today: F.now.day)
    }

    @Test func agencyGetsOneNoticeWithTheWorstFirst() {
        let composed = compose([
            F.transition(F.key("H52.01", rule: "c"), .firing, .resolved), F.transition(F.key("H52.01", rule: "b")),
            F.transition(F.key("H52.01", rule: "d"), nil, .firing, .critical),
        ])

        #expect(composed.notices.count == 1)
        #expect(composed.notices.first?.transitions.map(\.key.rule) == ["d", "b", "c"])
    }

    @Test func successorGetsOneNoticeForAllItAnswersFor() {
        let gone = ["H52.11", "H52.12"].map { F.agency($0, "Sở cũ \($0)", to: "2026-07-01") }
        let register = Register(
            agencies: gone + [F.department],
            successions: gone.map { Succession(predecessor: $0.code, successor: F.department.code, effective: F.day("2026-07-01")) })

        let composed = compose(["H52.11", "H52.12", "H52.01"].map { F.transition(F.key($0)) }, register)

        #expect(composed.notices.map(\.agency?.code.text) == ["H52.01"])
        #expect(composed.notices.first?.transitions.map(\.key.agency?.text) == ["H52.01", "H52.11", "H52.12"])
    }

    @Test func splitAgencyIsToldToEachSuccessor() {
        let gone = F.agency("H52.11", "Sở cũ", to: "2026-07-01")
        let other = F.agency("H52.02", "Sở khác")
        let register = Register(
            agencies: [gone, F.department, other],
            successions: ["H52.01", "H52.02"].map { Succession(predecessor: gone.code, successor: F.code($0), effective: F.day("2026-07-01")) })

        #expect(compose([F.transition(F.key("H52.11"))], register).notices.map(\.agency?.code.text) == ["H52.01", "H52.02"])
    }

    @Test func whatNobodyAnswersForGoesToTheOperatorsWithAFinding() {
        let register = Register(agencies: [F.agency("H52.11", "Sở cũ", to: "2026-07-01")])

        let composed = compose([F.transition(F.key("H52.11")), F.transition(F.key(nil, subject: "one-stop"))], register)

        #expect(composed.notices.map(\.agency) == [nil])
        #expect(composed.notices.first?.transitions.count == 2)
        #expect(composed.findings.map(\.kind) == [.noContact])
        #expect(composed.findings.first?.found == "no agency answers for H52.11 on 2026-11-23")
        #expect(composed.findings.first?.expected == "a succession of H52.11 in successions.csv")
    }

    @Test func whatIsEscalatedReachesTheHeadAndThenTheOperatorsToo() {
        let alert = F.transition(key).alert
        func notices(_ audience: EscalationStep.Audience, _ step: Int) -> [Notice] {
            Notices.compose(
                [Telling.Owed(alert: alert, occasion: .step, step: step, audience: audience)], register: Register(agencies: [F.department]),
                today: F.now.day
            ).notices
        }

        #expect(notices(.agency, 1).map(\.audience) == [.agency])
        #expect(notices(.head, 2).map(\.audience) == [.head])
        #expect(notices(.operators, 3).map(\.audience) == [.head, .operators])
        #expect(notices(.operators, 3).map(\.step) == [3, 3])
        #expect(notices(.summary, 4) == [])
    }
}
