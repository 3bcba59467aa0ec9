import Model

/// Decides, from how alerts stand and how far each has been urged, what must be told now. Nothing depends on which judging brought a change, so
/// what waits for the morning, for an operator or for room in a limit is not lost: it is simply still owed.
public enum Telling {
    /// Why an alert is told of now.
    public enum Occasion: Hashable, Sendable {
        /// For the first time in its episode, or because it is worse than what was told.
        case news
        /// Nothing was heard for so long that the next step is due.
        case step
        /// It is well again.
        case resolved
        /// It is over, and nobody is told: an operator closed it, or whoever would be told never heard of it.
        case ended
    }

    /// One alert that somebody must be told of.
    public struct Owed: Hashable, Sendable {
        public let alert: Alert
        public let occasion: Occasion
        /// The step of the escalation it is at once it is told.
        public let step: Int
        public let audience: EscalationStep.Audience

        public init(alert: Alert, occasion: Occasion, step: Int, audience: EscalationStep.Audience) {
            self.alert = alert
            self.occasion = occasion
            self.step = step
            self.audience = audience
        }

        /// Whether anybody gets a letter.
        public var isTold: Bool { occasion != .ended && audience != .summary }

        /// Whether it waits until agencies may be written to.
        public var waitsForHours: Bool { alert.key.agency != nil && occasion != .ended }
    }

    /// What the decision rests on.
    public struct Situation: Sendable {
        public var alerts: [Alert]
        public var urged: [AlertKey: Urged]
        /// The last day that each agency has promised for an alert, and when it did.
        public var promises: [AlertKey: Day]
        /// Alerts of whose letters none reached the agency.
        public var unheard: Set<AlertKey>
        /// Silences that hold or will hold.
        public var silences: [Silence]
        /// When the last answer to each alert was entered, and what that does to the steps.
        public var answered: [AlertKey: Instant]
        public var replyStops: ReplyEffect
        /// How often each alert began to fire within the last thirty days.
        public var begins: [AlertKey: Int]
        public var settings: UrgingSettings
        public var calendar: WorkCalendar
        public var now: Instant

        public init(
            alerts: [Alert], urged: [AlertKey: Urged] = [:], unheard: Set<AlertKey> = [], silences: [Silence] = [],
            promises: [AlertKey: Day] = [:], answered: [AlertKey: Instant] = [:], replyStops: ReplyEffect = .nextReminder,
            begins: [AlertKey: Int] = [:], settings: UrgingSettings = UrgingSettings(), calendar: WorkCalendar, now: Instant
        ) {
            self.alerts = alerts
            self.urged = urged
            self.unheard = unheard
            self.silences = silences
            self.promises = promises
            self.answered = answered
            self.replyStops = replyStops
            self.begins = begins
            self.settings = settings
            self.calendar = calendar
            self.now = now
        }

        /// Whether an alert has gone up and down so often that it is told only once it has stayed as it is for a while.
        public func flaps(_ alert: Alert) -> Bool { begins[alert.key] ?? 0 >= settings.flapping && now < alert.since + settings.calm }

        /// Whether nobody is to be told of an alert now, good news among it: what is owed stays owed until the silence is over.
        func isSilenced(_ key: AlertKey) -> Bool { silences.contains { $0.holds(for: key, at: now) } }
    }

    /// Everything that is owed now, in the order of the alerts; and findings about days that the calendar does not know.
    public static func owed(_ situation: Situation) -> (owed: [Owed], findings: [Finding]) {
        var findings: [Finding] = []
        let owed = situation.alerts.indices.compactMap { place -> Owed? in
            // Few are owed of the many that stand: those of which nobody has heard, and of which nobody must, are not even looked at as a whole, and
            // whether one flaps or is silenced is asked last.
            let urged = situation.urged[situation.alerts[place].key]
            guard urged != nil || situation.alerts[place].state.isFiring else { return nil }
            let alert = situation.alerts[place]
            return self.owed(alert, urged, situation, &findings).flatMap { situation.flaps(alert) || situation.isSilenced(alert.key) ? nil : $0 }
        }
        return (owed, findings)
    }

