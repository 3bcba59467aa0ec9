import Assembly
import Model
import Store
import TestSupport
import Testing

/// What the shelf answers is what the store answers, whatever happened since the last question.
@Suite struct CellShelfTests {
    private static let firstDay = day("2025-12-20")
    private static let measures = ["received", "resolved", "late"].map { measure($0) }
    private static let agencies = (10..<30).map { code("H52.\($0)") }

    private let directory: TemporaryDirectory
    private let store: Store

    init() throws {
        directory = try TemporaryDirectory()
        store = try Store(path: directory.file("dondoc.db"), mode: .readWrite)
    }

    /// Random deliveries, restatements, retractions, packing and forgetting; 200 cells hold some of the tables, 100 000 all.
    @Test(arguments: 0..<6, [200, 100_000]) func itAnswersAsTheStoreDoes(seed: Int, maximumCells: Int) async throws {
        var random = SeededNumbers(seed: seed)
        let shelf = CellShelf(store: store, maximumCells: maximumCells)
        for step in 0..<60 {
            try await happen(step, &random)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let measures = CellShelfTests.measures.filter { _ in Bool.random(using: &random) }
                let range = try #require(windows.randomElement(using: &random))
                #expect(try cells(shelf.cells(of: measures, in: range)) == cells(store.cells(of: measures, in: range)))
            }
        }
        #expect(try cells(store.cells(of: CellShelfTests.measures, in: windows[2])).count > 20, "there was something to answer")
    }

    @Test func aDeliveryIsReadOverTheDaysItSpeaksOf() async throws {
        let shelf = CellShelf(store: store)
        let month = DayRange(start: CellShelfTests.firstDay, span: 31)
        _ = try await store.record(delivery(0), observations: [observation(0, on: 0, 1), observation(0, on: 30, 2), observation(1, on: 5, 3)])
        #expect(try cells(shelf.cells(of: CellShelfTests.measures, in: month)).count == 3)
        _ = try await store.record(delivery(1), observations: [observation(0, on: 30, 4), observation(2, on: 30, 5)])
        let table = try shelf.cells(of: CellShelfTests.measures, in: month)
        #expect(table[CellShelfTests.measures[0], CellShelfTests.agencies[0]].map(\.value).sorted { ($0 ?? 0) < ($1 ?? 0) } == [1, 4])
        #expect(table.agencies(with: CellShelfTests.measures[0]).count == 3)
    }

    /// Two months, and what holds both with days on either side.
    private var windows: [DayRange] {
        [
            DayRange(start: CellShelfTests.firstDay, span: 31), DayRange(start: CellShelfTests.firstDay + 31, span: 31),
            DayRange(start: CellShelfTests.firstDay - 5, span: 80),
        ]
    }

    private func happen(_ step: Int, _ random: inout SeededNumbers) async throws {
        let newest = try store.newestDelivery().number
        switch Int.random(in: 0..<10, using: &random) {
        case 0 where newest > 0:
            // One that was taken back before is refused, which changes nothing either.
            _ = try? await store.retract(
                DeliveryID(Int64.random(in: 1...newest, using: &random)), by: AlertActor(name: "an", why: "sai"), at: instant(step))
        case 1: _ = try await store.pack(endedBefore: CellShelfTests.firstDay + Int.random(in: 0..<60, using: &random))
        case 2: _ = try await store.dropFigures(endedBefore: CellShelfTests.firstDay + Int.random(in: 0..<20, using: &random))
        default:
            var observations: [Observation] = []
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                let span = [1, 1, 1, 7, 31].randomElement(using: &random) ?? 1
                observations.append(
                    observation(
                        Int.random(in: 0..<20, using: &random), on: Int.random(in: 0..<62, using: &random), span: span,
                        of: CellShelfTests.measures.randomElement(using: &random), Int64.random(in: 0...3, using: &random)))
            }
            _ = try await store.record(delivery(step), observations: observations)
        }
    }

    private func instant(_ step: Int) -> Instant { Instant(CellShelfTests.firstDay + 100 + step, hour: 8, minute: 0) }

    private func delivery(_ step: Int) -> Delivery {
        Delivery(source: "sheet", receivedAt: instant(step), bytes: Array("\(step)".utf8), mediaType: "text/plain")
    }

    private func observation(_ agency: Int, on day: Int, span: Int = 1, of measure: MeasureID? = nil, _ value: Int64) -> Observation {
        let range = DayRange(start: CellShelfTests.firstDay + day, span: span)
        return Observation(
            cell: CellKey(agency: CellShelfTests.agencies[agency], measure: measure ?? CellShelfTests.measures[0], range: range), value: value)
    }

    /// A table without its order; a cell that came twice would show.
    private func cells(_ table: CellTable) -> [String] {
        CellShelfTests.measures.flatMap { measure in
            table.agencies(with: measure).flatMap { agency in table[measure, agency].map { "\(measure) \(agency) \($0)" } }
        }.sorted()
    }
}
