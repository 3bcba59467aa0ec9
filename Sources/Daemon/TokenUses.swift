import Logging
import Model
import ServiceLifecycle
import Store

/// Writes down once a minute, and at the end, when each token was last used: never on a push's way.
struct TokenUses: Service {
    let office: PushOffice
    let time: TimeSource
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                // Cancelled at shutdown, which the loop looks at.
                try? await time.sleep(time.now() + .seconds(60))
                if !Task.isCancelled { await write() }
            }
        }
        await write()
    }

    /// What fails is tried again with the next ones: knowing the last use late harms nobody.
    private func write() async {
        do throws(StoreError) {
            try await office.writeUses()
        } catch {
            logger.warning("the last uses of tokens could not be noted; tried again in a minute", metadata: ["error": "\(error)"])
        }
    }
}

extension PushOffice {
    /// Brings the uses of tokens since the last time to the store.
    func writeUses() async throws(StoreError) {
        let uses = tokens.takeUses()
        guard !uses.isEmpty else { return }
        do throws(StoreError) { try await store.noteUses(uses) } catch {
            tokens.putBack(uses)
            throw error
        }
    }
}
