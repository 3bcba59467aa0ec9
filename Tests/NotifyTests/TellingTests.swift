import Model
import Notify
import Testing

/// What is owed, day by day, told as a story: each line is a moment, how the alert stands then, and what is told.
@Suite struct TellingTests {
    private typealias F = Fixture
    private static let calendar = WorkCalendar(
        years: [2026: .confirmed, 2027: .confirmed], daysOff: [F.day("2026-11-24"): .init(named: "lễ", .holiday)])

    /// An alert with its urging, moved through time as the daemon would.
    private struct Story {
        var settings = UrgingSettings()
        var alert = F.transition(F.key("H52.01")).alert
        var urged: Urged?
        var promise: Day?
        var answered: Instant?
        var replyStops = ReplyEffect.nextReminder
        var isUnheard = false
        var silences: [Silence] = []
        var begins = 1
        var findings: [Finding] = []

        /// What is told at a moment, `step 1 agency`; `-` for nothing.
        mutating func told(_ day: String, hour: Int = 9) -> String {
            let now = Instant(F.day(day), hour: hour, minute: 0)
            let situation = Telling.Situation(
                alerts: [alert], urged: urged.map { [alert.key: $0] } ?? [:], unheard: isUnheard ? [alert.key] : [], silences: silences,
                promises: promise.map { [alert.key: $0] } ?? [:],
                answered: answered.map { [alert.key: $0] } ?? [:], replyStops: replyStops, begins: [alert.key: begins], settings: settings,
                calendar: TellingTests.calendar, now: now)
            let (owed, findings) = Telling.owed(situation)
            self.findings += findings
            guard let item = owed.first else { return "-" }
            urged = Telling.urged(after: item, before: urged, at: now)
            switch item.occasion {
            case .news: return "news \(item.alert.severity)"
            case .step: return "step \(item.step) \(item.audience)"
            case .resolved: return "resolved"
            case .ended: return "ended"
            }
        }

        /// What a silence until a moment holds back.
        mutating func isSilenced(from day: String, until end: String) {
            let from = Instant(F.day(day), hour: 0, minute: 0)
            let actor = AlertActor(name: "lan", why: "chuyển trụ sở")
            silences = [
                Silence(
                    scope: Silence.Scope(agency: alert.key.agency), from: from, until: Instant(F.day(end), hour: 0, minute: 0), actor: actor,
                    createdAt: from)
            ]
        }

        mutating func becomes(_ state: AlertState, _ severity: Severity = .warning, on day: String, period: Period? = nil) {
            let transition = Transition(
                key: alert.key, from: alert.state, to: state, severity: severity, at: Instant(F.day(day), hour: 8, minute: 0),
                period: period ?? alert.period, reason: alert.reason)
            alert = transition.alert
        }
    }

    @Test func anAlertIsToldOnceAndThenByStepsOfWorkingDays() {
        var story = Story()

        // Monday 23 November 2026; the 24th is a holiday in this calendar.
        #expect(story.told("2026-11-23") == "news warning")
        #expect(story.told("2026-11-23", hour: 10) == "-")
        #expect(story.told("2026-11-30") == "-", "the fourth working day")
        #expect(story.told("2026-12-01") == "step 1 agency")
        #expect(story.told("2026-12-01", hour: 15) == "-")
        #expect(story.told("2026-12-08") == "step 2 head")
        #expect(story.told("2026-12-15") == "step 3 operators")
        #expect(story.told("2026-12-22") == "step 4 summary")
        #expect(story.told("2027-03-01") == "-", "there is no step behind the last one")
    }

    @Test func afterAPauseTheStepsGoOnOneByOneAndNobodyIsPassedOver() {
        var story = Story()

        #expect(story.told("2026-11-23") == "news warning")
        #expect(story.told("2026-12-16") == "step 1 agency")
        #expect(story.told("2026-12-16", hour: 10) == "-")
        #expect(story.told("2026-12-22") == "-")
        #expect(story.told("2026-12-23") == "step 2 head")
    }

    @Test func anAnswerByMailStandsForTheNextReminderAndForNoLaterOne() {
        var story = Story()
        #expect(story.told("2026-11-23") == "news warning")

        story.answered = Instant(F.day("2026-11-25"), hour: 10, minute: 0)

        #expect(story.told("2026-12-01") == "-")
        #expect(story.told("2026-12-08") == "step 2 head")
        #expect(story.told("2026-12-15") == "step 3 operators", "an answer from before the last step stops nothing")
    }

