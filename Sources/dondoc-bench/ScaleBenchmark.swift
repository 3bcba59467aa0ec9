import ArgumentParser
import Dispatch
import Foundation
import Glibc
import Model
import Store

/// A province of any size over years: how the store grows, and whether its answers slow down with the years it keeps.
///
/// The figures arrive day by day and are packed as the daemon packs them, ten days after their month. One figure in a hundred of the newest month is
/// restated. Raw bytes are left out: their keeping ends after two years.
struct ScaleBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Makes a database of any size and measures how its size and answers grow with it.")

    @Option(help: "How many agencies report: 300 of a province today, 3300 communes, 15000 villages.")
    var agencies = 300

    @Option(help: "How many daily measures each of them reports.")
    var measures = 10

    @Option(help: "How many years of days.")
    var years = 10

    @Option(help: "Where the database is made; it stays there when this is given.")
    var database: String?

    private static let packAfter = 10

    func run() async throws {
        let province = BenchmarkProvince(agencies: agencies, measures: measures, firstDay: Day(number: 16_436))
        let path = database ?? FileManager.default.temporaryDirectory.appending(path: "dondoc-scale-\(getpid()).db").path
        defer { if database == nil { removeDatabase(path) } }
        var table = BenchmarkTable()
        if !FileManager.default.fileExists(atPath: path) {
            for figure in try await fill(province, path) { table.add(figure) }
        }
        for figure in try measure(province, path) { table.add(figure) }
        table.write()
    }

    /// Month by month: the days of the month, then what has become old enough is packed.
    private func fill(_ province: BenchmarkProvince, _ path: String) async throws -> [Figure] {
        let store = try Store(path: path, mode: .readWrite)
        let days = years * 365
        var rates: [Double] = []
        var longestPacking = 0.0
        for first in stride(from: 0, to: days, by: 30) {
            let month = first..<min(first + 30, days)
            let started = DispatchTime.now().uptimeNanoseconds
            var rows = 0
            for delivery in province.deliveries(month, rows: min(30_000, agencies * measures), keepsRows: false) {
                _ = try await store.record(delivery.delivery, observations: delivery.observations)
                rows += delivery.observations.count
            }
            rates.append(Double(rows) * 1e9 / Double(DispatchTime.now().uptimeNanoseconds - started))
            try await restate(province, month, store)
            let packing = try await milliseconds {
                _ = try await store.pack(endedBefore: province.firstDay + month.upperBound - ScaleBenchmark.packAfter)
            }
            longestPacking = max(longestPacking, packing)
        }
        let statistics = try store.statistics()
        try store.close()
        let cells = Double(statistics.cells)
        return [
            Figure(name: "\(statistics.cells) figures: ingest of a month", goal: "", unit: "rows/s", runs: rates),
            Figure(name: "ingest of the last month over the first", goal: "1", unit: "ratio", runs: [(rates.last ?? 0) / (rates.first ?? 1)]),
            Figure(name: "packing of a month at its longest", goal: "", unit: "ms", runs: [longestPacking]),
            Figure(
                name: "file without free pages, all figures, history, indexes", goal: "8", unit: "bytes/row",
                runs: [Double(statistics.fileBytes - statistics.freeBytes) / cells]),
            Figure(
                name: "packed figures alone", goal: "3", unit: "bytes/row",
                runs: [
                    Double(statistics.packedBytes) / Double(max(1, statistics.packedCells))
                ]),
        ]
    }

    private func restate(_ province: BenchmarkProvince, _ month: Range<Int>, _ store: Store) async throws {
        let restated = province.agencies.indices.filter { $0 % 100 == 0 }.flatMap { agency in
            month.flatMap { day in
                province.measures.map { measure in
                    let key = CellKey(agency: province.agencies[agency], measure: measure, range: DayRange(province.firstDay + day))
                    return Observation(cell: key, value: Int64(1000 + day % 7))
                }
            }
        }
        let delivery = Delivery(
            source: "bench", receivedAt: province.instant(of: month.upperBound), bytes: Array("restated \(month)".utf8), mediaType: "text/csv")
        _ = try await store.record(delivery, observations: restated)
    }

    /// Reads at the beginning, in the middle and at the end of the years, where the newest figures still lie in rows.
    private func measure(_ province: BenchmarkProvince, _ path: String) throws -> [Figure] {
        let opening = try (0..<5).map { _ in try milliseconds { try Store(path: path, mode: .readOnly).close() } }
        var figures = [Figure(name: "opening", goal: "150", unit: "ms", runs: opening)]
        let store = try Store(path: path, mode: .readOnly)
        let days = years * 365
        let moments = [("first year", 40), ("middle", days / 2), ("last packed", days - 100), ("newest, in rows", days - 32)]
        for (name, offset) in moments where offset >= 0 && offset + 31 <= days {
            let month = DayRange(start: province.firstDay + offset, span: 31)
            for count in Set([1, min(8, measures), measures]).sorted() {
                let asked = Array(province.measures.prefix(count))
                let times = try (0..<5).map { _ in try milliseconds { _ = try store.cells(of: asked, in: month) } }
                figures.append(Figure(name: "a month of all agencies, \(count) measures, \(name)", goal: goal(count), unit: "ms", runs: times))
            }
        }
        let all = DayRange(start: province.firstDay, span: days)
        let agency: Set = [province.agencies[agencies / 2]]
        let series = try (0..<5).map { _ in try milliseconds { _ = try store.cells(of: [province.measures[0]], in: all, agencies: agency) } }
        figures.append(Figure(name: "one agency, one measure, \(years) years", goal: "3", unit: "ms", runs: series))
        figures.append(Figure(name: "resident at its highest", goal: "", unit: "MB", runs: [peak()]))
        return figures
    }

    private func goal(_ count: Int) -> String {
        switch (agencies, count) {
        case (300, 1): "3"
        case (300, 8): "15"
        case (15_000, 10): "150"
        default: ""
        }
    }

    /// The most memory that the process ever held, by `getrusage`.
    private func peak() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1000
    }
}
