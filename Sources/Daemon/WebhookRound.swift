import Model
import Settings
import Store

/// Hands the events that wait for one webhook over, those of one alert in their order, until none is due or the receiver fails.
///
/// An event counts as taken when the receiver has answered 2xx. If the answer is lost, or the daemon dies before it is on disk, the same bytes go
/// out again with the same id: doubled at worst, never lost, and recognisable.
struct WebhookRound: Sendable {
    let way: WayOutSettings
    let store: Store
    let request: WayRequest
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    /// False once the daemon is stopping.
    let goesOn: @Sendable () -> Bool

    private static let batch = 100

    /// - Returns: what went wrong for the first time in a row, or was given up; empty when there is nothing to tell.
    func run() async throws(StoreError) -> [String] {
        var state = try await store.reading { [way] store throws(StoreError) in try store.wayOutStates()[way.id] } ?? WayOutState(way: way.id)
        if let next = state.nextAttempt, next > time.now() { return [] }
        var troubles: [String] = []
        while goesOn() {
            let now = time.now()
            let due = try await store.reading { [way] store throws(StoreError) in
                try store.dueEvents(by: way.id, at: now, limit: WebhookRound.batch)
            }
            guard !due.isEmpty else { break }
            for item in due where goesOn() {
                guard try await hand(item, &state, &troubles) else { return troubles }
            }
        }
        return troubles
    }

    /// - Returns: false when the way is not to be used for a while.
    private func hand(_ item: OutboxItem, _ state: inout WayOutState, _ troubles: inout [String]) async throws(StoreError) -> Bool {
        let machine = WayMachine(settings: way, jitter: jitter)
        let id = String(item.letter.messageID.dropFirst(way.id.count + 1))
        let answer = await request.post(item.letter.bytes, to: way.url, event: id, at: time.now())
        let now = time.now()
        guard let outcome = machine.outcome(of: answer, item: item, at: now) else { return false }
        var findings: [Finding] = []
        if case .failed(let error) = outcome {
            findings = [Finding(.eventRefused, source: way.id, place: "event \(item.id)", found: error)]
            troubles.append("event \(item.id) is given up: \(error)")
        }
        try await store.recordAttempt(item.id, at: now, by: way.id, findings: findings) { _ in outcome }
        if case .later(let error, let wait) = answer {
            if state.failures == 0 { troubles.append(error) }
            state.fail(error, pause: { machine.pause(failures: $0, wait: wait) }, at: now)
            try await store.save(state, at: now)
            return false
        }
        // Writing down each success would cost a second transaction an event; once a minute is enough to see that the way works.
        if state.failures > 0 || state.lastSuccess.map({ $0 + .seconds(60) <= now }) ?? true {
            state.succeed(at: now)
            try await store.save(state, at: now)
        }
        return true
    }
}
