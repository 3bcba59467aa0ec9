import Model
import Rules
import Testing

@Suite struct AlertMachineTests {
    private typealias F = Fixture
    private let key = AlertKey(rule: "r", subject: "online", agency: Fixture.agency.code)
    private static let reason = Reason.noLongerJudged("test")

    private static let conditions: [String: Condition] = [
        "breach warning": .breach(.warning, reason), "breach critical": .breach(.critical, reason), "suspected warning": .suspected(.warning, reason),
        "suspected critical": .suspected(.critical, reason), "clear": .clear(reason), "undecided": .undecided,
    ]

    /// Every state against every condition: `-` is no transition.
    static let table: [(state: AlertState?, condition: String, expected: String)] = [
        (nil, "breach warning", "firing warning"), (nil, "breach critical", "firing critical"), (nil, "suspected warning", "pending warning"),
        (nil, "suspected critical", "pending critical"), (nil, "clear", "-"), (nil, "undecided", "-"),
        (.pending, "breach warning", "firing warning"), (.pending, "breach critical", "firing critical"), (.pending, "suspected warning", "-"),
        (.pending, "suspected critical", "pending critical"), (.pending, "clear", "resolved warning"), (.pending, "undecided", "-"),
        (.firing, "breach warning", "-"), (.firing, "breach critical", "firing critical"), (.firing, "suspected warning", "-"),
        (.firing, "suspected critical", "-"), (.firing, "clear", "resolved warning"), (.firing, "undecided", "-"),
        (.resolved, "breach warning", "firing warning"), (.resolved, "breach critical", "firing critical"),
        (.resolved, "suspected warning", "pending warning"), (.resolved, "suspected critical", "pending critical"), (.resolved, "clear", "-"),
        (.resolved, "undecided", "-"),
    ]

