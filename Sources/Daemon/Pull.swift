import Assembly
import Connectors
import Ingest
import Model
import Settings
import Store
import Transport

/// An operator's wish that a source be asked now, for the days it is due for or for others.
struct PullOrder: Hashable, Sendable {
    let source: String
    /// Nil for the days that are due anyway.
    let days: DayRange?
}

/// What became of one source's run.
struct PullResult: Sendable {
    let source: String
    var deliveries = 0
    var unchangedWindows = 0
    var outcome = IngestOutcome()
    /// Empty after a run that ended well.
    var error = ""
    /// The days that are left when the run gave way to others; nil when it came to an end.
    var rest: DayRange?

    /// Whether rules may now judge differently.
    var changedFigures: Bool { outcome.stored + outcome.restated > 0 }
}

/// Asks the sources that are due, and brings what they answer to disk: fetch, decode, check, record, window by window.
///
/// Sources run beside each other, the courier bounds how many; the windows of one source run in order, so that its cursor is always the
/// first day not yet on disk. What goes wrong with one source is its own finding and never stops another.
struct Pull: Sendable {
    let configuration: Configuration
    let store: Store
    let courier: Courier
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    /// Whether to begin with another window; false once the daemon is stopping.
    let goesOn: @Sendable () -> Bool
    let reached: @Sendable (Stage) async -> Void

    /// After so many windows, or so long, a run gives way: letters, operators and other sources do not wait for a long backfill.
    static let mostWindows = 100
    static let longestRun = Duration.seconds(60)

    /// - Throws: what the store could not do, after every source has come to an end.
    func everythingDue(orders: [PullOrder]) async throws(StoreError) -> [PullResult] {
        let states = try store.sourceStates()
        let now = time.now()
        var results: [Result<PullResult, StoreError>] = []
        await withTaskGroup(of: Result<PullResult, StoreError>.self) { group in
            for source in configuration.sources {
                let state = states[source.settings.id] ?? SourceState(source: source.settings.id, registeredAt: now)
                let machine = SourceMachine(state: state, settings: source.settings, jitter: jitter)
                let order = orders.first { $0.source == source.settings.id }
                guard order != nil || machine.isDue(at: now) else { continue }
                group.addTask { await run(source, state: state, ordered: order?.days) }
            }
            for await result in group { results.append(result) }
        }
        var done: [PullResult] = []
        for result in results { done.append(try result.get()) }
        return done.sorted { $0.source < $1.source }
    }

