import GRDB
import Model

/// What became of a delivery.
public struct Recorded: Hashable, Sendable {
    public let id: DeliveryID
    public let outcome: IngestOutcome
    /// The figures it replaced, in the order of the store, which is not that of its observations.
    public let restatements: [Restatement]

    public init(id: DeliveryID, outcome: IngestOutcome, restatements: [Restatement]) {
        self.id = id
        self.outcome = outcome
        self.restatements = restatements
    }
}

/// A figure that a later delivery replaced: who said what, then and now.
public struct Restatement: Hashable, Sendable {
    public let cell: CellKey
    public let old: Int64?
    public let new: Int64?
    /// The delivery that had brought the old value.
    public let replaced: DeliveryID
    /// The delivery that brought the new one.
    public let by: DeliveryID
    /// When the new one was recorded.
    public let at: Instant

    public init(cell: CellKey, old: Int64?, new: Int64?, replaced: DeliveryID, by: DeliveryID, at: Instant) {
        self.cell = cell
        self.old = old
        self.new = new
        self.replaced = replaced
        self.by = by
        self.at = at
    }
}

extension Store {
    /// Records a delivery with everything it led to in one transaction: raw bytes, cells, replaced values, findings, the source's state.
    ///
    /// The same observations again change no cell. A value that differs, or becomes known or unknown, replaces the old one, which moves to the
    /// history. Of two observations of one cell in one delivery the last holds. The record's `recordedAt` is the delivery's `receivedAt`, but
    /// never before that of an earlier delivery, so that "as of" an instant is a prefix of the deliveries.
    ///
    /// - Parameters:
    ///   - doubts: what is worth noting of the figures that were replaced; it is stored with them or not at all.
    ///   - expects: told inside the transaction what the observations came to; when it says no, nothing is stored and the error is `changed`.
    public func record(
        _ delivery: Delivery, observations: [Observation], findings: [Finding] = [], source: SourceState? = nil,
        doubts: @escaping @Sendable ([Restatement]) -> [Finding] = { _ in [] },
        expects: (@Sendable (IngestOutcome, [Restatement]) -> Bool)? = nil
    ) async throws(StoreError) -> Recorded {
        let operation = "recording a delivery of source '\(delivery.source)'"
        let body: RawBytes
        do { body = try RawBytes(delivery.bytes) } catch { throw StoreError(error, operation: operation, path: path) }
        let (recorded, numbering) = try await write(operation) { [self] db in
            var writer = try CellWriter(db, numbering: takeNumbering())
            let recorded = try writer.record(
                NewDelivery(
                    delivery: delivery, body: body, observations: observations, findings: findings,
                    refused: findings.count(where: \.kind.isRefusal), doubts: doubts))
            if let expects, !expects(recorded.outcome, recorded.restatements) {
                throw Refusal(.changed, "the figures are no longer what they were when it was prepared")
            }
            if let source { try SourceRows.save(source, db) }
            return (recorded, writer.numbering)
        }
        committed.withLock { $0 = numbering }
        return recorded
    }

    /// The numbers that are known to be committed. An empty book is left behind: if the transaction fails, nothing that it numbered may be believed;
    /// otherwise it puts back the book it leads to.
    func takeNumbering() -> Numbering {
        committed.withLock { book in
            defer { book = Numbering() }
            return book
        }
    }

    /// Notes findings and the state of a source when there is no delivery to tie them to, such as after a fetch that failed.
    public func note(findings: [Finding], source: SourceState? = nil, at instant: Instant) async throws(StoreError) {
        try await write("noting findings") { db in
            try FindingRows.merge(findings, at: instant, delivery: nil, db)
            if let source { try SourceRows.save(source, db) }
        }
    }
}
