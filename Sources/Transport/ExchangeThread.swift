import CCurl
import Glibc

/// One thread with one multi handle, and the way to have an exchange done there from async code.
///
///     caller ── Order ──▶ Mailbox ── collect ──▶ Admission ──▶ EasyHandle in MultiHandle ── finish ──▶ caller's continuation
///               Ticket ──withdraw──▶   (wakes the thread)
final class ExchangeThread: Sendable {
    private let mailbox: Mailbox
    private let room: Int

    /// Starts the thread; `name` (at most 15 bytes) is what `ps -L` shows.
    init(name: String, total: Int, perHost: Int, room: Int) {
        let multi = MultiHandle()
        mailbox = Mailbox(waking: multi)
        self.room = room
        let start = Start(name: name, multi: multi, mailbox: mailbox, admission: Admission(total: total, perHost: perHost, room: room))
        // Safe: the retained box is taken over exactly once, by the thread that this call starts or, if it fails, by nobody because we trap.
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, runLoop, Unmanaged.passRetained(start).toOpaque())
        pthread_attr_destroy(&attributes)
        precondition(code == 0, "no thread for exchanges: errno \(code)")
    }

    /// Has an exchange done and waits for its answer; cancelling the task aborts it. `make` gets the function that answers, which it must call once.
    func perform<Answer: Sendable>(
        host: String, subject: String,
        _ make: @escaping @Sendable (Mailbox, Ticket, @escaping (Result<Answer, TransportError>) -> Void) -> Exchange
    ) async -> Result<Answer, TransportError> {
        let ticket = Ticket()
        let mailbox = mailbox
        return await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Answer, TransportError>, Never>) in
                let order = Mailbox.Order(ticket: ticket, host: host) { make(mailbox, ticket) { continuation.resume(returning: $0) } }
                guard let refusal = mailbox.submit(order, room: room) else { return }
                continuation.resume(returning: .failure(TransportError(refusal, subject: subject)))
            }
        } onCancel: {
            // Before or after the order is in: the ticket is marked first, and the thread looks at it when the order arrives.
            mailbox.withdraw(ticket)
        }
    }

    /// Fails what is open with `.shutDown` and ends the thread; returns at once.
    func close() { mailbox.close() }
}

/// What the new thread takes over.
private final class Start: Sendable {
    let name: String
    let multi: MultiHandle
    let mailbox: Mailbox
    let admission: Admission

    init(name: String, multi: MultiHandle, mailbox: Mailbox, admission: Admission) {
        self.name = name
        self.multi = multi
        self.mailbox = mailbox
        self.admission = admission
    }
}

private let runLoop: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { argument in
    guard let argument else { return nil }
    // Safe: balances the passRetained of the init above.
    let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
    // Signals are the business of other threads. Blocking them here also keeps OpenSSL's writes to a closed socket from raising SIGPIPE, which
    // libcurl does not prevent under CURLOPT_NOSIGNAL.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, nil)
    ccurl_name_this_thread(start.name)
    ExchangeLoop(multi: start.multi, mailbox: start.mailbox, admission: start.admission).run()
    return nil
}
