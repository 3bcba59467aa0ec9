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
        var begins = 1
        var findings: [Finding] = []

        /// What is told at a moment, `step 1 agency`; `-` for nothing.
        mutating func told(_ day: String, hour: Int = 9) -> String {
            let now = Instant(F.day(day), hour: hour, minute: 0)
            let situation = Telling.Situation(
                alerts: [alert], urged: urged.map { [alert.key: $0] } ?? [:], promises: promise.map { [alert.key: $0] } ?? [:],
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
            }
        }

        mutating func becomes(_ state: AlertState, _ severity: Severity = .warning, on day: String) {
            let transition = Transition(
                key: alert.key, from: alert.state, to: state, severity: severity, at: Instant(F.day(day), hour: 8, minute: 0), period: alert.period,
                reason: alert.reason)
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

    @Test(arguments: [AlertState.acknowledged, .silenced, .suppressed, .closed, .pending])
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
