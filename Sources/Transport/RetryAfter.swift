import CCurl

/// Reads a Retry-After header.
enum RetryAfter {
    /// Seconds, or an HTTP date held against the server's own Date so that a wrong clock does no harm, else against `now` (seconds since 1970).
    /// Nil for anything else; a date in the past is zero.
    static func duration(_ value: String, serverDate: String?, now: Int) -> Duration? {
        if value.utf8.allSatisfy({ (48...57).contains($0) }) {
            guard value.utf8.count <= 9, let seconds = Int(value) else { return nil }
            return .seconds(seconds)
        }
        guard let then = instant(value) else { return nil }
        return .seconds(max(0, then - (serverDate.flatMap(instant) ?? now)))
    }

    private static func instant(_ text: String) -> Int? {
        // libcurl reads all three forms of RFC 9110; the clock parameter has been unused for twenty years. -1 means unreadable.
        let seconds = curl_getdate(text, nil)
        return seconds < 0 ? nil : Int(seconds)
    }
}
