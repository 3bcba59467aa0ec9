import Receiver

/// How much one commit takes.
struct PushBounds: Sendable {
    /// A batch ends with the push that reaches this; a push of more is a batch of its own.
    var batchObservations = 10_000
    var batchPushes = 256
}

/// Decides which of the pushes that are checked go into the next commit; a machine without clock, lock or store. How much may wait in it is not its
/// business: the receiver's gate has decided that before a body was read.
///
///     (being checked) ─▶ append ─▶ nextBatch ─▶ (being stored)
struct PushLane<Element> {
    private struct Place {
        let element: Element
        let observations: Int
    }

    private let bounds: PushBounds
    private var queue = FairQueue<Place>()

    init(_ bounds: PushBounds = PushBounds()) {
        self.bounds = bounds
    }

    /// Puts a push behind the others of its sender.
    mutating func append(_ element: Element, of sender: String, observations: Int) {
        queue.append(Place(element: element, observations: observations), of: sender)
    }

    /// What the next commit takes, sender by sender in turns; empty when nothing waits.
    mutating func nextBatch() -> [Element] {
        var batch: [Element] = []
        var observations = 0
        while batch.count < bounds.batchPushes, observations < bounds.batchObservations, let place = queue.next() {
            batch.append(place.element)
            observations += place.observations
        }
        return batch
    }
}