    /// How far an alert is urged once what was owed is told; nil when its episode is over.
    public static func urged(after owed: Owed, before: Urged?, at now: Instant) -> Urged? {
        let before = before.flatMap { $0.isDropped ? nil : $0 }
        return switch owed.occasion {
        case .resolved, .ended: nil
        case .news: Urged(toldAt: before?.toldAt ?? now, severity: owed.alert.severity, step: owed.step, stepAt: before?.stepAt ?? now)
        case .step: Urged(toldAt: before?.toldAt ?? now, severity: owed.alert.severity, step: owed.step, stepAt: now)
        }
    }

    private static func owed(_ alert: Alert, _ urged: Urged?, _ situation: Situation, _ findings: inout [Finding]) -> Owed? {
        let steps = situation.settings.steps
        // Made when it is asked for: every alert passes here each time, and few are told.
        var first: Owed { Owed(alert: alert, occasion: .news, step: 0, audience: steps.first?.audience ?? .agency) }
        guard let urged else { return alert.state.isFiring ? first : nil }
        if !alert.state.isOpen {
            let isHeard = alert.state == .resolved && !urged.isDropped && !situation.unheard.contains(alert.key)
            return Owed(alert: alert, occasion: isHeard ? .resolved : .ended, step: urged.step, audience: .agency)
        }
        if urged.isDropped { return alert.state.isFiring && isNew(alert, since: urged) ? first : nil }
        let promise = situation.promises[alert.key].map { Promise($0, urged, today: situation.now.day) }
        // Who has taken an alert on holds its letters, but does not keep the agency's word for it.
        guard alert.state.isFiring || (alert.state == .acknowledged && promise == .broken) else { return nil }
        let reached = min(urged.step, steps.count - 1)
        if urged.severity < alert.severity {
            return Owed(alert: alert, occasion: .news, step: urged.step, audience: reached >= 0 ? steps[reached].audience : .agency)
        }
        // Alerts of the operators' own are not escalated: the letter went to the last step already.
        guard alert.key.agency != nil else { return nil }
        guard let step = dueStep(alert.key, urged, promise, situation, &findings) else { return nil }
        return Owed(alert: alert, occasion: .step, step: step, audience: steps[step].audience)
    }

    /// Whether an alert is more than what an operator has dropped: worse, or of a period that was not over then.
    private static func isNew(_ alert: Alert, since dropped: Urged) -> Bool {
        dropped.severity < alert.severity || (alert.period.map { dropped.toldAt.day <= $0.range.last } ?? false)
    }

    /// How a day that an agency has promised bears on the next step.
    private enum Promise {
        /// It is not over yet, and holds every step.
        case standing
        /// It is over, and no step was taken since: the next one is due at once.
        case broken
        /// A step was taken for it.
        case urged

        init(_ day: Day, _ urged: Urged, today: Day) {
            self = today <= day ? .standing : urged.stepAt.day <= day ? .broken : .urged
        }
    }

    /// The next step when it is due; the working days between two steps count from the day on which the one before was taken. Never more than one
    /// step at a time: after a pause, too, the agency hears before its head does, and its head before the Chairman.
    private static func dueStep(
        _ key: AlertKey, _ urged: Urged, _ promise: Promise?, _ situation: Situation, _ findings: inout [Finding]
    ) -> Int? {
        let steps = situation.settings.steps
        let today = situation.now.day
        var step = urged.step + 1
        guard step < steps.count, promise != .standing else { return nil }
        if promise == .broken { return step }
        do throws(WorkCalendar.MissingYear) {
            // An answer that came after the last step stands for the next one.
            if let answer = situation.answered[key], answer > urged.stepAt {
                switch situation.replyStops {
                case .nextReminder: step += 1
                case .workingDays(let days) where today <= (try situation.calendar.day(days, workingDaysAfter: answer.day)): return nil
                default: break
                }
            }
            guard step < steps.count else { return nil }
            let between = steps[step].after - steps[min(urged.step, step)].after
            // Working days are not fewer than days: before that nobody needs to ask the calendar.
            guard urged.stepAt.day + between <= today else { return nil }
            return try situation.calendar.day(between, workingDaysAfter: urged.stepAt.day) <= today ? step : nil
        } catch {
            let finding = Finding.missingYear(error.year, askedBy: "urging")
            if !findings.contains(finding) { findings.append(finding) }
            return nil
        }
    }
}