    @Test(arguments: table)
    func everyStateMeetsEveryCondition(state: AlertState?, condition: String, expected: String) throws {
        let before = state.map {
            Alert(key: key, state: $0, severity: .warning, since: Instant(milliseconds: 0), period: nil, reason: AlertMachineTests.reason)
        }
        var machine = AlertMachine(key: key, alert: before)

        let transition = machine.handle(try #require(AlertMachineTests.conditions[condition]), period: F.august, at: F.now)

        #expect(transition.map { "\($0.to) \($0.severity)" } ?? "-" == expected)
        #expect(transition == nil || transition?.from == state)
        #expect(machine.alert == transition?.alert ?? before)
    }

    /// What a breach becomes, by the state before and what else is so: each line is a state and, for a warning and a critical breach over the same
    /// period, the state after; `-` is no transition.
    static let breaches: [(before: AlertState, plain: (String, String), silenced: (String, String), suppressed: (String, String))] = [
        (.pending, ("firing", "firing"), ("silenced", "silenced"), ("suppressed", "suppressed")),
        (.firing, ("-", "firing"), ("silenced", "silenced"), ("suppressed", "suppressed")),
        (.reopened, ("-", "reopened"), ("silenced", "silenced"), ("suppressed", "suppressed")),
        (.acknowledged, ("-", "firing"), ("-", "silenced"), ("-", "suppressed")),
        (.silenced, ("firing", "firing"), ("-", "silenced"), ("suppressed", "suppressed")),
        (.suppressed, ("firing", "firing"), ("silenced", "silenced"), ("-", "suppressed")),
        (.resolved, ("firing", "firing"), ("silenced", "silenced"), ("suppressed", "suppressed")),
        (.closed, ("-", "reopened"), ("-", "silenced"), ("-", "suppressed")),
    ]

    private func machine(_ state: AlertState, since: Instant = Instant(milliseconds: 0)) -> AlertMachine {
        AlertMachine(
            key: key,
            alert: Alert(
                key: key, state: state, severity: .warning, since: since, period: F.august, reason: AlertMachineTests.reason, assignee: "lan"))
    }

    @Test func everyStateIsInTheTable() { #expect(Set(AlertMachineTests.breaches.map(\.before)) == Set(AlertState.allCases)) }

    @Test(arguments: breaches.indices) func aBreachMeetsSilencesAndSuppression(row: Int) {
        let (before, plain, silenced, suppressed) = AlertMachineTests.breaches[row]
        func after(_ severity: Severity, _ circumstances: AlertMachine.Circumstances) -> String {
            var machine = machine(before)
            let transition = machine.handle(.breach(severity, AlertMachineTests.reason), period: F.august, at: F.now, under: circumstances)
            #expect(transition == nil || machine.alert?.assignee == "lan", "whoever looks after it goes on")
            return transition.map { $0.to.rawValue } ?? "-"
        }

        for (circumstances, expected) in [
            (AlertMachine.Circumstances(), plain), (.init(isSilenced: true), silenced), (.init(isSuppressed: true), suppressed),
            (.init(isSilenced: true, isSuppressed: true), suppressed),
        ] {
            #expect(after(.warning, circumstances) == expected.0, "\(before) under \(circumstances)")
            #expect(after(.critical, circumstances) == expected.1, "\(before) under \(circumstances)")
        }
    }

    @Test(arguments: AlertState.allCases) func whatIsWellAgainIsResolvedFromEveryState(before: AlertState) {
        var machine = machine(before)

        let transition = machine.handle(.clear(AlertMachineTests.reason), period: F.august, at: F.now)

        #expect(transition?.to == (before == .resolved ? nil : .resolved))
    }

    @Test func aBreachSoonAfterItWasResolvedReopens() {
        let soon = AlertMachine.Circumstances(reopensWithin: .seconds(3600))
        func after(_ seconds: Int64) -> AlertState? {
            var machine = machine(.resolved, since: F.now + .seconds(-seconds))
            return machine.handle(.breach(.warning, AlertMachineTests.reason), period: F.august, at: F.now, under: soon)?.to
        }

        #expect(after(3599) == .reopened)
        #expect(after(3600) == .firing)
    }

    @Test func aClosedAlertStaysClosedForItsPeriodAndReopensForALaterOne() {
        var machine = machine(.closed)

        let same = machine.handle(.breach(.warning, AlertMachineTests.reason), period: F.august, at: F.now)
        let later = machine.handle(.breach(.warning, AlertMachineTests.reason), period: F.august.next, at: F.now)

        #expect(same == nil)
        #expect(later?.to == .reopened)
    }

    @Test(arguments: [(AlertState.silenced, true, false), (.suppressed, false, true)])
    func whatNobodyIsToldOfIsShownByItsNewestFigures(state: AlertState, isSilenced: Bool, isSuppressed: Bool) {
        var machine = machine(state)
        let circumstances = AlertMachine.Circumstances(isSilenced: isSilenced, isSuppressed: isSuppressed)

        let later = machine.handle(.breach(.critical, AlertMachineTests.reason), period: F.august.next, at: F.now, under: circumstances)

        #expect(later?.to == state && later?.begins == false)
        #expect(machine.alert?.severity == .critical && machine.alert?.period == F.august.next)
        #expect(machine.handle(.breach(.critical, AlertMachineTests.reason), period: F.august.next, at: F.now, under: circumstances) == nil)
    }

    @Test func everyOrderInEveryState() {
        let actor = AlertActor(name: "lan", why: "đã gọi")
        for state in AlertState.allCases {
            for order in AlertOrder.allCases {
                var machine = machine(state)
                var after: AlertState?
                do throws(AlertOrder.Refused) {
                    let transition = try machine.handle(order, by: actor, at: F.now)
                    #expect(transition.actor == actor && transition.from == state && machine.alert?.state == transition.to)
                    after = transition.to
                } catch {
                    #expect(error == AlertOrder.Refused(order: order, state: state))
                }
                let expected: AlertState? =
                    switch order {
                    case .acknowledge: [.acknowledged, .resolved, .closed].contains(state) ? nil : .acknowledged
                    case .close: state.isOpen ? .closed : nil
                    case .release: state == .acknowledged || state == .closed ? .firing : nil
                    }
                #expect(after == expected, "\(order) of \(state)")
            }
        }
        var nothing = AlertMachine(key: key)
        #expect(throws: AlertOrder.Refused(order: .close, state: nil)) { try nothing.handle(.close, by: actor, at: F.now) }
    }
}
