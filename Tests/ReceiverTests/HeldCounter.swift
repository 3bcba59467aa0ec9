import Receiver

/// A counter that keeps pushes waiting until they are let go, and tells when one has come.
struct HeldCounter {
    let double: CounterDouble
    private let arrivals: AsyncStream<String>
    private let arrived: AsyncStream<String>.Continuation
    private let hold: AsyncStream<Void>.Continuation

    init() {
        let (held, hold) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: String.self)
        self.arrivals = arrivals
        self.arrived = arrived
        self.hold = hold
        double = CounterDouble { (push) throws(PushTrouble) in
            arrived.yield(push.sender.name)
            for await _ in held { break }
            return .all(push)
        }
    }

    /// Returns the sender's name when a push has come as far as the store, or what was noted in its place.
    @discardableResult func arrival() async -> String? {
        for await name in arrivals { return name }
        return nil
    }

    /// Stands in the place of an arrival, for tests that wait for either.
    func note(_ text: String) { arrived.yield(text) }

    /// Answers what waits, and what comes from now on at once.
    func release() { hold.finish() }
}
