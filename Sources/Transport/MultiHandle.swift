import CCurl

/// A libcurl multi handle: the transfers that run together and the connections they share.
///
/// `@unchecked Sendable` holds because `wakeUp` is the one function libcurl allows from any thread, and all others are called by the thread of
/// `ExchangeThread` alone. `wakeUp` after `close` cannot happen: `Mailbox` calls it under its lock and only while it is open.
final class MultiHandle: @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer

    init() {
        GlobalCurl.start()
        guard let pointer = curl_multi_init() else { preconditionFailure("libcurl has no memory for a multi handle") }
        self.pointer = pointer
    }

    /// Interrupts `wait`, or the next one if none is under way. From any thread.
    func wakeUp() { curl_multi_wakeup(pointer) }

    /// False when libcurl would not take it.
    func add(_ handle: EasyHandle) -> Bool { curl_multi_add_handle(pointer, handle.pointer) == CURLM_OK }

    /// Ends the transfer at once if it is still running; its connection is then closed.
    func remove(_ handle: EasyHandle) { curl_multi_remove_handle(pointer, handle.pointer) }

    /// Does what can be done without waiting (but see `MailExchange` on what libcurl waits for all the same).
    func perform() {
        var running: Int32 = 0
        curl_multi_perform(pointer, &running)
    }

    /// Sleeps until a socket is ready, a time-out of libcurl's is due, `wakeUp` is called or the time is over.
    func wait(milliseconds: Int32) { curl_multi_poll(pointer, nil, 0, milliseconds, nil) }

    /// The key of a transfer that has ended, and how; nil when there is none left.
    func nextEnded() -> (handle: UnsafeMutableRawPointer, code: CURLcode)? {
        var code = CURLE_OK
        guard let handle = ccurl_multi_done(pointer, &code) else { return nil }
        return (handle, code)
    }

    /// Closes all connections, politely where the protocol has a farewell. All easy handles must have been removed; nothing may be called after.
    func close() { curl_multi_cleanup(pointer) }
}

/// libcurl's process-wide set-up, done once.
enum GlobalCurl {
    // CURL_GLOBAL_ALL (SSL | WIN32); a static is initialised exactly once, whoever comes first.
    private static let code = curl_global_init(3)

    static func start() {
        precondition(code == CURLE_OK, "libcurl cannot be initialised: \(code.rawValue)")
    }
}
