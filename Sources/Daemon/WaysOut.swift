import Assembly
import Logging
import Model
import ServiceLifecycle
import Settings
import Store
import Transport

/// Tells other systems how alerts change, beside the cycle and never in its way: with a courier of its own, woken after each pass.
///
///     judging ─▶ transitions + events, one transaction ─▶ WebhookRound ─▶ POST, one event each
///     alerts as they stand ─────────────────────────────▶ AlertmanagerRound ─▶ POST /api/v2/alerts, again and again
struct WaysOut: Service {
    let live: LiveConfiguration
    let store: Store
    let courier: Courier
    let bell: Bell
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await round()
                guard !Task.isCancelled else { break }
                await bell.wait(until: await nextDue(), by: time)
            }
        }
    }

    /// One round of every way beside each other.
    private func round() async {
        let configuration = live.current.configuration
        let ways = configuration.core.province.waysOut
        do throws(StoreError) {
            try await store.abandonEvents(besides: Set(ways.filter { $0.kind == .webhook }.map(\.id)))
        } catch {
            logger.error("ways out: the store failed", metadata: ["error": "\(error)"])
        }
        await withTaskGroup(of: Void.self) { group in
            for way in ways { group.addTask { await round(way, configuration) } }
        }
    }

    private func round(_ way: WayOutSettings, _ configuration: Configuration) async {
        let request = WayRequest(way: way, courier: courier)
        do throws(StoreError) {
            let troubles: [String] =
                switch way.kind {
                case .webhook:
                    try await WebhookRound(
                        way: way, store: store, request: request, time: time, jitter: jitter, goesOn: { !Task.isCancelled }
                    ).run()
                case .alertmanager:
                    try await AlertmanagerRound(
                        way: way, configuration: configuration, store: store, request: request, time: time, jitter: jitter
                    ).run()
                }
            for trouble in troubles { logger.warning("a way out failed", metadata: ["way": "\(way.id)", "error": "\(trouble)"]) }
        } catch {
            if !Task.isCancelled { logger.error("ways out: the store failed", metadata: ["way": "\(way.id)", "error": "\(error)"]) }
        }
    }

    /// The earliest moment at which an event is due or an Alertmanager must hear again; within the hour in any case.
    func nextDue() async -> Instant {
        let ways = live.current.configuration.core.province.waysOut
        let now = time.now()
        let hour = now + .seconds(3600)
        guard !ways.isEmpty else { return hour }
        do throws(StoreError) {
            return try await store.reading { store throws(StoreError) in
                let states = try store.wayOutStates()
                var due = hour
                for way in ways {
                    let state = states[way.id]
                    switch way.kind {
                    case .webhook:
                        guard let event = try store.nextEventDue(by: way.id) else { continue }
                        due = min(due, max(event, state?.nextAttempt ?? event))
                    case .alertmanager:
                        // The round has written down all that it tells. With nothing to say, what comes next is a judging, which rings the bell.
                        guard try store.standingAlerts(by: way.id).contains(where: { !StandingAlerts.isForgotten($0, at: now) }) else { continue }
                        due = min(due, state?.nextAttempt ?? (state?.lastSuccess ?? now) + way.resend)
                    }
                }
                return max(due, now)
            }
        } catch {
            return now + .seconds(60)
        }
    }
}
