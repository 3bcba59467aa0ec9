import ArgumentParser
import Assembly
import Foundation
import Indicators
import Model
import Rules
import Store

/// Judging agencies, 300 by 8 indicators unless said, over one month of daily counts: first everything calm, then everyone beyond the bound; alone, and with
/// the cells read from the store as the daemon does.
struct JudgeBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge", abstract: "Milliseconds to judge agencies × indicators over one month.")

    @Option(help: "How often everything is done; the table shows the median.")
    var runs = 20

    @Option(help: "How many agencies.")
    var agencies = 300

    @Option(help: "How many measures, and indicators.")
    var measures = 8

    func run() async throws {
        let province = BenchmarkProvince(agencies: agencies, measures: measures)
        let size = "\(agencies) × \(measures)"
        let isUsual = agencies == 300 && measures == 8
        let goal = isUsual ? "10" : agencies == 15_000 && measures == 10 ? "400" : ""
        let subject = Subject(province)
        let directory = FileManager.default.temporaryDirectory.appending(path: "dondoc-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        // Left behind at worst; the system clears its temporary directory.
        defer { try? FileManager.default.removeItem(at: directory) }
        let store = try Store(path: directory.appending(path: "bench.db").path, mode: .readWrite)
        // The days of the month that is judged, and the one after it.
        for delivery in province.deliveries(31..<60, rows: agencies * measures, keepsRows: false) {
            _ = try await store.record(delivery.delivery, observations: delivery.observations)
        }

        let cells = try store.cells(of: province.measures, in: subject.period.range)
        var table = BenchmarkTable()
        for (name, bound) in [("nobody beyond the bound", "0"), ("everybody beyond the bound", "100")] {
            let times = (0..<runs).map { _ in milliseconds { subject.judge(cells, bound: bound) } }
            table.add(Figure(name: "judging \(size), \(name)", goal: goal, unit: "ms", runs: times))
        }
        let whole = try (0..<runs).map { _ in
            try milliseconds { subject.judge(try store.cells(of: province.measures, in: subject.period.range), bound: "100") }
        }
        table.add(Figure(name: "the same, cells read from the store", goal: "", unit: "ms", runs: whole))
        // What the daemon does after a delivery of one measure: two of the indicators rest on it, and on three measures.
        let touched = Touched(measures: [province.measures[1]])
        let needed = Array(province.measures.prefix(3))
        let shelf = CellShelf(store: store)
        _ = try shelf.cells(of: province.measures, in: subject.period.range)
        var (reading, calm, alarmed): ([Double], [Double], [Double]) = ([], [], [])
        for run in 0..<runs {
            // One day of one measure of all agencies, restated.
            let delivery = province.delivery(of: province.measures[1], on: subject.period.range.last, value: Int64(run + 1))
            _ = try await store.record(delivery.delivery, observations: delivery.observations)
            var cells = CellTable([:])
            reading.append(try milliseconds { cells = try shelf.cells(of: needed, in: subject.period.range) })
            calm.append(milliseconds { subject.judge(cells, bound: "0", touched: touched) })
            alarmed.append(milliseconds { subject.judge(cells, bound: "100", touched: touched) })
        }
        let name = "after a delivery of one measure of all"
        for (what, times) in [("nobody", calm), ("everybody", alarmed)] {
            let sums = zip(reading, times).map { $0 + $1 }
            table.add(Figure(name: "\(name), \(what) beyond the bound", goal: isUsual ? "2" : "", unit: "ms", runs: sums))
        }
        table.add(Figure(name: "of it, reading what changed", goal: "", unit: "ms", runs: reading))
        table.write()
        try store.close()
    }
}

/// What is judged: eight indicators, each one measure over the next, with one bound for all.
private struct Subject {
    let period: Period
    let register: Register
    let indicators: [Indicator]
    let calculator: Calculator
    let rule: ThresholdRule

    init(_ province: BenchmarkProvince) {
        let title = LocalizedText(vietnamese: "đo", english: "bench")
        let measures = province.measures
        indicators = measures.indices.map { index in
            let definition = Indicator.Definition(
                version: 1, numerator: Expression([Expression.Term(measure: measures[index])]),
                denominator: Expression([Expression.Term(measure: measures[index]), Expression.Term(measure: measures[(index + 1) % measures.count])]
                ),
                wording: title, legalBasis: "bench")
            return Indicator(
                id: "bench.\(index)", title: title, clause: "", direction: .higherIsBetter, unit: .percent, scheme: .calendar, period: .month,
                definitions: [definition])
        }
        period = Period.lastClosed(.month, scheme: .calendar, on: province.firstDay + 62)
        register = Register(
            agencies: province.agencies.map { Agency(code: $0, name: $0.text, level: .commune, validFrom: province.firstDay) })
        calculator = Calculator(
            measures: Dictionary(uniqueKeysWithValues: measures.map { ($0, Measure(id: $0, title: title)) }), calendar: WorkCalendar(years: [:]))
        rule = ThresholdRule(id: "bench", scope: RuleScope(indicators: indicators))
    }

    /// One full judgement from cells to transitions, with no alert before it.
    func judge(_ cells: CellTable, bound: String, touched: Touched? = nil) {
        let targets = Targets(
            indicators.map { Target(indicator: $0.id, warning: ExactDecimal(bound), effectiveFrom: Day(number: 0), legalBasis: "bench") })
        let today = period.end
        let scene = Scene(
            register: register, targets: targets, calendar: WorkCalendar(years: [:]), now: today.start,
            reading: { [calculator] in calculator.reading(of: $0, agency: $1, over: $2, from: cells, today: today) })
        let runs = Judge.runs(
            [rule], judgedThrough: [:], firstDay: nil, today: today, calendar: WorkCalendar(years: [:]), touched: touched ?? .nothing,
            onlyTouched: touched != nil)
        let outcome = Judge.judge(runs, rules: [rule], alerts: [], scene: scene)
        let judged = touched == nil ? indicators.count : 2
        precondition(outcome.transitions.count == (bound == "100" ? register.agencies.count * judged : 0), "the benchmark judges wrongly")
    }
}
