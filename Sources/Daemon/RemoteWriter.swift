import Assembly
import Logging
import Model
import ServiceLifecycle
import Settings
import Store
import Transport

/// Sends copies of the figures to other stores, beside the cycle and never in its way: with a courier of its own, woken after each pass.
struct RemoteWriter: Service {
    let live: LiveConfiguration
    let store: Store
    let courier: Courier
    let runner: CycleRunner
    let bell: Bell
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let next = await round()
                guard !Task.isCancelled else { break }
                await bell.wait(until: next, by: time)
            }
        }
    }

    /// One round of every target beside each other.
    ///
    /// - Returns: when the next is due.
    private func round() async -> Instant {
        let core = live.current.configuration.core
        let isSettled = runner.isSettled
        var hasMore = false
        await withTaskGroup(of: Bool.self) { group in
            for target in core.province.remoteWrite { group.addTask { await round(target, core, isSettled: isSettled) } }
            for await more in group { hasMore = hasMore || more }
        }
        return hasMore ? time.now() : await nextAttempt(core.province.remoteWrite)
    }

    private func round(_ target: RemoteWriteSettings, _ core: CoreSettings, isSettled: Bool) async -> Bool {
        let round = RemoteWriteRound(
            target: target, core: core, store: store, request: RemoteWriteRequest(target: target, courier: courier), time: time, jitter: jitter,
            goesOn: { !Task.isCancelled }, isSettled: isSettled)
        do throws(StoreError) {
            let result = try await round.run()
            log(result, target)
            return result.hasMore
        } catch {
            if !Task.isCancelled { logger.error("remote write: the store failed", metadata: ["target": "\(target.id)", "error": "\(error)"]) }
            return false
        }
    }

    /// The first line of trouble and its end are told, not each repeat.
    private func log(_ result: RemoteWriteRound.Result, _ target: RemoteWriteSettings) {
        if result.failures == 1 {
            logger.warning("remote write failed and will be repeated", metadata: ["target": "\(target.id)", "error": "\(result.error)"])
        }
        if result.refused > 0 {
            logger.error(
                "remote write: the target refused samples",
                metadata: ["target": "\(target.id)", "samples": "\(result.refused)", "answer": "\(result.refusal)"])
        }
        if result.taken > 0 { logger.debug("remote write", metadata: ["target": "\(target.id)", "samples": "\(result.taken)"]) }
    }

    /// The earliest repeat after a failure; otherwise within the hour, because periods close and settle without a delivery.
    private func nextAttempt(_ targets: [RemoteWriteSettings]) async -> Instant {
        let hour = time.now() + .seconds(3600)
        do throws(StoreError) {
            let states = try await store.reading { store throws(StoreError) in try store.remoteWriteStates() }
            return targets.compactMap { states[$0.id]?.nextAttempt }.min().map { min($0, hour) } ?? hour
        } catch {
            return time.now() + .seconds(60)
        }
    }
}
