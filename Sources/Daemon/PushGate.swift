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

    init(listening: PushSettings.Listening, terms: TermsBox) {
        self.listening = listening
        self.terms = terms
    }

    /// Nil when nothing is configured.
    ///
    /// - Throws: `ReceiverError` when the certificates cannot be used.
    init?(_ configuration: Configuration) throws(ReceiverError) {
        guard let settings = configuration.core.province.push else { return nil }
        self.init(listening: settings.listening, terms: TermsBox(try PushGate.terms(settings, configuration)))
    }

    /// What a reload does: a certificate that cannot be used refuses it, as any mistake in a file does.
    var follower: LiveConfiguration.Follower {
        LiveConfiguration.Follower { [terms] configuration in
            // Without the section the listener runs on until the restart that ends it; but who stood in it is nobody any more.
            guard let settings = configuration.core.province.push else { return .success({ terms.swap(terms.current.withoutSenders()) }) }
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
            opened: { port in
                desk.health.listens()
                surroundings.isPushable(port)
            },
            failed: { await note($0, desk, at: time.now()) }, stopping: { counter.stop() }, logger: surroundings.logger)
        return PushListener(listening, terms: terms, around)
    }

    /// Where people look: an agency that cannot push does not know whom to tell.
    private func note(_ trouble: String, _ desk: FrontDesk, at now: Instant) async {
        desk.health.cannotListen(trouble, at: now)
        let finding = Finding(.pushNotListening, place: listening.place, found: String(trouble.prefix(300)))
        do throws(StoreError) { try await desk.store.note(findings: [finding], at: now) } catch {
            desk.logger.error("the finding could not be stored", metadata: ["error": "\(error)"])
        }
    }

    private static func terms(_ settings: PushSettings, _ configuration: Configuration) throws(ReceiverError) -> ReceiverTerms {
        let core = configuration.core
        return try ReceiverTerms(settings, province: core.province.province, measures: Array(core.measures.values))
    }
}

extension PushSettings.Listening {
    /// Where it listens, as dondoc.yaml has it.
    fileprivate var place: String {
        switch self {
        case .address(let address): "\(address.host):\(address.port)"
        case .inherited(let name): "push.socket_activation: \(name)"
        }
    }
}
