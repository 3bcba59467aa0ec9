/// How much may wait, and how much one commit takes.
struct PushBounds: Sendable {
    /// Pushes that may be inside at once.
    var pushes = 512
    /// Bytes of bodies that may be inside at once, as they came.
    var bytes = 24_000_000
    /// A batch ends with the push that reaches this; a push of more is a batch of its own.
    var batchObservations = 10_000
    var batchPushes = 256
}

/// Decides which pushes are let in and which of those go into the next commit; a machine without clock, lock or store.
///
///     admit ─▶ (being checked) ─▶ append ─▶ nextBatch ─▶ (being stored) ─▶ leave
///
/// What is let in holds its place until it leaves, so that the memory behind it is bounded wherever it stands.
struct PushLane<Element> {
    private struct Load {
        var pushes = 0
        var bytes = 0
    }

    private struct Place {
        let element: Element
        let observations: Int
    }

    private let bounds: PushBounds
    private var queue = FairQueue<Place>()
    private var loads: [String: Load] = [:]
    private var total = Load()

    init(_ bounds: PushBounds = PushBounds()) {
        self.bounds = bounds
    }

    /// Pushes inside, wherever they stand.
    var count: Int { total.pushes }
    var bytes: Int { total.bytes }
    /// Pushes inside by sender.
    var waiting: [String: Int] { loads.mapValues(\.pushes) }

    /// Lets a push in, or says that a bound is reached. Nobody may have more than half of the room, and the last quarter is for those who have nothing
    /// inside: one big sender leaves room for a small one.
    mutating func admit(_ sender: String, bytes: Int) -> Bool {
        let own = loads[sender] ?? Load()
        let isNew = own.pushes == 0
        let room = Load(pushes: isNew ? bounds.pushes : bounds.pushes * 3 / 4, bytes: isNew ? bounds.bytes : bounds.bytes * 3 / 4)
        guard total.pushes < room.pushes, total.bytes + bytes <= room.bytes || total.pushes == 0 else { return false }
        guard isNew || (own.pushes < max(1, bounds.pushes / 2) && own.bytes + bytes <= bounds.bytes / 2) else { return false }
        loads[sender] = Load(pushes: own.pushes + 1, bytes: own.bytes + bytes)
        total = Load(pushes: total.pushes + 1, bytes: total.bytes + bytes)
        return true
    }

    /// Gives back the place of a push that was let in.
    mutating func leave(_ sender: String, bytes: Int) {
        guard let own = loads[sender] else { return }
        total = Load(pushes: total.pushes - 1, bytes: total.bytes - bytes)
        loads[sender] = own.pushes == 1 ? nil : Load(pushes: own.pushes - 1, bytes: own.bytes - bytes)
    }

    /// Puts a push that was let in and is checked behind the others of its sender.
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
