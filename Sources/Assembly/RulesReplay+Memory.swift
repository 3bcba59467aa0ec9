import Model
import Notify
import Rules
import Settings
import Store

extension RulesReplay {
    /// What is carried from one day to the next.
    struct Memory {
        var alerts: Standing
        var urged: [AlertKey: Urged]
        var judgedThrough: [String: Period]
        /// The last delivery that was judged by.
        var judgedDelivery: DeliveryID
        /// Whether all alerts have been judged by the replayed rules, and not as they stood before them.
        var hasJudged = false
        /// How often alerts began to fire of late.
        var begins = Begins()
        /// When letters to agencies could be written last.
        var lastTold: Instant
        /// Who has reported what by then.
        private(set) var reported: [MeasureID: Set<AgencyCode>] = [:]
        /// The day that each agency has promised by then, and when it answered.
        private(set) var answers = StandingAnswers()
        private var grounds: Grounds?
        private var past: Past

        /// The alerts of some rules as they stood before an instant, and what the store knows of the days since.
        init(_ configuration: Configuration, _ store: Store, before start: Instant) throws(StoreError) {
            let before = start + .milliseconds(-1)
            let ids = Set(configuration.rules.map(\.id))
            let standing = try store.alerts(asOf: before).filter { ids.contains($0.key.rule) }
            let changes = try store.transitions(since: start + .seconds(-30 * 86_400), limit: 1_000_000).reversed().map(\.transition)
            alerts = Standing(standing)
            urged = Memory.urged(standing, today: try store.urged(), before: before)
            judgedThrough = [:]
            judgedDelivery = try store.newestDelivery(until: before)
            for rule in configuration.rules {
                for cadence in rule.cadences {
                    judgedThrough[Judge.track(rule, cadence)] = Period.lastClosed(cadence.kind, scheme: cadence.scheme, on: start.day)
                }
            }
            begins.note(changes.filter { $0.at <= before })
            // What was gathered until then has been told.
            lastTold = before
            past = try Past(configuration, store, orders: changes.filter { $0.at > before && $0.actor != nil && ids.contains($0.key.rule) })
        }

        /// Those that fired then count as told. How far they were urged the store knows of now alone: that holds for then when nothing was told since,
        /// and otherwise they are taken to be at the first letter.
        private static func urged(_ alerts: [Alert], today: [AlertKey: Urged], before: Instant) -> [AlertKey: Urged] {
            var urged: [AlertKey: Urged] = [:]
            for alert in alerts {
                if let known = today[alert.key], known.stepAt <= before {
                    urged[alert.key] = known
                } else if alert.state.isFiring {
                    urged[alert.key] = Urged(toldAt: alert.since, severity: alert.severity, step: 0, stepAt: alert.since)
                }
            }
            return urged
        }

        /// Takes in what alerts went through.
        mutating func apply(_ transitions: [Transition]) {
            begins.note(transitions)
            // What was promised binds nobody once the alert has ended, and what was closed is not urged any further.
            for transition in transitions where transition.to == .resolved || transition.to == .closed {
                answers.end(transition.key)
                if transition.to == .closed { urged[transition.key] = nil }
            }
            alerts.apply(transitions)
        }

        /// Learns what was known at an instant, given the newest delivery then: who had reported, and what agencies had promised and answered.
        mutating func learn(through delivery: DeliveryID, at now: Instant) {
            while let next = past.reports.first, next.delivery <= delivery {
                reported[next.measure, default: []].insert(next.agency)
                past.reports.removeFirst()
            }
            while let next = past.remediations.first, next.at <= now {
                answers.add(next)
                past.remediations.removeFirst()
            }
        }

        /// Does what operators ordered until an instant. What is not open by these rules cannot be taken on or ended, and is passed over.
        mutating func obey(until now: Instant) -> [Transition] {
            var transitions: [Transition] = []
            while let next = past.orders.first, next.at <= now {
                past.orders.removeFirst()
                var machine = AlertMachine(key: next.key, alert: alerts[next.key])
                guard let order = next.order, let actor = next.actor else { continue }
                do throws(AlertOrder.Refused) {
                    let transition = try machine.handle(order, by: actor, at: next.at)
                    apply([transition])
                    transitions.append(transition)
                } catch { continue }
            }
            return transitions
        }

        /// The silences that hold at an instant, of those that had been made by then.
        func silences(at now: Instant) -> [Silence] { past.silences.filter { $0.createdAt <= now && $0.from <= now && now < $0.until } }

        /// Whether periods must be judged: their verdicts are what they were while this is.
        mutating func isNews(_ grounds: Grounds) -> Bool {
            defer { self.grounds = grounds }
            return grounds != self.grounds
        }
    }

    /// When alerts began to fire, counted by alert. The counts are kept and not made anew each morning.
    struct Begins {
        private(set) var counts: [AlertKey: Int] = [:]
        private var inOrder: ArraySlice<(key: AlertKey, at: Instant)> = []

        /// Takes in the transitions among some by which alerts began to fire; later calls bring later ones.
        mutating func note(_ transitions: [Transition]) {
            for transition in transitions where transition.begins {
                counts[transition.key, default: 0] += 1
                inOrder.append((transition.key, transition.at))
            }
        }

        mutating func forget(before instant: Instant) {
            while let oldest = inOrder.first, oldest.at < instant {
                inOrder.removeFirst()
                counts[oldest.key] = counts[oldest.key].flatMap { $0 > 1 ? $0 - 1 : nil }
            }
        }
    }

    /// What the verdicts on periods rest on, beside the figures of each.
    struct Grounds: Equatable {
        let newest: DeliveryID
        /// The due periods, each with whether its agencies have had their days to correct it.
        let due: [String]
        let silences: [Int64]
    }

    /// What the store knows of the days to come, each list in the order in which it became known.
    struct Past {
        var reports: ArraySlice<FirstReport>
        var remediations: ArraySlice<Remediation>
        var orders: ArraySlice<Transition>
        let silences: [Silence]

        init(_ configuration: Configuration, _ store: Store, orders: [Transition]) throws(StoreError) {
            let indicators = configuration.rules.compactMap { $0 as? NotReportedRule }.flatMap(\.scope.indicators)
            reports = try store.firstReports(Array(Set(indicators.flatMap(\.definitions).flatMap(\.measures))))[...]
            remediations = try store.remediations().sorted { ($0.at, $0.id) < ($1.at, $1.id) }[...]
            self.orders = orders[...]
            silences = try store.silences(endingAfter: nil)
        }
    }
}

extension Transition {
    /// What an operator ordered that led to it.
    fileprivate var order: AlertOrder? {
        switch to {
        case .acknowledged: .acknowledge
        case .closed: .close
        case .firing: .release
        default: nil
        }
    }
}

extension UrgingSettings {
    /// The first moment of a day at which letters to agencies may be written, but not before eight while there is a later one: a day's figures come in the
    /// morning.
    func moment(of day: Day, lastTold: Instant) -> Instant {
        let eight = 8 * 60
        let minute = hours.map { min(max(eight, $0.lowerBound), $0.upperBound - 1) } ?? eight
        let morning = Instant(day, hour: 0, minute: minute)
        guard let next = gathered?.next(after: lastTold), next.day == day, next > morning else { return morning }
        return hours?.contains(Int(next.timeOfDay / 60_000)) ?? true ? next : morning
    }
}
