import Logging
import Model
import ServiceLifecycle
import Settings
import Store

/// Lets go of what is past its keeping and packs closed periods, once an hour and in bounded steps, so that no pass waits for it.
struct Keeping: Service {
    let live: LiveConfiguration
    let store: Store
    let time: TimeSource
    let logger: Logger

    /// How long mails are kept that are nobody's answer: long enough to see what happened, and no archive of what strangers wrote.
    private static let keepsOthers = Duration.seconds(90 * 86_400)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let now = time.now()
                await tidy(live.current.configuration.core.province.store, at: now)
                // Cancelled at shutdown, which the loop looks at.
                try? await time.sleep(now + .seconds(3600))
            }
        }
    }

    private func tidy(_ settings: StoreSettings, at now: Instant) async {
        await step("raw bytes dropped") { () throws(StoreError) in try await store.dropRawBytes(receivedBefore: now - settings.keepRaw) }
        await step("figures dropped") { () throws(StoreError) in try await store.dropFigures(endedBefore: (now - settings.keepFigures).day) }
        await step("history dropped") { () throws(StoreError) in try await store.dropHistory(replacedBefore: now - settings.keepHistory) }
        await step("transitions dropped") { () throws(StoreError) in try await store.dropTransitions(before: now - settings.keepTransitions) }
        await step("mails dropped") { () throws(StoreError) in
            try await store.dropMails(answersBefore: now - settings.keepAnswers, othersBefore: now - min(settings.keepAnswers, Keeping.keepsOthers))
        }
        await step("figures packed") { () throws(StoreError) in try await store.pack(endedBefore: now.day - settings.packAfterDays) }
    }

    /// One kind of tidying; what fails is tried again in an hour and holds up none of the others.
    private func step(_ what: String, _ work: () async throws(StoreError) -> Int) async {
        do throws(StoreError) {
            let count = try await work()
            if count > 0 { logger.info("\(what)", metadata: ["count": "\(count)"]) }
        } catch {
            if !Task.isCancelled { logger.warning("tidying failed; tried again in an hour", metadata: ["step": "\(what)", "error": "\(error)"]) }
        }
    }
}
