import ArgumentParser
import Control
import Model

struct MetricsCommand: Question {
    static let configuration = CommandConfiguration(
        commandName: "metrics", abstract: "Print the newest readings, alerts and heartbeats in Prometheus' text format.",
        discussion: """
            The text is the one that listen.metrics of dondoc.yaml serves; --output and --lang do not change it. For node_exporter: \
            dondoc metrics > /var/lib/prometheus/node-exporter/dondoc.prom.new, then rename it to dondoc.prom.
            """)

    @OptionGroup(title: "Output") var display: OutputOptions
    @OptionGroup(title: "Where to ask") var place: PlaceOptions

    func request() -> Request { .metrics }
}

/// The stores that get a copy of the figures.
struct RemoteWriteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remote-write", abstract: "The Prometheus-compatible stores that get a copy of the figures.",
        subcommands: [Status.self, Replay.self])

    struct Status: Question {
        static let configuration = CommandConfiguration(abstract: "Print how far each target has got, and what went wrong last.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .remoteWriteStatus }
    }

    struct Replay: Question {
        static let configuration = CommandConfiguration(
            abstract: "Send everything from a day on once more, after the target lost or refused it.",
            discussion: "A target that waits after failures is tried at once.")

        @Argument(help: "The target's id, as dondoc remote-write status prints it.", transform: Parse.identifier) var target: String
        @Option(help: "The first day: 2026-01-01.", transform: Parse.day) var from: Day
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .remoteWriteReplay(target: target, from: from) }
    }
}
