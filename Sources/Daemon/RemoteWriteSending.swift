import Assembly
import Model
import Prometheus
import Settings
import Store

/// One round under way: the samples that wait for their request, and how far the target has got.
struct RemoteWriteSending {
    private let round: RemoteWriteRound
    private let until: Instant
    private(set) var result = RemoteWriteRound.Result()
    private(set) var state: RemoteWriteState
    /// The state as it was last stored, for noticing a replay that was ordered meanwhile.
    private var stored: RemoteWriteState?
    private var batch = SampleBatch()
    private var days: ClosedRange<Day>?
    private var isStopped = false

    init(round: RemoteWriteRound, state: RemoteWriteState, stored: RemoteWriteState?, until: Instant) {
        self.round = round
        self.until = until
        self.state = state
        self.stored = stored
    }

    /// Whether nothing has stopped the round yet.
    var goesOn: Bool { !isStopped }

    // MARK: - Cells

    /// Sends what deliveries up to one have brought, oldest first.
    mutating func cells(through newest: DeliveryID) async throws(StoreError) {
        var complete = state.cells
        while goesOn, complete < newest {
            let after = complete
            let reaches =
                round.target.parts.contains(.cells)
                ? try await round.store.reading { store throws(StoreError) in try store.reaches(after: after, through: newest) } : []
            for (index, reach) in reaches.enumerated() {
                try await add(reach, after: complete)
                guard goesOn else { return }
                if index + 1 == reaches.count || reaches[index + 1].delivery != reach.delivery { complete = reach.delivery }
            }
            if reaches.isEmpty { complete = newest }
        }
        guard goesOn else { return }
        try await flush { $0.advance(cells: complete) }
    }

    /// Adds the cells of one reach, some days at a time so that a delivery of years does not have to fit into memory.
    private mutating func add(_ reach: DeliveryReach, after complete: DeliveryID) async throws(StoreError) {
        guard let measure = round.core.measures[reach.measure], let first = firstDay(for: reach.delivery), first <= reach.range.last else { return }
        let step = max(1, RemoteWriteSending.cellsAtOnce / max(1, round.core.register.agencies.count))
        var start = max(reach.starts.lowerBound, first - (reach.span - 1))
        while start <= reach.starts.upperBound {
            let end = min(start + (step - 1), reach.starts.upperBound)
            let part = start...end
            let cells = try await round.store.reading { store throws(StoreError) in try store.cells(broughtBy: reach, starting: part) }
            for outgoing in cells where outgoing.cell.range.last >= first {
                guard let sample = CellSeries.sample(of: outgoing.cell, measure: measure, revision: outgoing.revision) else { continue }
                note(outgoing.cell.range)
                batch.add(sample, to: CellSeries.labels(agency: outgoing.agency, measure: measure, range: outgoing.cell.range) + common)
                guard batch.count >= round.target.batch else { continue }
                try await flush { $0.advance(cells: complete) }
                guard goesOn else { return }
            }
            start = end + 1
        }
    }

    /// The first day of which a delivery's cells are wanted.
    private func firstDay(for delivery: DeliveryID) -> Day? {
        let floor = round.target.backfillFrom ?? Day.supported.lowerBound
        guard let partial = state.partial, delivery <= partial.through else { return floor }
        return max(floor, partial.from)
    }

    private static let cellsAtOnce = 20_000

    // MARK: - Readings

    /// Sends the readings of periods that deliveries have changed, then of those that have closed since the last time.
    mutating func readings(through newest: DeliveryID) async throws(StoreError) {
        guard round.target.parts.contains(.readings) else { return }
        let plan = ReadingPlan(indicators: round.core.indicators, floor: round.target.backfillFrom)
        let horizon = (round.time.now() - round.target.settle).day
        var touched: Set<ReadingPlan.Item> = []
        var after = state.readings
        while after < newest {
            let from = after
            let reaches = try await round.store.reading { store throws(StoreError) in try store.reaches(after: from, through: newest) }
            for reach in reaches { plan.add(to: &touched, changedBy: reach, endingBy: min(horizon, state.readingsBefore)) }
            after = reaches.last?.delivery ?? newest
        }
        let closed = plan.closed(after: state.readingsBefore, endingBy: horizon)
        if !touched.isEmpty || !closed.isEmpty {
            // Before anything is sent: whatever becomes of this round, the next one's readings have later moments.
            state.generation += 1
            try await store()
        }
        for item in touched.sorted() where goesOn { try await add(item) }
        guard goesOn else { return }
        if state.readings < newest { try await flush { $0.readings = newest } }

        for (end, items) in closed {
            for item in items where goesOn { try await add(item) }
            guard goesOn else { return }
            try await flush { $0.readingsBefore = end }
        }
    }