    @Test func anAnswerHoldsTheStepsForSomeDaysOrNotAtAll() {
        var held = Story(replyStops: .workingDays(8))
        var unimpressed = Story(replyStops: .nothing)
        for day in ["2026-11-23"] {
            #expect(held.told(day) == "news warning")
            #expect(unimpressed.told(day) == "news warning")
        }

        held.answered = Instant(F.day("2026-11-25"), hour: 10, minute: 0)
        unimpressed.answered = held.answered

        #expect(unimpressed.told("2026-12-01") == "step 1 agency")
        #expect(held.told("2026-12-01") == "-")
        #expect(held.told("2026-12-07") == "-", "the eighth working day after the answer")
        #expect(held.told("2026-12-08") == "step 1 agency")
    }

    @Test func stepsStopWhenTheAlertIsResolvedAndThatIsToldOnce() {
        var story = Story()
        _ = story.told("2026-11-23")

        story.becomes(.resolved, on: "2026-11-26")

        #expect(story.told("2026-11-26") == "resolved")
        #expect(story.told("2026-12-20") == "-")
    }

    @Test func whatWasNeverToldIsNotToldWhenItIsWellAgain() {
        var story = Story()
        story.becomes(.resolved, on: "2026-11-23")

        #expect(story.told("2026-11-23") == "-")
    }

    @Test func gettingWorseIsToldAtOnceAndGettingBetterIsNot() {
        var story = Story()
        _ = story.told("2026-11-23")

        story.becomes(.firing, .critical, on: "2026-11-25")
        #expect(story.told("2026-11-25") == "news critical")
        story.becomes(.firing, .warning, on: "2026-11-26")
        #expect(story.told("2026-11-26") == "-")
        #expect(story.told("2026-12-01") == "step 1 agency", "the days count from the first letter")
    }

    @Test(arguments: [AlertState.acknowledged, .silenced, .suppressed, .pending])
    func nothingIsToldWhileItIsNotUrged(state: AlertState) {
        var story = Story()
        #expect(story.told("2026-11-23") == "news warning")

        story.becomes(state, on: "2026-11-24")

        #expect(story.told("2026-12-08") == "-")
        story.becomes(.firing, on: "2026-12-09")
        #expect(story.told("2026-12-09") == "step 1 agency", "the days have passed, and the next step is due")
        #expect(story.told("2026-12-10") == "-")
    }

    @Test func aPromiseHoldsTheStepsUntilItsDayIsOverAndABrokenOneRaisesTheNext() {
        var story = Story()
        _ = story.told("2026-11-23")
        story.promise = F.day("2026-12-10")

        #expect(story.told("2026-12-10") == "-")
        #expect(story.told("2026-12-11") == "step 1 agency", "by itself, the day after")
        #expect(story.told("2026-12-17") == "-")
        #expect(story.told("2026-12-18") == "step 2 head", "five working days after the last step")
    }

    @Test func aBrokenPromiseIsToldThoughSomebodyHasTakenTheAlertOn() {
        var story = Story()
        _ = story.told("2026-11-23")
        story.promise = F.day("2026-12-10")
        story.becomes(.acknowledged, on: "2026-11-25")

        #expect(story.told("2026-12-10") == "-")
        #expect(story.told("2026-12-11") == "step 1 agency")
        #expect(story.told("2027-01-11") == "-", "the rest is for whoever took it on")
    }

