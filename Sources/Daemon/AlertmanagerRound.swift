import Assembly
import Model
import Settings
import Store

/// Keeps the alerts of one Alertmanager as they stand here.
struct AlertmanagerRound: Sendable {
    let way: WayOutSettings
    let configuration: Configuration
    let store: Store
    let request: WayRequest
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration

    /// The most alerts of one request.
    private static let batch = 500

    /// Sends when something changed or the last message is old, unless the Alertmanager has failed just now.
    ///
    /// - Returns: what went wrong for the first time in a row; empty when there is nothing to tell.
    func run() async throws(StoreError) -> [String] {
        let now = time.now()
        let writer = StandingAlerts(configuration: configuration, way: way)
        let (plan, known) = try await store.reading { [way] store throws(StoreError) in
            let plan = writer.plan(alerts: try store.alerts(), told: try store.standingAlerts(by: way.id), at: now)
            return (plan, try store.wayOutStates()[way.id] ?? WayOutState(way: way.id))
        }
        // Before anything is sent: what may have been heard must be taken back one day.
        try await store.save(plan.changed, forgetting: plan.forgotten, by: way.id)
        if let next = known.nextAttempt, next > now { return [] }
        let isStale = known.failures > 0 || known.lastSuccess.map { $0 + way.resend <= now } ?? true
        guard !plan.told.isEmpty, isStale || !plan.changed.isEmpty else { return [] }
        return try await send(plan.told, writer, known)
    }

    private func send(_ alerts: [StandingAlert], _ writer: StandingAlerts, _ known: WayOutState) async throws(StoreError) -> [String] {
        var state = known
        var start = 0
        while start < alerts.count {
            let part = Array(alerts[start..<min(start + AlertmanagerRound.batch, alerts.count)])
            start += part.count
            let answer = await request.post(writer.body(part, at: time.now()), to: way.alertsURL, at: time.now())
            switch answer {
            case .taken: continue
            case .interrupted: return []
            case .refused(let error): return try await fail(error, isRefusal: true, wait: nil, &state)
            case .later(let error, let wait): return try await fail(error, isRefusal: false, wait: wait, &state)
            }
        }
        state.succeed(at: time.now())
        try await store.save(state, at: time.now())
        return []
    }

    /// What is refused is said again after the longest pause: how alerts stand does not go away because somebody cannot read it.
    private func fail(_ error: String, isRefusal: Bool, wait: Duration?, _ state: inout WayOutState) async throws(StoreError) -> [String] {
        let machine = WayMachine(settings: way, jitter: jitter)
        let isFirst = state.failures == 0
        state.fail(error, pause: { isRefusal ? way.longestRetry : machine.pause(failures: $0, wait: wait) }, at: time.now())
        let findings = isRefusal ? [Finding(.eventRefused, source: way.id, found: error)] : []
        try await store.save(state, findings: findings, at: time.now())
        return isFirst ? [error] : []
    }
}

extension WayOutSettings {
    /// Where an Alertmanager takes alerts; `url` is its root, with the path prefix it may have.
    fileprivate var alertsURL: String { (url.hasSuffix("/") ? String(url.dropLast()) : url) + "/api/v2/alerts" }
}
