import CCurl

/// One libcurl easy handle with everything that must live as long as it: error buffer, lists, and the exchange its callbacks speak to.
///
/// This file and `MultiHandle.swift`, `WebAddress.swift`, `ExchangeThread.swift` hold all unsafe code of the module. A handle belongs to the
/// thread that made it; it is not Sendable, and the compiler keeps it there.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// libcurl writes its message here, so it must not move: memory of our own, never an array's buffer.
    private let errorBuffer: UnsafeMutablePointer<CChar>
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    /// Keeps the object alive to which the callbacks hold an unretained pointer.
    private var exchange: Exchange?
    /// The first option libcurl did not take since the last reset.
    private(set) var refusal: CURLcode?

    /// Nil when memory is short.
    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
        reset()
    }

    deinit {
        // Safe: the handle is cleaned up before the memory it points to is freed, and the loop has taken it out of its multi handle.
        curl_easy_cleanup(pointer)
        freeLists()
        errorBuffer.deallocate()
    }

    /// Forgets every option but keeps connections, names and TLS sessions, which live in the multi handle.
    func reset() {
        curl_easy_reset(pointer)
        freeLists()
        exchange = nil
        refusal = nil
        // Safe: the buffer has CURL_ERROR_SIZE bytes and is freed after the handle.
        errorBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        note(ccurl_set_error_buffer(pointer, errorBuffer))
    }

    func set(_ option: CURLoption, _ value: Int) { note(ccurl_set_long(pointer, option, value)) }

    func set(_ option: CURLoption, large value: Int) { note(ccurl_set_large(pointer, option, curl_off_t(value))) }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String?) { note(ccurl_set_string(pointer, option, value)) }

    /// Hands over a list of lines, which stays alive until the next reset.
    func set(_ option: CURLoption, lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            // Safe: append copies the line and returns the head, or nil and leaves the old list whole.
            guard let longer = curl_slist_append(list, line) else {
                note(CURLE_OUT_OF_MEMORY)
                break
            }
            list = longer
        }
        if let list { lists.append(list) }
        note(ccurl_set_list(pointer, option, list))
    }

    /// libcurl copies the body.
    func set(body: [UInt8]) {
        // Safe: the copy is made inside the call. An empty array may have no address, so an empty body is an empty text.
        body.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return note(ccurl_set_string(pointer, CURLOPT_COPYPOSTFIELDS, "")) }
            note(ccurl_set_body(pointer, base, curl_off_t(bytes.count)))
        }
    }

    /// Lets the exchange hear headers and body, and with `asMail` also what is sent, how it goes on, and lets it give the bytes to upload.
    func connect(_ exchange: Exchange, asMail: Bool) {
        self.exchange = exchange
        // Safe: `self.exchange` keeps the object until the next reset, and libcurl calls back only from the thread that runs this handle.
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        note(ccurl_set_header_callback(pointer, headerArrived, context))
        note(ccurl_set_body_callback(pointer, bodyArrived, context))
        guard asMail else { return }
        note(ccurl_set_upload_callback(pointer, uploadWanted, context))
        note(ccurl_set_progress_callback(pointer, progressMade, context))
        note(ccurl_set_debug_callback(pointer, commandSent, context))
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        // Safe: the caller names an info of type long; on failure the value stays 0.
        _ = ccurl_get_long(pointer, info, &value)
        return value
    }

    func large(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        // Safe: the caller names an info of type curl_off_t; on failure the value stays 0.
        _ = ccurl_get_large(pointer, info, &value)
        return Int(value)
    }

    func text(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        // Safe: the caller names an info of type char *; the text is copied before the handle can change it.
        guard ccurl_get_string(pointer, info, &value) == CURLE_OK, let value else { return nil }
        return String(cString: value)
    }

    /// libcurl's own words on the last failure, printable and short.
    var errorText: String {
        // Safe: libcurl ends its message with a zero inside the buffer, and reset() filled it with zeros.
        PrintableText.clip(String(cString: errorBuffer))
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK, refusal == nil { refusal = code }
    }

    private func freeLists() {
        for list in lists { curl_slist_free_all(list) }
        lists = []
    }
}

// The five functions below are what libcurl calls. Each is safe for the same reasons: `context` is the Exchange that `connect` gave and the handle
// keeps alive, the byte count is libcurl's own, and the bytes are copied before the call returns.

private func exchange(_ context: UnsafeMutableRawPointer) -> Exchange {
    Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
}

private let headerArrived: ccurl_write_callback = { bytes, size, count, context in
    exchange(context).receive(header: Array(UnsafeRawBufferPointer(start: bytes, count: size * count))) ? size * count : 0
}

private let bodyArrived: ccurl_write_callback = { bytes, size, count, context in
    let length = size * count
    // An empty write must answer 0, which for libcurl is success then.
    return exchange(context).receive(body: Array(UnsafeRawBufferPointer(start: bytes, count: length))) ? length : 0
}

private let uploadWanted: ccurl_read_callback = { buffer, size, count, context in
    let part = exchange(context).upload(atMost: size * count)
    // `upload` gives at most what was asked for, so the part fits the buffer; min() keeps that true whatever it does.
    UnsafeMutableRawBufferPointer(start: buffer, count: size * count).copyBytes(from: part.prefix(size * count))
    return min(part.count, size * count)
}

private let progressMade: ccurl_progress_callback = { context, _, _, _, _ in
    exchange(context).mustStop() ? 1 : 0
}

private let commandSent: ccurl_debug_callback = { _, type, bytes, count, context in
    guard type == CURLINFO_HEADER_OUT else { return 0 }
    exchange(context).sent(command: Array(UnsafeRawBufferPointer(start: bytes, count: count)))
    return 0
}
