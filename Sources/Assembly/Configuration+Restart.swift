import Settings

extension Configuration {
    /// The keys of dondoc.yaml that are read at a start only and say another thing than at the start of the daemon: what they say now waits for the
    /// next one.
    public func waitsForRestart(startedWith started: ProvinceSettings) -> [String] {
        let wanted = core.province
        let keys = [
            ("store.path", wanted.store.path != started.store.path),
            ("listen.control", wanted.listen.control != started.listen.control),
            ("listen.metrics", wanted.listen.metrics != started.listen.metrics),
            ("limits.fetches", wanted.limits.concurrentFetches != started.limits.concurrentFetches),
            ("limits.fetches_per_host", wanted.limits.concurrentFetchesPerHost != started.limits.concurrentFetchesPerHost),
            ("limits.shutdown", wanted.limits.shutdown != started.limits.shutdown),
            (wanted.push?.listening.key ?? "push", wanted.push?.listening != started.push?.listening),
        ]
        return keys.filter(\.1).map(\.0)
    }
}

extension PushSettings.Listening {
    /// The key that says it.
    fileprivate var key: String {
        switch self {
        case .address: "push.address"
        case .inherited: "push.socket_activation"
        }
    }
}