    @Test func whatWasClosedAndFiresAgainIsToldFromTheFirstStepOn() {
        var story = Story()
        for day in ["2026-11-23", "2026-12-01", "2026-12-08", "2026-12-15", "2026-12-22"] { #expect(story.told(day) != "-") }

        story.becomes(.closed, on: "2026-12-23")
        #expect(story.told("2026-12-23") == "ended", "nobody is told of it")
        #expect(story.told("2026-12-24") == "-")

        story.becomes(.reopened, on: "2026-12-28")
        #expect(story.told("2026-12-28") == "news warning")
        #expect(story.told("2027-01-04") == "step 1 agency")
    }

    @Test func whatAnOperatorDroppedIsToldWhenItGetsWorseOrAPeriodLaterAndHasNoStepsBefore() {
        var story = Story()
        let dropped = Instant(F.day("2026-11-23"), hour: 9, minute: 0)
        story.urged = Urged(toldAt: dropped, severity: .warning, step: Urged.droppedStep, stepAt: dropped)
        var worse = story
        var later = story

        #expect(story.told("2027-03-01") == "-", "no step follows what was never told")

        worse.becomes(.firing, .critical, on: "2026-11-25")
        #expect(worse.told("2026-11-25") == "news critical")
        #expect(worse.urged?.toldAt == Instant(F.day("2026-11-25"), hour: 9, minute: 0), "that is the first letter")
        #expect(worse.told("2026-12-02") == "step 1 agency")

        later.becomes(.firing, on: "2026-12-04", period: F.october.advanced(by: 1))
        #expect(later.told("2026-12-04") == "news warning", "November was not over when October was dropped")
    }

    @Test(arguments: [true, false]) func whatNobodyEverHeardOfIsNotToldWhenItIsWellAgain(isDropped: Bool) {
        var story = Story()
        #expect(story.told("2026-11-23") == "news warning")
        if isDropped { story.urged?.step = Urged.droppedStep } else { story.isUnheard = true }

        story.becomes(.resolved, on: "2026-11-26")

        #expect(story.told("2026-11-26") == "ended")
        #expect(story.urged == nil)
    }

    @Test func aSilenceKeepsGoodNewsAndBrokenPromisesBackUntilItIsOver() {
        var resolved = Story()
        var broken = Story()
        #expect(resolved.told("2026-11-23") == "news warning")
        #expect(broken.told("2026-11-23") == "news warning")
        resolved.isSilenced(from: "2026-11-25", until: "2026-12-15")
        broken.isSilenced(from: "2026-11-25", until: "2026-12-15")

        resolved.becomes(.resolved, on: "2026-11-26")
        broken.promise = F.day("2026-12-01")
        broken.becomes(.acknowledged, on: "2026-11-26")

        for day in ["2026-11-26", "2026-12-02", "2026-12-14"] {
            #expect(resolved.told(day) == "-")
            #expect(broken.told(day) == "-")
        }
        #expect(resolved.told("2026-12-15") == "resolved")
        #expect(broken.told("2026-12-15") == "step 1 agency")
        #expect(resolved.told("2026-12-16") == "-", "once")
        #expect(broken.told("2026-12-16") == "-", "once")
    }

    @Test func aFlappingAlertIsToldWhenItHasStayedAsItIsForAWhile() {
        var story = Story()
        story.begins = 4
        story.becomes(.firing, on: "2026-11-23")

        #expect(story.told("2026-11-23") == "-")
        #expect(story.told("2026-11-26", hour: 7) == "-")
        #expect(story.told("2026-11-26", hour: 8) == "news warning")
    }

    @Test func theOperatorsOwnAlertsAreNotEscalated() {
        var story = Story()
        story.alert = F.transition(F.key(nil, subject: "one-stop")).alert

        #expect(story.told("2026-11-23") == "news warning")
        #expect(story.told("2027-01-23") == "-")
    }

    @Test func aYearThatTheCalendarLacksIsAFindingAndNoStep() {
        var story = Story()
        let lastYear = Instant(F.day("2027-12-30"), hour: 9, minute: 0)
        story.urged = Urged(toldAt: lastYear, severity: .warning, step: 0, stepAt: lastYear)

        #expect(story.told("2028-01-20") == "-")
        #expect(story.findings == [.missingYear(2028, askedBy: "urging")])
    }

    @Test func lettersWaitForHoursWorkingDaysAndTheGathering() {
        var settings = UrgingSettings()
        func isOpen(_ day: String, _ hour: Int, _ minute: Int = 0, lastTold: Instant? = nil) -> Bool {
            settings.isOpen(at: Instant(F.day(day), hour: hour, minute: minute), calendar: TellingTests.calendar, lastTold: lastTold)
        }
        #expect(isOpen("2026-11-22", 3))

        settings.hours = 450..<1020
        #expect(!isOpen("2026-11-23", 7, 29))
        #expect(isOpen("2026-11-23", 7, 30))
        #expect(isOpen("2026-11-23", 16, 59))
        #expect(!isOpen("2026-11-23", 17))

        settings.onlyWorkingDays = true
        #expect(!isOpen("2026-11-22", 10), "a Sunday")
        #expect(!isOpen("2026-11-24", 10), "a holiday")
        #expect(isOpen("2030-11-22", 10), "a year nobody has entered holds nothing back")

        settings.gathered = CronExpression("0 8 * * 1")
        #expect(isOpen("2026-11-23", 9))
        #expect(!isOpen("2026-11-25", 9, lastTold: Instant(F.day("2026-11-23"), hour: 8, minute: 15)))
        #expect(isOpen("2026-11-30", 8, lastTold: Instant(F.day("2026-11-23"), hour: 8, minute: 15)))
    }
}