    private mutating func add(_ item: ReadingPlan.Item) async throws(StoreError) {
        let (core, today) = (round.core, round.time.now().day)
        let readings = try await round.store.reading { store throws(StoreError) in
            try ReadingShelf(core: core, store: store).readings(of: item.indicator, over: item.period, today: today)
        }
        note(item.period.range)
        for (_, figures) in readings.filter(\.figures.isWorthSending) {
            for (sample, labels) in figures.samples(revision: state.generation, labels: common) where goesOn {
                batch.add(sample, to: labels)
                // The cursors stay: the items before this one are not all out yet.
                if batch.count >= round.target.batch { try await flush { _ in } }
            }
        }
    }

    // MARK: - Sending

    private var common: [Label] { round.target.labels.map { Label($0.name, $0.value) } }

    private mutating func note(_ range: DayRange) {
        let last = range.last
        days = days.map { min($0.lowerBound, last)...max($0.upperBound, last) } ?? last...last
    }

    /// Sends what has been gathered, and stores the cursors as `advance` sets them once the target has answered.
    private mutating func flush(_ advance: (inout RemoteWriteState) -> Void) async throws(StoreError) {
        let outcome = batch.count == 0 ? RemoteWriteRequest.Outcome() : await round.request.send(batch)
        let now = round.time.now()
        let machine = RemoteWriteMachine(settings: round.target, jitter: round.jitter)
        var findings: [Finding] = []
        state.sent += Int64(outcome.taken)
        result.taken += outcome.taken
        switch outcome.answer {
        case .taken, .refused:
            advance(&state)
            state.refused += Int64(outcome.refused)
            result.refused += outcome.refused
            if outcome.refused > 0 {
                result.refusal = outcome.refusal
                findings = [refusal(outcome)]
            }
            if batch.count > 0 { state.lastSuccess = now }
            (state.failures, state.lastError, state.nextAttempt) = (0, "", nil)
        case .later(let error, let wait): state = machine.failed(state, error, wait: wait, isHeld: false, at: now)
        case .held(let error): state = machine.failed(state, error, wait: nil, isHeld: true, at: now)
        case .interrupted:
            isStopped = true
            return
        }
        batch = SampleBatch()
        days = nil
        result.error = state.lastError
        result.failures = state.failures
        if state.failures > 0 { isStopped = true }
        try await store(findings)
        if !isStopped, !round.goesOn() || round.time.now() > until {
            isStopped = true
            result.hasMore = true
        }
    }

    /// Stores the state. When an operator has ordered a replay meanwhile, the round ends and the next one begins with that.
    mutating func store(_ findings: [Finding] = []) async throws(StoreError) {
        guard stored != state || !findings.isEmpty else { return }
        let kept = try await round.store.save(state, after: stored, findings: findings, at: round.time.now())
        if kept != state {
            isStopped = true
            result.hasMore = true
        }
        state = kept
        stored = kept
    }

    private func refusal(_ outcome: RemoteWriteRequest.Outcome) -> Finding {
        let span = days.map { $0.lowerBound == $0.upperBound ? " of \($0.lowerBound)" : " within \($0.lowerBound) to \($0.upperBound)" } ?? ""
        return Finding(
            .remoteWriteRefused, source: round.target.id, found: "\(outcome.refused) of \(batch.count) samples\(span): \(outcome.refusal)")
    }
}

extension RemoteWriteState {
    /// Everything up to a delivery is out; a replay that reaches no further is over.
    fileprivate mutating func advance(cells delivery: DeliveryID) {
        cells = max(cells, delivery)
        if let partial, partial.through <= cells { self.partial = nil }
    }
}
