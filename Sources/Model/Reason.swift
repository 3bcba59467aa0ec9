/// Why an alert is in its state, as a value (indirect, because it is passed on far more often than it is read): letters, tables and explanations are made from it, long after the figures may have changed.
public indirect enum Reason: Hashable, Sendable, Codable {
    /// A reading stands on the wrong side of a bound.
    case beyondThreshold(Judged)
    /// A reading stands on the right side again.
    case withinThreshold(Judged)
    /// Nothing was delivered by the due day. `ever` tells whether the agency has delivered before at all.
    case notReported(NotReported)
    /// The overdue figures came.
    case reported(NotReported)
    /// Nothing new for longer than allowed.
    case stale(Stale)
    /// Something new came.
    case fresh(Stale)
    /// A figure fell or rose against an older one, by more than is allowed or not.
    case moved(Moved)
    /// Figures became worse period after period, too often in a row or not.
    case worsened(Worsened)
    /// An agency stands at the end of its level, or far from its middle, or not.
    case ranked(Ranked)
    /// A document is owed, or has come.
    case owed(Owed)
    /// The source's own percentage does not fit its counts, or does.
    case contradicted(Contradicted)
    /// A year leads beyond its target, or does not.
    case budget(Budget)
    /// Counts that should add up do not, or do.
    case unbalanced(Unbalanced)
    /// Figures of closed periods were changed, or have not been for some time.
    case restated(Restated)
    /// The operators have excepted the agency from the rule for some days.
    case excepted(Excepted)
    /// More letters were owed at once than may be written without an operator's word.
    case lettersHeld(Held)
    /// No letters wait any more.
    case lettersReleased(Held)
    /// The rule, the target, the agency or the source is no longer there to be judged.
    case noLongerJudged(String)

    /// A reading beside the bound it was held against.
    public struct Judged: Hashable, Sendable, Codable {
        public let reading: Reading
        public let unit: Indicator.Unit
        public let direction: Indicator.Direction
        /// The bound that decided: crossed in `beyondThreshold`, kept in `withinThreshold`.
        public let bound: ExactDecimal
        /// What must be kept all the same, when `bound` is the farther one of two: coming back to `bound` alone ends nothing. Absent in reasons
        /// that were stored before it was noted.
        public let goal: ExactDecimal?
        /// The text the bound rests on.
        public let legalBasis: String
        /// How many periods in a row, this one included, were beyond.
        public let consecutive: Int
        /// Why this agency has a bound of its own; nil when none was given.
        public let reason: String?

        public init(
            reading: Reading, unit: Indicator.Unit, direction: Indicator.Direction, bound: ExactDecimal, legalBasis: String, consecutive: Int,
            reason: String? = nil, goal: ExactDecimal? = nil
        ) {
            self.reading = reading
            self.unit = unit
            self.direction = direction
            self.bound = bound
            self.goal = goal
            self.legalBasis = legalBasis
            self.consecutive = consecutive
            self.reason = reason
        }
    }

    public struct Held: Hashable, Sendable, Codable {
        public let letters: Int
        /// The most that are written at once.
        public let ceiling: Int
        /// Whether it was the first judging of all, which looks back over everything there is.
        public let isFirstRun: Bool

        public init(letters: Int, ceiling: Int, isFirstRun: Bool) {
            self.letters = letters
            self.ceiling = ceiling
            self.isFirstRun = isFirstRun
        }
    }

    public struct NotReported: Hashable, Sendable, Codable {
        /// The newest of those that are missing.
        public let period: Period
        /// The last day on which the figures of `period` were in time.
        public let due: Day
        /// Whether the agency has ever delivered a figure for this indicator.
        public let ever: Bool
        /// The rule's text basis for the deadline.
        public let legalBasis: String
        /// Absent when there are none, as in reasons that were stored before they were noted.
        private let before: [Period]?

        public init(period: Period, due: Day, ever: Bool, legalBasis: String, earlier: [Period] = []) {
            self.period = period
            self.due = due
            self.ever = ever
            self.legalBasis = legalBasis
            before = earlier.isEmpty ? nil : earlier
        }

        /// Periods before `period` that are missing too, the oldest first.
        public var earlier: [Period] { before ?? [] }

        /// All that is missing, the oldest first.
        public var periods: [Period] { earlier + [period] }
    }

    public struct Stale: Hashable, Sendable, Codable {
        /// The last day with something new, nil for never.
        public let last: Day?
        /// The day it was judged on.
        public let today: Day
        /// Days allowed between.
        public let limit: Int
        /// Whether `limit` and `age` count working days.
        public let countsWorkingDays: Bool
        /// Days since `last`; nil for never.
        public let age: Int?
        public let legalBasis: String

        public init(last: Day?, today: Day, limit: Int, countsWorkingDays: Bool, age: Int?, legalBasis: String) {
            self.last = last
            self.today = today
            self.limit = limit
            self.countsWorkingDays = countsWorkingDays
            self.age = age
            self.legalBasis = legalBasis
        }
    }
}

extension Reason {
    /// The reading beside its bound, for reasons that have one.
    public var judged: Judged? {
        switch self {
        case .beyondThreshold(let judged), .withinThreshold(let judged): judged
        default: nil
        }
    }
}
