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
    let reached: @Sendable (Stage) async -> Void

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
            for window in windows {
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
        let fetched: FetchResult
        do throws(ConnectorError) {
            fetched = try await source.connector.fetch(window, using: courier, validator: try? store.validator(source: id, request: request))
        } catch {
            machine.handle(.failed(error.description, isRetryable: error.isRetryable, wait: error.retryAfter), at: time.now())
            result.error = error.description
            let finding = Finding(.fetchFailed, source: id, range: window, found: error.description)
            try await store.note(findings: [finding], source: machine.state, at: time.now())
            return false
        }
        await reached(.fetched)

        guard case .delivery(let answer) = fetched else {
            machine.handle(.fetched(through: window.last), at: time.now())
            result.unchangedWindows += 1
            return true
        }
        let delivery = Delivery(source: id, receivedAt: time.now(), bytes: answer.bytes, mediaType: answer.mediaType, asked: window)
        let checked: Checked
        do throws(DecodeError) {
            checked = try check(delivery, from: source)
            machine.handle(.fetched(through: window.last), at: delivery.receivedAt)
        } catch {
            // The bytes are kept all the same: they are the evidence for whoever asks the source's owner.
            checked = Checked(observations: [], findings: [Finding(.undecodableDelivery, source: id, range: window, place: error.place, found: error.description)])
            machine.handle(.failed(error.description, isRetryable: true, wait: nil), at: delivery.receivedAt)
            result.error = error.description
        }
        await reached(.checked)

        let recorded = try await store.record(delivery, observations: checked.observations, findings: checked.findings, source: machine.state)
        await reached(.recorded)
        result.deliveries += 1
        result.outcome = result.outcome + recorded.outcome
        return result.error.isEmpty
    }
}
