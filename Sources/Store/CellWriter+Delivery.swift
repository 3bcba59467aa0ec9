import GRDB
import Model

/// A delivery on its way into the store, hashed and compressed, with everything that it led to.
struct NewDelivery {
    /// Its bytes are in `body`.
    let delivery: Delivery
    let body: RawBytes
    let observations: [Observation]
    let findings: [Finding]
    /// How many of its observations are not stored.
    let refused: Int
    /// What is worth noting of the figures that were replaced.
    let doubts: ([Restatement]) -> [Finding]
}

extension CellWriter {
    /// Stores a whole delivery: its row and bytes, its cells with what they replace, its digest and reach, its findings.
    mutating func record(_ new: NewDelivery) throws -> Recorded {
        let (id, at) = try DeliveryRows.insert(new.delivery, body: new.body, db)
        try store(new.observations, of: id, at: at)
        var outcome = outcome
        outcome.refused = new.refused
        try DeliveryRows.update(id, outcome, digest: digest, db)
        if outcome.stored + outcome.restated > 0 { try ReachRows.insert(id, reaches, db) }
        let doubts = restatements.isEmpty ? [] : new.doubts(restatements)
        try FindingRows.merge(new.findings + doubts, at: new.delivery.receivedAt, delivery: id, db)
        return Recorded(id: id, outcome: outcome, restatements: restatements)
    }
}
