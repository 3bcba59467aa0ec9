import Assembly
import Logging
import Model
import ServiceLifecycle
import Settings
import Store
import Transport

/// Tells other systems how alerts change, beside the cycle and never in its way: with a courier of its own, woken after each pass. Each way has
/// a loop of its own, so that a slow receiver keeps no other waiting.
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
            await withDiscardingTaskGroup { group in
                // A loop never ends, so that no way ever has two: it rests while its way is not configured.
                var bells: [String: Bell] = [:]
                while !Task.isCancelled {
                    let ways = live.current.configuration.core.province.waysOut
                    await giveUpEvents(besides: ways)
                    for (_, known) in bells { known.ring() }
                    for id in ways.map(\.id) where bells[id] == nil {
                        let own = Bell()
                        bells[id] = own
                        group.addTask { await serve(id, own) }
                    }
                    await bell.wait()
                }
            }
        }
    }

    /// One way's rounds, one after the other, whatever the others wait for.
    private func serve(_ id: String, _ bell: Bell) async {
        while !Task.isCancelled {
            let next = await round(id)
            guard !Task.isCancelled else { break }
            await bell.wait(until: next, by: time)
        }
    }

    private func giveUpEvents(besides ways: [WayOutSettings]) async {
        do throws(StoreError) {
            try await store.abandonEvents(besides: Set(ways.filter { $0.kind == .webhook }.map(\.id)))
        } catch {
            logger.error("ways out: the store failed", metadata: ["error": "\(error)"])
        }
    }

    /// - Returns: when the next is due, when nobody rings before.
    private func round(_ id: String) async -> Instant {
        let configuration = live.current.configuration
        guard let way = configuration.core.province.waysOut.first(where: { $0.id == id }) else { return time.now() + WaysOut.longest }
        let request = WayRequest(way: way, courier: courier)
        do throws(StoreError) {
            let troubles: [String] =
                switch way.kind {
                case .webhook:
                    try await WebhookRound(
                        way: way, store: store, request: request, time: time, jitter: jitter,
                        // After a reload the rest goes by the new settings, or is given up.
                        goesOn: { !Task.isCancelled && live.current.configuration.core.province.waysOut.contains(way) }
                    ).run()
                case .alertmanager:
                    try await AlertmanagerRound(
                        way: way, configuration: configuration, store: store, request: request, time: time, jitter: jitter
                    ).run()
                }
            for trouble in troubles { logger.warning("a way out failed", metadata: ["way": "\(way.id)", "error": "\(trouble)"]) }
            return try await nextDue(of: way)
        } catch {
            if !Task.isCancelled { logger.error("ways out: the store failed", metadata: ["way": "\(way.id)", "error": "\(error)"]) }
            return time.now() + .seconds(60)
        }
    }

    /// How long a way rests at most.
    private static let longest = Duration.seconds(3600)

    /// The earliest moment at which an event is due or an Alertmanager must hear again; within the hour in any case.
    func nextDue(of way: WayOutSettings) async throws(StoreError) -> Instant {
        let now = time.now()
        let due = try await store.reading { store throws(StoreError) -> Instant? in
            let state = try store.wayOutStates()[way.id]
            switch way.kind {
            case .webhook:
                guard let event = try store.nextEventDue(by: way.id) else { return nil }
                return max(event, state?.nextAttempt ?? event)
            case .alertmanager:
                // The round has written down all that it tells. With nothing to say, what comes next is a judging, which rings the bell.
                guard try store.standingAlerts(by: way.id).contains(where: { !StandingAlerts.isForgotten($0, at: now) }) else { return nil }
                return state?.nextAttempt ?? (state?.lastSuccess ?? now) + way.resend
            }
        }
        return max(min(due ?? now + WaysOut.longest, now + WaysOut.longest), now)
    }
}
