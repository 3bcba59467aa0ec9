import Assembly
import Logging
import Model
import ServiceLifecycle
import Settings
import Store

/// Looks into the mailbox for bounces and answers, every `check` and when somebody rings; after failures less and less often, up to once an hour.
struct MailboxReader: Service {
    let live: LiveConfiguration
    let store: Store
    let bell: Bell
    let runner: CycleRunner
    let time: TimeSource
    let jitter: @Sendable (Duration) -> Duration
    let logger: Logger

    private static let longestPause = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = 0
            var stumble: MailboxRound.Stumble?
            while !Task.isCancelled {
                let pause = await round(&failures, &stumble)
                guard !Task.isCancelled else { break }
                await bell.wait(until: time.now() + pause, by: time)
            }
        }
    }

    /// One visit.
    ///
    /// - Returns: how long to wait for the next.
    private func round(_ failures: inout Int, _ stumble: inout MailboxRound.Stumble?) async -> Duration {
        let core = live.current.configuration.core
        // A reload may bring a mailbox, and rings no bell here.
        guard let mail = core.province.mail, let mailbox = mail.mailbox else { return .seconds(60) }
        let round = MailboxRound(
            core: core, mail: mail, mailbox: mailbox, store: store, time: time, lastStumble: stumble, goesOn: { !Task.isCancelled })
        do throws(StoreError) {
            let result = try await round.run()
            guard !Task.isCancelled else { return .zero }
            log(result, failures: failures)
            stumble = result.stumble ?? (result.error == nil ? nil : stumble)
            // A broken promise, or an answer, changes what is owed next; what an answer lets be told is told soon.
            if result.read[.reply] != nil { runner.judgeSoon() }
            failures = result.error == nil ? 0 : failures + 1
            if result.hasMore, result.error == nil { return .zero }
        } catch {
            guard !Task.isCancelled else { return .zero }
            failures += 1
            logger.error("the mailbox: the store failed", metadata: ["error": "\(error)"])
        }
        guard failures > 0 else { return mailbox.check }
        return Backoff(first: mailbox.check * 2, longest: max(MailboxReader.longestPause, mailbox.check), jitter: jitter).pause(failures: failures)
    }

    /// The first line of trouble is told, not each repeat; and what came in, in one line.
    private func log(_ result: MailboxRound.Result, failures: Int) {
        if let error = result.error, failures == 0 {
            logger.warning("the mailbox could not be read and is tried again", metadata: ["error": "\(error)"])
        }
        if let trouble = result.leftBehind { logger.warning("mails that were read stay in the folder", metadata: ["error": "\(trouble)"]) }
        guard !result.read.isEmpty else { return }
        let kinds = result.read.sorted { $0.key.rawValue < $1.key.rawValue }
        logger.info("mails read", metadata: Dictionary(uniqueKeysWithValues: kinds.map { ($0.key.rawValue, "\($0.value)") }))
    }
}