    private func run(_ source: Configuration.Source, state: SourceState, ordered: DayRange?) async -> Result<PullResult, StoreError> {
        var machine = SourceMachine(state: state, settings: source.settings, jitter: jitter)
        var result = PullResult(source: source.settings.id)
        do throws(StoreError) {
            let windows = (ordered ?? machine.days(today: time.now().day)).map { source.connector.windows(from: $0.start, through: $0.last) } ?? []
            let start = time.now()
            for (index, window) in windows.enumerated() {
                guard goesOn() else { return .success(result) }
                if index == Pull.mostWindows || (index > 0 && time.now() - start > Pull.longestRun) {
                    result.rest = windows.last.flatMap { DayRange(start: window.start, end: $0.end) }
                    return .success(result)
                }
                guard try await pull(window, from: source, machine: &machine, result: &result) else { return .success(result) }
            }
            machine.handle(.finished, at: time.now())
            try await store.note(findings: [], source: machine.state, at: time.now())
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    /// One window, one delivery, one transaction.
    ///
    /// - Returns: false when the run must end here; the reason is then stored with the source and in the result.
    private func pull(
        _ window: DayRange, from source: Configuration.Source, machine: inout SourceMachine, result: inout PullResult
    ) async throws(StoreError) -> Bool {
        let id = source.settings.id
        let request = source.connector.requestKey(window)
        let known = try store.validator(source: id, request: request)
        let fetched: FetchResult
        do throws(ConnectorError) {
            fetched = try await source.connector.fetch(
                window, using: courier, known: known.map { KnownVersion(entityTag: $0.entityTag, lastModified: $0.lastModified) })
        } catch {
            // A stopping daemon says nothing about the source: it is simply asked again after the start.
            guard !error.isInterruption else { return false }
            machine.handle(.failed(error.description, isRetryable: error.isRetryable, wait: error.retryAfter), at: time.now())
            result.error = error.description
            let finding = Finding(.fetchFailed, source: id, range: window, found: error.description)
            try await store.note(findings: [finding], source: machine.state, at: time.now())
            return false
        }
        await reached(.fetched)

        guard case .answer(let bytes, let mediaType, let version) = fetched else {
            machine.handle(.fetched(window), at: time.now())
            result.unchangedWindows += 1
            return true
        }
        let delivery = Delivery(source: id, receivedAt: time.now(), bytes: bytes, mediaType: mediaType, asked: window)
        let checked = try await check(delivery, for: window, of: source, machine: &machine, result: &result)
        await reached(.checked)

        let recorded = try await store.record(
            delivery, observations: checked.observations, findings: checked.findings, source: machine.state
        ) { [configuration] in Pull.doubts($0, source: id, day: delivery.receivedAt.day, configuration) }
        await reached(.recorded)
        result.deliveries += 1
        result.outcome = result.outcome + recorded.outcome
        guard result.error.isEmpty else { return false }
        // Only what is on disk may be answered with "not modified" next time.
        try await store.remember(Validator(entityTag: version.entityTag, lastModified: version.lastModified), source: id, request: request)
        return true
    }

    /// Brings a delivery as far as observations, off the cooperative pool because the store is read on the way. Bytes that cannot be read are
    /// kept all the same, as evidence for whoever asks the source's owner; the run then counts as failed.
    private func check(
        _ delivery: Delivery, for window: DayRange, of source: Configuration.Source, machine: inout SourceMachine, result: inout PullResult
    ) async throws(StoreError) -> Checked {
        let core = configuration.core
        let outcome = try await store.reading { store throws(StoreError) -> Result<Checked, DecodeError> in
            do throws(SourceReadingError) {
                return .success(try source.check(delivery, core: core, store: store, today: delivery.receivedAt.day))
            } catch {
                switch error {
                case .store(let error): throw error
                case .undecodable(let error): return .failure(error)
                }
            }
        }
        switch outcome {
        case .success(let checked):
            machine.handle(.fetched(window), at: delivery.receivedAt)
            return checked
        case .failure(let error):
            machine.handle(.failed(error.description, isRetryable: true, wait: nil), at: delivery.receivedAt)
            result.error = error.description
            let finding = Finding(.undecodableDelivery, source: source.settings.id, range: delivery.asked, place: error.place, found: error.problem)
            return Checked(observations: [], findings: [finding])
        }
    }

    /// A figure of a closed period that changed after the fact is worth an operator's look; one of the running month, or of the last one
    /// while late reports are expected, is routine.
    static func doubts(_ restatements: [Restatement], source: String, day: Day, _ configuration: Configuration) -> [Finding] {
        let closed = restatements.filter { configuration.core.closing.isClosed($0.cell, on: day) }
        let findings = closed.prefix(Ingest.mostFindings).map { restatement in
            let measure = configuration.core.measures[restatement.cell.measure]
            return Ingest.restatement(
                of: restatement.cell, from: written(restatement.old, measure), to: written(restatement.new, measure), source: source)
        }
        guard closed.count > findings.count else { return findings }
        return findings + [Finding(.moreFindings, source: source, found: String(closed.count - findings.count))]
    }

    /// A stored value with its measure's decimals.
    private static func written(_ value: Int64?, _ measure: Measure?) -> String {
        value.flatMap { ExactDecimal(units: $0, scale: measure?.scale ?? 0)?.description } ?? "null"
    }
}
