import Assembly
import Ingest
import Logging
import Model
import Prometheus
import Receiver
import Store
import Synchronization

/// What stands behind the push interface: decides who may push, and answers when a push is on disk.
///
///     receive ─▶ workbench: hash, compress, check ─▶ lane ─▶ group commit ─▶ receipt
///
/// It holds what the receiver lets in, which is bounded there, and nothing of it is kept but in the store: a crash loses no acknowledged push.
final class PushDesk: PushCounter {
    private struct State {
        var isStopping = false
        /// When a commit last failed for want of room; nil after one that did not.
        var lastFull: Instant?
        var figures: FigureFamilies?
    }

    /// Pushes that are refused for want of room do not prove it: after this long one may try again.
    private static let retryAfterFull = Duration.seconds(10)

    private let live: LiveConfiguration
    private let store: Store
    private let tokens: PushTokenBook
    private let logins: LoginLedger
    private let commits: PushCommits
    private let bench: Workbench
    private let tally: PushTally
    private let time: TimeSource
    private let logger: Logger
    private let page: @Sendable (FigureFamilies?) async throws(StoreError) -> (text: String, figures: FigureFamilies)
    private let state = Mutex(State())

    init(
        live: LiveConfiguration, office: PushOffice, time: TimeSource, logger: Logger,
        page: @escaping @Sendable (FigureFamilies?) async throws(StoreError) -> (text: String, figures: FigureFamilies)
    ) {
        self.live = live
        store = office.store
        tokens = office.tokens
        logins = office.logins
        commits = office.commits
        bench = office.bench
        tally = office.tally
        self.time = time
        self.logger = logger
        self.page = page
    }

    func sender(token: String) async -> PushSender? { tokens.sender(token, at: time.now()) }

    func receive(_ push: Push) async throws(PushTrouble) -> PushReceipt {
        do throws(PushTrouble) {
            let receipt = try await stored(push)
            tally.note(receipt)
            return receipt
        } catch {
            tally.note(error)
            throw error
        }
    }

    private func stored(_ push: Push) async throws(PushTrouble) -> PushReceipt {
        guard !state.withLock({ $0.isStopping }) else { throw .stopping }
        let name = push.sender.name
        commits.enter(name)
        defer { commits.leave(name) }
        let checking = PushChecking(configuration: live.current.configuration, store: store)
        let now = time.now()
        switch await bench.run(for: name, { checking.check(push, at: now) }) {
        case .trouble(let trouble): throw trouble
        case .answered(let outcome): return try receipt(outcome, refused: [])
        case .ready(let record, let refused):
            let outcome = await commits.store(record, of: name, observations: push.observations.count)
            return try receipt(outcome, refused: refused)
        }
    }

    func receipt(of delivery: DeliveryID, for sender: PushSender) async throws(PushTrouble) -> EarlierPush? {
        let certified = live.current.configuration.core.province.push?.senders.map(\.sender) ?? []
        guard let start = tokens.start(of: sender, beside: certified) else { return nil }
        do throws(StoreError) {
            return try await store.reading { store throws(StoreError) in
                guard let record = try store.delivery(delivery), record.source == sender.source, record.receivedAt >= start else { return nil }
                return EarlierPush(record: record, refused: try store.refusals(of: delivery))
            }
        } catch {
            throw PushTrouble(error)
        }
    }

    func catalogue(for sender: PushSender) async -> PushCatalogue {
        let core = live.current.configuration.core
        let today = DayRange(time.now().day)
        let reach = PushReach(sender.scope, register: core.register, province: core.province.province)
        return PushCatalogue(
            measures: core.measures.values.filter { reach.covers($0.id) }.sorted { $0.id < $1.id },
            agencies: core.register.agencies(in: today).filter { reach.covers($0.code, in: today) })
    }

    func noteFailedLogin(from address: String) async { logins.note(address, at: time.now()) }

    func noteBusy() { tally.note(.busy(retryAfter: .zero)) }

    /// Not while the daemon stops, nor for a moment after a commit found no room.
    func isReady() async -> Bool {
        let now = time.now()
        return state.withLock { state in !state.isStopping && (state.lastFull.map { now - $0 >= PushDesk.retryAfterFull } ?? true) }
    }

    func metrics() async throws(PushTrouble) -> String {
        do throws(StoreError) {
            let (text, figures) = try await page(state.withLock { $0.figures })
            state.withLock { $0.figures = figures }
            return text
        } catch {
            throw PushTrouble(error)
        }
    }

    /// Takes no further pushes; those inside are brought to an end.
    func stop() { state.withLock { $0.isStopping = true } }

    private func receipt(_ outcome: PushOutcome, refused: [PushRefusal]) throws(PushTrouble) -> PushReceipt {
        switch outcome {
        case .recorded(let recorded):
            noteRoom()
            return PushReceipt(recorded.id, recorded.outcome, refused: refused, isRepeat: false)
        case .repeated(let push): return PushReceipt(push.id, push.outcome, refused: push.refused, isRepeat: true)
        case .keyReused: throw .keyReused
        case .failed(let error):
            note(error)
            throw PushTrouble(error)
        }
    }

    /// One line when room runs out and one when there is room again, however many pushes hear of it.
    private func note(_ error: StoreError) {
        guard error.kind == .full else {
            logger.error("pushes could not be stored", metadata: ["error": "\(error)"])
            return
        }
        let now = time.now()
        let isNews = state.withLock { state in
            defer { state.lastFull = now }
            return state.lastFull == nil
        }
        if isNews { logger.error("no room for pushes; their senders are told to come again", metadata: ["error": "\(error)"]) }
    }

    private func noteRoom() {
        let wasFull = state.withLock { state in
            defer { state.lastFull = nil }
            return state.lastFull != nil
        }
        if wasFull { logger.notice("there is room for pushes again") }
    }
}

extension PushReceipt {
    /// The receipt for what the store made of a push.
    init(_ id: DeliveryID, _ outcome: IngestOutcome, refused: [PushRefusal], isRepeat: Bool) {
        self.init(
            delivery: id, stored: outcome.stored, unchanged: outcome.unchanged, restated: outcome.restated, refused: refused, isRepeat: isRepeat)
    }
}
