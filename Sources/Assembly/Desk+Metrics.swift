import Control
import Indicators
import Model
import Prometheus
import Settings
import Store

/// The families that change only with deliveries, judgements, the day or the configuration: costly to compute, and worth keeping.
public struct FigureFamilies: Sendable {
    /// What they were computed from; as long as it is the same, so are they.
    public struct Origin: Hashable, Sendable {
        public let deliveries: Int64
        public let transitions: Int64
        public let day: Day
        public let loadedAt: Instant?
    }

    public let origin: Origin
    let families: [MetricFamily]
}

extension Desk {
    /// The page for scrapers without a daemon, for node_exporter's textfile collector.
    func metrics() throws(Failure) -> Response {
        let text = try reading { () throws(StoreError) in try metrics(.prometheus, daemon: nil, known: nil).text }
        return .bytes(Payload(Array(text.utf8)))
    }

    /// The page for scrapers: the daemon's own numbers, the sources, what other stores got, alerts, and the readings of the newest closed periods.
    ///
    /// - Parameter known: what was computed the last time; used again when nothing has changed since.
    public func metrics(
        _ format: Exposition, daemon: DaemonFacts?, known: FigureFamilies?
    ) throws(StoreError) -> (text: String, figures: FigureFamilies) {
        let pulse = try store.pulse()
        let origin = FigureFamilies.Origin(
            deliveries: pulse.deliveries, transitions: pulse.transitions, day: today, loadedAt: daemon?.loadedAt)
        let figures: FigureFamilies
        if let known, known.origin == origin {
            figures = known
        } else {
            figures = FigureFamilies(origin: origin, families: try alertFamilies() + readingFamilies())
        }
        let families =
            daemonFamilies(daemon) + storeFamilies(pulse) + (try sourceFamilies()) + (try pushFamilies(daemon))
            + (try remoteWriteFamilies(newest: pulse.deliveries)) + figures.families
        return (format.text(families), figures)
    }

    private func daemonFamilies(_ daemon: DaemonFacts?) -> [MetricFamily] {
        let build = MetricFamily(
            "dondoc_build_info", help: "Always 1; the version of dondoc is a label.", samples: [.init([Label("version", Desk.version)], 1)])
        guard let daemon else { return [build] }
        return [
            build,
            MetricFamily("dondoc_start_time_seconds", help: "When the daemon started.", samples: [.init([], daemon.startedAt.seconds)]),
            MetricFamily(
                "dondoc_passes_total", .counter, help: "Passes over everything that was due since the daemon started.",
                samples: [.init([], Double(daemon.passes))]),
            MetricFamily(
                "dondoc_last_pass_timestamp_seconds", help: "When the last pass ended.",
                samples: daemon.lastPassEnded.map { [.init([], $0.seconds)] } ?? []),
            MetricFamily(
                "dondoc_store_failing", help: "1 while the last pass ended because the store failed.",
                samples: [.init([], daemon.storeError == nil ? 0 : 1)]),
            MetricFamily(
                "dondoc_reload_refused", help: "1 while the files on disk are broken and an older configuration runs.",
                samples: [.init([], daemon.reloadRefusedAt == nil ? 0 : 1)]),
        ]
    }

    private func storeFamilies(_ pulse: StorePulse) -> [MetricFamily] {
        [
            MetricFamily("dondoc_store_bytes", help: "The size of the database.", samples: [.init([], Double(pulse.bytes))]),
            MetricFamily(
                "dondoc_deliveries_total", .counter, help: "Deliveries that were ever recorded.", samples: [.init([], Double(pulse.deliveries))]),
            MetricFamily(
                "dondoc_outbox_letters", help: "Letters on their way, and letters that were given up.",
                samples: [
                    .init([Label("state", "failed")], Double(pulse.lettersFailed)), .init([Label("state", "queued")], Double(pulse.lettersQueued)),
                ]),
        ]
    }

    private func sourceFamilies() throws(StoreError) -> [MetricFamily] {
        let states = try store.sourceStates()
        let sources = configuration.sources.filter(\.settings.isEnabled).map(\.settings.id).sorted()
        let samples = { (number: (SourceState) -> Double?) in
            sources.compactMap { id in states[id].flatMap(number).map { MetricFamily.Sample([Label("source", id)], $0) } }
        }
        return [
            MetricFamily(
                "dondoc_source_last_success_timestamp_seconds", help: "When the source was last asked to the end without an error.",
                samples: samples { $0.lastSuccess?.seconds }),
            MetricFamily(
                "dondoc_source_last_attempt_timestamp_seconds", help: "When the source was last asked.", samples: samples { $0.lastAttempt?.seconds }),
            MetricFamily("dondoc_source_failures", help: "Failed runs of the source in a row.", samples: samples { Double($0.failures) }),
        ]
    }

    private func remoteWriteFamilies(newest: Int64) throws(StoreError) -> [MetricFamily] {
        let targets = core.province.remoteWrite.map(\.id).sorted()
        guard !targets.isEmpty else { return [] }
        let states = try store.remoteWriteStates()
        let samples = { (number: (RemoteWriteState) -> Double?) in
            targets.compactMap { id in states[id].flatMap(number).map { MetricFamily.Sample([Label("target", id)], $0) } }
        }
        return [
            MetricFamily(
                "dondoc_remote_write_samples_total", .counter, help: "Samples that the target has taken, repeats included.",
                samples: samples { Double($0.sent) }),
            MetricFamily(
                "dondoc_remote_write_refused_samples_total", .counter, help: "Samples that the target has refused for good.",
                samples: samples { Double($0.refused) }),
            MetricFamily("dondoc_remote_write_failures", help: "Failed requests to the target in a row.", samples: samples { Double($0.failures) }),
            MetricFamily(
                "dondoc_remote_write_pending_deliveries", help: "Deliveries that the target has not got yet.",
                samples: samples { Double(max(0, newest - $0.cells.number)) }),
            MetricFamily(
                "dondoc_remote_write_last_success_timestamp_seconds", help: "When the target last took samples.",
                samples: samples { $0.lastSuccess?.seconds }),
        ]
    }

    private func alertFamilies() throws(StoreError) -> [MetricFamily] {
        let samples = try store.alerts().filter { $0.state != .resolved }.map { alert in
            MetricFamily.Sample(
                [
                    Label("agency", alert.key.agency?.text ?? ""), Label("rule", alert.key.rule), Label("severity", alert.severity.rawValue),
                    Label("state", alert.state.rawValue), Label("subject", alert.key.subject),
                ], 1)
        }
        return [MetricFamily("dondoc_alert", help: "1 for each alert that is pending or firing.", samples: samples)]
    }
}

extension Instant {
    /// Seconds since 1970, as Prometheus counts time.
    var seconds: Double { Double(milliseconds) / 1000 }
}
