import ArgumentParser
import Ingest
import Model
import Prometheus
import PushFormats

/// What reading and checking one observation of a push costs, for each format; without HTTP and without the store.
struct PushDecodeBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push-decode", abstract: "Nanoseconds an observation, decoding and checking pushes of 1 000 observations.")

    @Option(help: "How often everything is done; the table shows the median.")
    var runs = 5

    @Option(help: "How many pushes one run reads.")
    var pushes = 200

    func run() throws {
        let load = PushLoad()
        var table = BenchmarkTable()
        for (format, body) in load.bodies {
            let pushed = try PushDecoder.decode(body, as: format, load.reading)
            let decode = try (0..<runs).map { _ in
                try milliseconds { for _ in 0..<pushes { _ = try PushDecoder.decode(body, as: format, load.reading) } }
            }
            let check = (0..<runs).map { _ in
                milliseconds { for _ in 0..<pushes { precondition(load.check(pushed) == PushLoad.count, "an observation was refused") } }
            }
            table.add(figure("\(format.rawValue), decode", decode))
            table.add(figure("\(format.rawValue), check", check))
        }
        table.write()
    }

    private func figure(_ name: String, _ runs: [Double]) -> Figure {
        Figure(name: name, goal: "200", unit: "ns/observation", runs: runs.map { $0 * 1e6 / Double(pushes * PushLoad.count) })
    }
}

/// One push of 1 000 observations, 125 agencies × 8 measures of one day, in the formats.
struct PushLoad {
    static let count = 1000

    let bodies: [(PushFormat, [UInt8])]
    let reading: PushReading
    private let context: IngestContext

    init() {
        let province = BenchmarkProvince(agencies: 125)
        let day = province.firstDay
        var json: [String] = []
        var csv = "agency,measure,from,to,value\n"
        var lines = ""
        var batch = SampleBatch()
        for (index, cell) in province.cells.enumerated() {
            let value = BenchmarkProvince.count(index)
            json.append(#"{"agency":"\#(cell.agency)","measure":"\#(cell.measure)","from":"\#(day)","value":\#(value)}"#)
            csv += "\(cell.agency),\(cell.measure),\(day),\(day),\(value)\n"
            lines += "\(cell.measure),agency=\(cell.agency) value=\(value)i \(day.start.milliseconds)000000\n"
            batch.add(
                SampleBatch.Sample(Double(value), at: day.start),
                to: [Label("__name__", cell.measure.text), Label("agency", cell.agency.text)])
        }
        bodies = [
            (.json, Array((#"{"observations":["# + json.joined(separator: ",") + "]}").utf8)), (.ndjson, Array(json.joined(separator: "\n").utf8)),
            (.csv, Array(csv.utf8)), (.lineProtocol, Array(lines.utf8)), (.remoteWrite, batch.body),
        ]
        let title = LocalizedText(vietnamese: "", english: "")
        let measures = province.measures.map { Measure(id: $0, title: title) }
        reading = PushReading(mostObservations: PushLoad.count, mapping: PushMapping(measures: measures))
        let agencies = province.agencies.map { Agency(code: $0, name: $0.text, level: .department, validFrom: day) }
        context = IngestContext(
            register: Register(agencies: agencies), measures: Dictionary(measures.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            indicators: [], province: agencies[0].code, today: day)
    }

    /// Checks a push and says how many observations it led to.
    func check(_ pushed: PushedObservations) -> Int {
        Ingest.check(pushed, from: "push:bench", scope: nil, lastValueHolds: false, in: context).observations.count
    }
}

extension BenchmarkProvince {
    /// The cells of its first day, agency by agency.
    fileprivate var cells: [CellKey] {
        agencies.flatMap { agency in measures.map { CellKey(agency: agency, measure: $0, range: DayRange(firstDay)) } }
    }
}
