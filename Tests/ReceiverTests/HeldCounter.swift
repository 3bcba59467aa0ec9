import Receiver

/// A counter that keeps pushes waiting until they are let go, and tells when the first has come.
struct HeldCounter {
    let double: CounterDouble
    private let arrivals: AsyncStream<Void>
    private let hold: AsyncStream<Void>.Continuation

    init() {
        let (held, hold) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        self.arrivals = arrivals
        self.hold = hold
        double = CounterDouble { (push) throws(PushTrouble) in
            arrived.yield()
            for await _ in held { break }
            return .all(push)
        }
    }

    /// Returns when a push has come as far as the store.
    func arrival() async {
        for await _ in arrivals { break }
    }

    /// Answers what waits, and what comes from now on at once.
    func release() { hold.finish() }
}
