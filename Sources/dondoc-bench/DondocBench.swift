import ArgumentParser

/// `dondoc-bench`: the figures that docs/decisions and README quote, on this machine. One subcommand per subject.
@main
struct DondocBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dondoc-bench",
        abstract: "Measures dondoc on this machine; build with -c release, a debug build measures nothing.",
        subcommands: [StoreBenchmark.self, JudgeBenchmark.self, ReplayBenchmark.self, ScaleBenchmark.self, PushDecodeBenchmark.self])
}
