import Logging
import Model
import ServiceLifecycle
import Store

/// Drops raw bytes that are older than the province keeps them and packs closed periods, once an hour and in bounded steps, so that no pass
/// waits for it.
struct Keeping: Service {
    let live: LiveConfiguration
    let store: Store
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let now = time.now()
                do throws(StoreError) {
                    let dropped = try await store.dropRawBytes(receivedBefore: now - live.current.configuration.core.province.store.keepRaw)
                    if dropped > 0 { logger.info("raw bytes past their keeping dropped", metadata: ["deliveries": "\(dropped)"]) }
                } catch {
                    if !Task.isCancelled { logger.warning("raw bytes could not be dropped; tried again in an hour", metadata: ["error": "\(error)"]) }
                }
                await pack(at: now)
                // Cancelled at shutdown, which the loop looks at.
                try? await time.sleep(now + .seconds(3600))
            }
        }
    }

    private func pack(at now: Instant) async {
        do throws(StoreError) {
            let packed = try await store.pack(endedBefore: now.day - live.current.configuration.core.province.store.packAfterDays)
            if packed > 0 { logger.info("figures of closed periods packed", metadata: ["figures": "\(packed)"]) }
        } catch {
            if !Task.isCancelled { logger.warning("figures could not be packed; tried again in an hour", metadata: ["error": "\(error)"]) }
        }
    }
}
