import ArgumentParser
import Assembly
import Foundation
import Model
import Store

/// Three years of monthly figures, judged again morning by morning with the code that judges live, as `dondoc rules replay` does.
struct ReplayBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Milliseconds to replay the rules over three years of 300 agencies × 8 indicators by the month.")

    @Option(help: "How often everything is done; the table shows the median.")
    var runs = 5

    @Option(help: "How many years.")
    var years = 3

    func run() async throws {
        let province = BenchmarkProvince()
        let directory = FileManager.default.temporaryDirectory.appending(path: "dondoc-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        // Left behind at worst; the system clears its temporary directory.
        defer { try? FileManager.default.removeItem(at: directory) }
        try BenchmarkConfiguration(province).write(to: directory)
        let configuration = try Configuration.load(directory.path).get()
        let store = try Store(path: directory.appending(path: "bench.db").path, mode: .readWrite)
        guard let first = Period("2023-01") else { preconditionFailure("2023-01 is a month") }
        let months = (0..<12 * years).map { first.advanced(by: $0) }
        for (number, month) in months.enumerated() {
            _ = try await store.record(province.delivery(of: month), observations: province.observations(of: month, number: number))
        }
        let replay = RulesReplay(configuration: configuration, store: store)
        guard let last = months.last?.range.end else { return }
        var events = 0
        let times = try (0..<runs).map { _ in
            try milliseconds { events = try replay.run(from: first.range.end, through: last + 5).events.count }
        }
        precondition(events > 1000, "the benchmark replays nothing")
        var table = BenchmarkTable()
        table.add(
            Figure(
                name: "replaying \(years) years × 300 × 8 by the month, \(events) changes of alerts", goal: years == 3 ? "2000" : "", unit: "ms",
                runs: times))
        table.write()
        try store.close()
    }
}

extension BenchmarkProvince {
    /// What a source says two mornings after a month is over.
    fileprivate func delivery(of month: Period) -> Delivery {
        Delivery(
            source: "bench", receivedAt: Instant(month.range.end + 1, hour: 2, minute: 15), bytes: Array("\(month)".utf8), mediaType: "text/csv")
    }

    fileprivate func observations(of month: Period, number: Int) -> [Observation] {
        agencies.enumerated().flatMap { row, agency in
            measures.enumerated().map { column, measure in
                let index = (number * agencies.count + row) * measures.count + column
                return Observation(
                    cell: CellKey(agency: agency, measure: measure, range: month.range), value: BenchmarkProvince.count(index))
            }
        }
    }
}

/// A configuration with the agencies and measures of a benchmark: each indicator one measure over it and the next, one bound for all.
struct BenchmarkConfiguration {
    private let province: BenchmarkProvince

    init(_ province: BenchmarkProvince) {
        self.province = province
    }

    func write(to directory: URL) throws {
        for (name, text) in files { try text.write(to: directory.appending(path: name), atomically: true, encoding: .utf8) }
    }

    private var files: [String: String] {
        let titles = "title: {vi: Đo, en: Bench}"
        let measures = province.measures.map { "  - {id: \($0), \(titles)}\n" }.joined()
        let indicators = province.measures.indices.map { index in
            let other = province.measures[(index + 1) % province.measures.count]
            return """
                  - id: bench.\(index)
                    \(titles)
                    clause: "1"
                    direction: higher
                    unit: percent
                    definitions:
                      - version: 1
                        numerator: \(province.measures[index])
                        denominator: \(province.measures[index]) + \(other)
                        wording: {vi: Đo, en: Bench}
                        legal_basis: bench

                """
        }.joined()
        let agencies = province.agencies.map { "\($0),\($0),commune,H52,2000-01-01,,,\n" }.joined()
        return [
            "dondoc.yaml": """
            language: vi
            zone: Asia/Ho_Chi_Minh
            province: {code: H52, name: Bench}
            store: {path: bench.db}
            listen: {control: s}

            """,
            "agencies.csv": "code,name,level,parent,valid_from,valid_to,contacts,aliases\nH52,Bench,province,,2000-01-01,,,\n" + agencies,
            "successions.csv": "predecessor,successor,effective,measures,note\n",
            "calendar.yaml": "years: [" + (2022...2027).map { "{year: \($0), status: confirmed, days_off: []}" }.joined(separator: ", ") + "]\n",
            "measures.yaml": "measures:\n" + measures, "indicators.yaml": "indicators:\n" + indicators,
            "targets.yaml": "targets:\n"
                + province.measures.indices.map {
                    "  - {indicator: bench.\($0), warning: 40, critical: 20, from: 2020-01-01, legal_basis: bench}\n"
                }.joined(), "rules.yaml": "rules:\n  - {id: bench, kind: threshold, indicators: all}\n",
        ]
    }
}
