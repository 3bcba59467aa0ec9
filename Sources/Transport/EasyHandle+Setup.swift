import CCurl

extension EasyHandle {
    /// What every exchange has in common: time limits, verified TLS 1.2 or newer, no signals, no proxy from the environment.
    func setCommon(timeout: Duration, connectTimeout: Duration, caFile: String?) {
        set(CURLOPT_NOSIGNAL, 1)
        // A name look-up that hangs must not hold up the other exchanges when its own is given up.
        set(CURLOPT_QUICK_EXIT, 1)
        set(CURLOPT_TIMEOUT_MS, timeout.wholeMilliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.wholeMilliseconds)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        guard let caFile else { return }
        // These authorities and no others: the system's directory would be searched as well.
        set(CURLOPT_CAINFO, caFile)
        set(CURLOPT_CAPATH, nil as String?)
    }
}

extension Duration {
    /// Rounded up and never zero, because zero means "no limit" to libcurl.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let bounded = min(max(seconds, 0), 86_400 * 24)
        return max(1, Int(bounded) * 1000 + Int((max(attoseconds, 0) + 999_999_999_999_999) / 1_000_000_000_000_000))
    }

    /// The same in seconds.
    var wholeSeconds: Int { (wholeMilliseconds + 999) / 1000 }
}
