import Synchronization

/// The bounded way into an `ExchangeThread` from any other thread.
final class Mailbox: Sendable {
    /// An exchange to be done; `make` runs on the exchange thread.
    struct Order: Sendable {
        let ticket: Ticket
        let host: String
        let make: @Sendable () -> Exchange
    }

    /// What has come in since the last look.
    struct Post {
        var orders: [Order] = []
        var withdrawals: [UInt64] = []
        var isClosing = false
    }

    private struct State {
        var post = Post()
        /// Whether the multi handle may still be woken.
        var isOpen = true
    }

    private let state = Mutex(State())
    private let multi: MultiHandle

    init(waking multi: MultiHandle) {
        self.multi = multi
    }

    /// Whether `close` has been called.
    var isClosing: Bool { state.withLock { $0.post.isClosing } }

    /// Nil when taken, otherwise why not.
    func submit(_ order: Order, room: Int) -> TransportError.Kind? {
        state.withLock { state in
            guard !state.post.isClosing else { return .shutDown }
            guard state.post.orders.count < room else { return .crowded(limit: room) }
            state.post.orders.append(order)
            wake(state)
            return nil
        }
    }

    /// Asks the thread to look at a withdrawn ticket; harmless when that exchange is over.
    func withdraw(_ ticket: Ticket) {
        ticket.withdraw()
        state.withLock { state in
            guard !state.post.isClosing else { return }
            state.post.withdrawals.append(ticket.number)
            wake(state)
        }
    }

    /// Asks the thread to end; nothing is accepted from now on.
    func close() {
        state.withLock { state in
            state.post.isClosing = true
            wake(state)
        }
    }

    /// All that has come in, which is then gone from here.
    func collect() -> Post {
        state.withLock { state in
            defer { state.post = Post(isClosing: state.post.isClosing) }
            return state.post
        }
    }

    /// Called by the thread before it closes the multi handle.
    func stopWaking() { state.withLock { $0.isOpen = false } }

    /// Under the lock on purpose: `stopWaking` must not come between the check and the call, which only writes to an event descriptor.
    private func wake(_ state: State) {
        if state.isOpen { multi.wakeUp() }
    }
}
