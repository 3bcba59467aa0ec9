/// Carries requests to web servers and letters to relays with libcurl, on threads of its own: nothing here blocks the cooperative pool.
///
/// Web exchanges share one thread, so many at once in all and to one host. Letters go one at a time over one kept connection on a second thread,
/// because libcurl blocks while a relay thinks about a letter, and no fetch should wait for that. Everyone else waits in a bounded queue, and
/// waiting costs nothing of a request's time-out.
public final class Courier: Sendable {
    private let web: ExchangeThread
    private let mail: ExchangeThread

    /// `waiting` is how many may queue for each thread before the next is refused with `.crowded`.
    public init(concurrent: Int, perHost: Int, waiting: Int = 10_000) {
        web = ExchangeThread(name: "courier-web", total: concurrent, perHost: perHost, room: waiting)
        mail = ExchangeThread(name: "courier-mail", total: 1, perHost: 1, room: waiting)
    }

    deinit { close() }

    /// Asks once, following redirects. Every HTTP status is an answer, never an error. Cancelling the task aborts the transfer.
    public func fetch(_ request: FetchRequest) async throws(TransportError) -> FetchAnswer {
        let address = try request.checked()
        let result: Result<FetchAnswer, TransportError> = await web.perform(host: address.host, subject: address.description) { _, _, answer in
            WebExchange(request, at: address, answer)
        }
        return try result.get()
    }

    /// Hands a letter over; returns when the relay has taken it for at least one recipient, throws `.rejected` when for none.
    ///
    /// After `.interrupted` and `.timedOut` the relay may have taken it: repeat with the same Message-ID.
    public func hand(_ parcel: Parcel, to relay: Relay) async throws(TransportError) -> Receipt {
        try parcel.check(for: relay)
        let result: Result<Receipt, TransportError> = await mail.perform(host: relay.host, subject: relay.description) { mailbox, ticket, answer in
            MailExchange(parcel, to: relay, ticket, mailbox, answer)
        }
        return try result.get()
    }

    /// Fails everything open and waiting with `.shutDown` and ends the threads; returns at once, and may be called again.
    public func close() {
        web.close()
        mail.close()
    }
}
