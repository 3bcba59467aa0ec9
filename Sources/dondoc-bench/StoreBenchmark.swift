import ArgumentParser
import Dispatch
import Foundation
import Model
import Store

/// Ingest through the store and the three reads that matter, over 300 agencies × 8 measures × 417 days arriving day by day.
struct StoreBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Rows a second through the store, bytes a row, and the reads that judging and reports make.")

    @Option(help: "How often everything is done; the table shows the median.")
    var runs = 5

    @Option(help: "Where the databases are made and removed again; use the disk that will carry the real one.")
    var directory = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let province = BenchmarkProvince()
        var table = BenchmarkTable()
        for rows in [1000, 2400] {
            let runs = try await repeated { path in try await self.ingest(province, days: 417, rows: rows, path: path) }
            table.add(Figure(name: "ingest, \(rows) rows a delivery", goal: "400000", unit: "rows/s", runs: runs.map(\.rate)))
            table.add(Figure(name: "size, \(rows) rows a delivery", goal: "", unit: "bytes/row", runs: runs.map(\.bytesPerRow)))
        }
        for figure in try await reads(province) { table.add(figure) }
        table.write()
    }

    private struct Ingested {
        let rate: Double
        let bytesPerRow: Double
    }

    /// Records everything into a new database; the clock runs over `record` alone, not over making up the figures.
    private func ingest(_ province: BenchmarkProvince, days: Int, rows: Int, path: String) async throws -> Ingested {
        let store = try Store(path: path, mode: .readWrite)
        var nanoseconds: UInt64 = 0
        var count = 0
        for delivery in province.deliveries(days: days, rows: rows) {
            let start = DispatchTime.now().uptimeNanoseconds
            _ = try await store.record(delivery.delivery, observations: delivery.observations)
            nanoseconds += DispatchTime.now().uptimeNanoseconds - start
            count += delivery.observations.count
        }
        let bytes = try store.statistics().fileBytes
        try store.close()
        return Ingested(rate: Double(count) * 1e9 / Double(nanoseconds), bytesPerRow: Double(bytes) / Double(count))
    }

    /// All agencies of one month, and one agency over three years, each from a store that was just opened by a reader.
    private func reads(_ province: BenchmarkProvince) async throws -> [Figure] {
        let path = self.path(of: "reads")
        defer { removeDatabase(path) }
        _ = try await ingest(province, days: 1095, rows: 2400, path: path)
        let rows = try readings(province, of: Store(path: path, mode: .readOnly), "in rows")
        let writer = try Store(path: path, mode: .readWrite)
        var packed = 0
        var waits: [Double] = []
        let packing = try await milliseconds {
            async let work = writer.pack(endedBefore: province.firstDay + 2000)
            waits = try await deliver(province, to: writer, count: 100)
            packed = try await work
        }
        let statistics = try writer.statistics()
        try writer.close()
        let size = Double(statistics.packedBytes) / Double(packed)
        return try rows + [
            Figure(name: "packing, deliveries in between", goal: "", unit: "figures/s", runs: [Double(packed) * 1000 / packing]),
            Figure(name: "a small delivery while figures are packed", goal: "100", unit: "ms", runs: waits),
            Figure(name: "size of packed figures", goal: "8", unit: "bytes/row", runs: [size]),
        ] + readings(province, of: Store(path: path, mode: .readOnly), "packed")
    }

    /// One small delivery after the other, and how long each took.
    private func deliver(_ province: BenchmarkProvince, to store: Store, count: Int) async throws -> [Double] {
        var waits: [Double] = []
        for number in 0..<count {
            let cell = CellKey(agency: province.agencies[number], measure: province.measures[0], range: DayRange(province.firstDay + 1500))
            let delivery = Delivery(
                source: "small", receivedAt: province.instant(of: 1500), bytes: Array("small \(number)".utf8), mediaType: "text/csv")
            let observation = Observation(cell: cell, value: Int64(number))
            waits.append(try await milliseconds { _ = try await store.record(delivery, observations: [observation]) })
        }
        return waits
    }

    private func readings(_ province: BenchmarkProvince, of store: Store, _ form: String) throws -> [Figure] {
        let month = DayRange(start: province.firstDay + 500, span: 31)
        let years = DayRange(start: province.firstDay, span: 1095)
        let timed = { (body: () throws -> CellTable) throws -> [Double] in
            try (0..<max(5, runs)).map { _ in try milliseconds { _ = try body() } }
        }
        let one = try timed { try store.cells(of: [province.measures[2]], in: month) }
        let eight = try timed { try store.cells(of: province.measures, in: month) }
        let agency = try timed { try store.cells(of: [province.measures[2]], in: years, agencies: [province.agencies[16]]) }
        let asOf = try timed { try store.cells(of: province.measures, in: month, asOf: province.instant(of: 530)) }
        return [
            Figure(name: "all agencies, one month, 1 measure, \(form)", goal: "3", unit: "ms", runs: one),
            Figure(name: "all agencies, one month, 8 measures, \(form)", goal: "15", unit: "ms", runs: eight),
            Figure(name: "all agencies, one month, 8 measures, as of, \(form)", goal: "", unit: "ms", runs: asOf),
            Figure(name: "one agency, three years, 1 measure, \(form)", goal: "3", unit: "ms", runs: agency),
        ]
    }

    private func repeated<Answer>(_ body: (String) async throws -> Answer) async throws -> [Answer] {
        var answers: [Answer] = []
        for run in 0..<max(1, runs) {
            let path = self.path(of: "ingest-\(run)")
            defer { removeDatabase(path) }
            answers.append(try await body(path))
        }
        return answers
    }

    private func path(of name: String) -> String {
        URL(fileURLWithPath: directory).appendingPathComponent("dondoc-bench-\(ProcessInfo.processInfo.processIdentifier)-\(name).db").path
    }
}
