import Assembly
import Model
import Prometheus
import Receiver
import ServiceLifecycle
import Settings
import Store

/// The push listener as the configuration describes it, with what a reload changes: certificates, senders, limits and names. Where it listens
/// changes at a restart only.
struct PushGate: Sendable {
    private let listening: PushSettings.Listening
    private let terms: TermsBox

    /// Nil when nothing is configured.
    ///
    /// - Throws: `ReceiverError` when the certificates cannot be used.
    init?(_ configuration: Configuration) throws(ReceiverError) {
        guard let settings = configuration.core.province.push else { return nil }
        listening = settings.listening
        terms = TermsBox(try PushGate.terms(settings, configuration))
    }

    /// What a reload does: a certificate that cannot be used refuses it, as any mistake in a file does.
    var follower: LiveConfiguration.Follower {
        LiveConfiguration.Follower { [terms] configuration in
            // Without the section the listener runs on as it is until the restart that ends it.
            guard let settings = configuration.core.province.push else { return .success({}) }
            do throws(ReceiverError) {
                let new = try PushGate.terms(settings, configuration)
                return .success({ terms.swap(new) })
            } catch {
                return .failure(LiveConfiguration.Follower.Problems(lines: [error.description]))
            }
        }
    }

    /// The listener with the desk behind it.
    func service(live: LiveConfiguration, office: PushOffice, desk: FrontDesk, _ surroundings: DaemonProgram.Surroundings) -> any Service {
        let time = surroundings.time
        let counter = PushDesk(live: live, office: office, time: time, logger: surroundings.logger) { known throws(StoreError) in
            try await desk.metrics(.prometheus, known: known)
        }
        let around = PushListener.Surroundings(
            counter: counter, reader: .standard, inherited: surroundings.inherited, now: time.now,
            // Cancelled at shutdown, which the listener looks at.
            pause: { await cancelWhenGracefulShutdown { try? await time.sleep(time.now() + .seconds(60)) } },
            opened: surroundings.isPushable, stopping: { counter.stop() }, logger: surroundings.logger)
        return PushListener(listening, terms: terms, around)
    }

    private static func terms(_ settings: PushSettings, _ configuration: Configuration) throws(ReceiverError) -> ReceiverTerms {
        let core = configuration.core
        return try ReceiverTerms(settings, province: core.province.province, measures: Array(core.measures.values))
    }
}
