import Assembly
import Ingest
import Model
import Receiver
import Store

/// What a push has become before its commit.
enum CheckedPush: Sendable {
    /// Ready for its transaction.
    case ready(PushRecord, refused: [PushRefusal])
    /// Answered already: by an earlier push under its idempotency key.
    case answered(PushOutcome)
    case trouble(PushTrouble)
}

/// Brings a push as far as a record for the store: hashes and compresses its body, looks its idempotency key up, and checks its observations. It
/// computes and reads, so it runs on the workbench.
struct PushChecking: Sendable {
    let configuration: Configuration
    let store: Store

    func check(_ push: Push, at now: Instant) -> CheckedPush {
        do throws(StoreError) {
            return try checked(push, at: now)
        } catch {
            return .trouble(PushTrouble(error))
        }
    }

    private func checked(_ push: Push, at now: Instant) throws(StoreError) -> CheckedPush {
        let body = try PushBody(push.bytes)
        let source = push.sender.source
        // Before the check: what was stored under the key is its answer, whatever the register says today.
        if let key = push.idempotencyKey, let earlier = try store.earlierPush(source: source, key: key, body: body) { return .answered(earlier) }
        let checked = Ingest.check(
            push.observations, from: source, scope: push.sender.scope, lastValueHolds: push.lastValueHolds, in: try context(push, today: now.day))
        if push.isAtomic, !checked.refused.isEmpty { return .trouble(.refused(checked.refused)) }
        let record = PushRecord(
            source: source, receivedAt: now, body: body, mediaType: push.mediaType, observations: checked.observations, findings: checked.findings,
            refused: checked.refused, idempotencyKey: push.idempotencyKey,
            // The other doors tell no delivery's number, and collectors bring the same refusals every minute.
            keepsRefusals: !push.lastValueHolds
        ) { [configuration] in Pull.doubts($0, source: source, day: now.day, configuration) }
        return .ready(record, refused: checked.refused)
    }

    /// With the stored cells around the push only where they can matter: reading them costs more than storing a day's figures does.
    private func context(_ push: Push, today: Day) throws(StoreError) -> IngestContext {
        let core = configuration.core
        var known = CellTable([:])
        let longer = try store.measuresInLongerIntervals()
        if let around = Ingest.neighbourhood(of: push.observations, measures: core.measures, indicators: core.indicators, longer: longer) {
            known = try store.cells(of: around.measures, in: around.range, agencies: Set(around.agencies))
        }
        return IngestContext(
            register: core.register, measures: core.measures, indicators: core.indicators, province: core.province.province, today: today,
            known: known, firstKept: core.firstKept(on: today))
    }
}

extension PushTrouble {
    /// What the store could not do, as the sender is told: nothing of the machine but that it was so.
    init(_ error: StoreError) {
        switch error.kind {
        case .full: self = .full
        case .busy: self = .busy(retryAfter: .seconds(2))
        case .cancelled: self = .stopping
        default: self = .failed(error.cause)
        }
    }
}
