import GRDB
import Model

/// Everything that one judging of the province decided, to be stored as one.
public struct Judgement: Sendable {
    /// A letter with the alerts it tells of: by their transitions in this judgement, or by their last one where they have none.
    public struct Telling: Hashable, Sendable {
        public let letter: Letter
        public let alerts: [AlertKey]

        public init(_ letter: Letter, of alerts: [AlertKey]) {
            self.letter = letter
            self.alerts = alerts
        }
    }

    public var transitions: [Transition]
    public var letters: [Telling]
    /// What other systems are told of the transitions, by the place of each transition in `transitions`.
    public var events: [(transition: Int, event: AlertEvent)] = []
    public var findings: [Finding]
    /// By rule, the newest period it has judged.
    public var judgedThrough: [String: Period]
    /// The newest delivery that was judged by; nil leaves it.
    public var judgedDelivery: DeliveryID?
    /// How far each alert that was told of is urged now; nil where the episode is over.
    public var urged: [AlertKey: Urged?]
    /// Where the telling as a whole stands; nil leaves it.
    public var urgingState: UrgingState?
    /// The reports that are among the letters, or that begin to be counted from now.
    public var writtenReports: Set<String> = []
    public var at: Instant

    public init(
        transitions: [Transition] = [], letters: [Telling] = [], findings: [Finding] = [], judgedThrough: [String: Period] = [:],
        urged: [AlertKey: Urged?] = [:], urgingState: UrgingState? = nil, at: Instant
    ) {
        self.transitions = transitions
        self.letters = letters
        self.findings = findings
        self.judgedThrough = judgedThrough
        self.urged = urged
        self.urgingState = urgingState
        self.at = at
    }
}

extension Store {
    /// Stores a judgement in one transaction: transitions and alerts, letters into the outbox, which letter tells of which transition,
    /// findings and marks. A crash before it returns leaves nothing of it or all of it; that is what makes no letter get lost.
    public func commit(_ judgement: Judgement) async throws(StoreError) {
        try await write("storing a judgement") { db in
            var numbers: [AlertKey: [Int64]] = [:]
            var ids: [Int64] = []
            for transition in judgement.transitions {
                let id = try AlertRows.apply(transition, db)
                numbers[transition.key, default: []].append(id)
                ids.append(id)
            }
            for (place, event) in judgement.events { try EventRows.insert(event, of: ids[place], at: judgement.at, db) }
            for telling in judgement.letters {
                let letter = try LetterRows.insert(telling.letter, at: judgement.at, db)
                for key in Set(telling.alerts).sorted() {
                    let last = try Int64.fetchOne(
                        db, sql: "SELECT max(id) FROM transition WHERE alert = ?", arguments: [try AlertRows.number(key, db)])
                    guard let told = numbers[key] ?? last.map({ [$0] }) else {
                        throw Refusal(.inconsistent, "a letter tells of alert \(key), which has never changed")
                    }
                    for transition in told { try LetterRows.link(letter, to: transition, db) }
                }
            }
            try FindingRows.merge(judgement.findings, at: judgement.at, delivery: nil, db)
            for (key, urged) in judgement.urged { try UrgingRows.save(urged, of: try AlertRows.number(key, db), db) }
            if let state = judgement.urgingState { try UrgingRows.save(state, db) }
            for name in judgement.writtenReports { try ReportRows.mark(name, at: judgement.at, db) }
            for (rule, period) in judgement.judgedThrough { try AlertRows.mark(rule, through: period, db) }
            if let delivery = judgement.judgedDelivery { try AlertRows.mark(delivery, db) }
        }
    }
}
