import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// A dump rebuilds the database: every table, every value and its history; and whatever is wrong with it is said with its line.
@Suite struct DumpTests {
    private func lines(_ store: Store, includesRaw: Bool = true) throws -> [Data] {
        var bytes = Data()
        try withExtendedLifetime(store) { try store.export(includesRaw: includesRaw) { bytes.append($0) } }
        return bytes.split(separator: UInt8(ascii: "\n")).map { Data($0) }
    }

    private func build(_ lines: [Data], at place: TemporaryStore) async throws -> Rebuilt {
        var rest = lines[...]
        return try await Store.build(place.path, from: { rest.popFirst() })
    }

    private func random(_ seed: Int) async throws -> (store: Store, model: SlowModel) {
        var random = SeededGenerator(seed: seed)
        let store = try TemporaryStore().open()
        var model = SlowModel()
        for step in 0..<20 {
            let observations = try (0..<Int.random(in: 0...60, using: &random)).map { _ in
                try Sample.observation(
                    Int.random(in: 0..<30, using: &random), ["received", "late"].randomElement(using: &random) ?? "",
                    day: Int.random(in: 0..<40, using: &random), span: [1, 1, 7, 31].randomElement(using: &random) ?? 1,
                    Int.random(in: 0..<6, using: &random) == 0 ? nil : Int64.random(in: -1...9, using: &random))
            }
            let delivery = Sample.delivery("\(step % 7)", at: Sample.noon(step))
            let recorded = try await store.record(delivery, observations: observations, findings: [Finding(.noContact, agency: "H52.\(step)")])
            model.record(recorded.id, receivedAt: Sample.noon(step), observations)
            if step % 5 == 0 { _ = try await store.pack(endedBefore: Sample.firstDay + Int.random(in: 0...400, using: &random)) }
        }
        let transition = try Sample.transition(Sample.key(), nil, .firing)
        try await store.commit(
            Judgement(
                transitions: [transition], letters: [.init(try Sample.letter(), of: [transition.key])],
                judgedThrough: ["on-time": try Sample.required(Period("2026-08"))], at: Sample.noon(30)))
        return (store, model)
    }

    @Test(arguments: 0..<12) func aDumpBuildsTheSameDatabase(seed: Int) async throws {
        let (store, model) = try await random(seed)
        let place = try TemporaryStore()
        let dump = try lines(store)

        let imported = try await build(dump, at: place)

        let copy = try place.open()
        let measures = try ["received", "late"].map { try Sample.measure($0) }
        let days = DayRange(start: Sample.firstDay - 10, span: 500)
        let past = Sample.noon(9)
        #expect(
            Set(PlacedCell.all(in: try copy.cells(of: measures, in: days), measures)) == model.cells(of: measures, in: days, agencies: nil, asOf: nil)
        )
        #expect(
            Set(PlacedCell.all(in: try copy.cells(of: measures, in: days, asOf: past), measures))
                == model.cells(of: measures, in: days, agencies: nil, asOf: past))
        for (cell, revisions) in model.revisions() { #expect(try copy.history(of: cell) == revisions) }
        #expect(try lines(copy) == dump, "the same bytes come out again")
        #expect(try copy.verify().problems == [])
        #expect(imported.deliveries == 20 && imported.values == model.revisions().values.reduce(0) { $0 + $1.count })
        #expect(try copy.transitions(of: Sample.key()).map(\.letters) == [["<1@dondoc.test>"]])
        let next = try await copy.record(Sample.delivery("next", at: Sample.noon(60)), observations: [])
        #expect(next.id == DeliveryID(21))
    }

    /// More deliveries than are read together, which replace each other's values of the same days: each line tells what its delivery brought.
    @Test func eachOfManySmallDeliveriesIsToldWithItsOwnValues() async throws {
        let store = try TemporaryStore().open()
        var expected: [Int64: Set<String>] = [:]
        var pushes: [PushRecord] = []
        for number in 1...1200 {
            let observations = try [
                Sample.observation(number % 3, "received", day: number / 100, Int64(number)),
                Sample.observation(number % 5, "late", day: number % 40, Int64(number)),
            ]
            expected[Int64(number)] = Set(observations.map { "\($0.cell.measure) \($0.cell.agency) \($0.cell.range.start) \(number)" })
            pushes.append(
                PushRecord(
                    source: "push:a", receivedAt: Sample.noon(), body: try PushBody(Array("\(number)".utf8)), mediaType: "text/csv",
                    observations: observations))
        }
        for first in stride(from: 0, to: pushes.count, by: 100) {
            #expect(await store.record(pushes: Array(pushes[first..<first + 100])).count == 100)
        }

        var told: [Int64: Set<String>] = [:]
        for line in try lines(store) {
            guard let values = try JSONDecoder().decode(DumpLine.self, from: line).values else { continue }
            let texts = values.cells.map { "\(values.measure) \($0.agency) \($0.start) \($0.value ?? 0)" }
            #expect(told[values.delivery, default: []].isDisjoint(with: texts))
            told[values.delivery, default: []].formUnion(texts)
        }

        #expect(told == expected)
    }

    @Test func withoutRawBytesTheFiguresAreTheSame() async throws {
        let (store, model) = try await random(3)
        let place = try TemporaryStore()

        let dump = try lines(store, includesRaw: false)
        _ = try await build(dump, at: place)

        let copy = try place.open()
        for (cell, revisions) in model.revisions() { #expect(try copy.history(of: cell) == revisions) }
        #expect(try copy.statistics().bodies == 0)
    }

    @Test func aCutOrChangedDumpBuildsNothing() async throws {
        let (store, _) = try await random(1)
        let dump = try lines(store)
        let count = dump.count
        var changed = dump
        let place = changed.firstIndex { String(decoding: $0, as: UTF8.self).contains("no-contact") } ?? 0
        changed[place] = Data(String(decoding: changed[place], as: UTF8.self).replacing("no-contact", with: "no-contacT").utf8)
        let cases: [(lines: [Data], cause: String)] = [
            (Array(dump.dropLast()), "line \(count - 1): the dump ends too early"),
            (Array(dump.prefix(3) + dump.dropFirst(4)), "line \(count - 1): the lines before it are not those that were written"),
            (changed, "line \(count): the lines before it are not those that were written"),
            (dump + [dump[1]], "line \(count + 1): something stands after the last line"),
            (Array(dump.dropFirst()), "line 1: the first line is not the head of a dump"),
            ([Data("hello".utf8)], "line 1: it is no line of a dump"),
            ([dump[0], Data("{}".utf8)], "line 2: it says nothing that is known"),
            ([dump[0], Data(#"{"row":{"table":"cell","columns":{}}}"#.utf8)], "line 2: there is no table 'cell'"),
            (
                [dump[0], Data(#"{"row":{"table":"judged","columns":{"x; DROP":1}}}"#.utf8)],
                "line 2: it has columns that the table 'judged' does not have"
            ),
            ([dump[0], dump[1], dump[1]], "line 3: it contradicts the rows before it"),
            ([dump[0], Data(#"{"values":{"delivery":9,"measure":"a","span":1,"cells":[]}}"#.utf8)], "line 2: delivery 9 was not told of before"),
            (
                [dump[0], dump[1], Data(#"{"values":{"delivery":1,"measure":"a","span":1,"cells":[["x","2026-01-01",1]]}}"#.utf8)],
                "line 3: 'x', '2026-01-01' is no agency and day"
            ),
            (
                [Data(#"{"dump":{"format":2,"schema":9,"lastDelivery":0}}"#.utf8)],
                "line 1: this is form 2 of schema 9; this program reads form 1 up to schema \(Migrations.newest)"
            ),
        ]
        for (lines, cause) in cases {
            let target = try TemporaryStore()

            let error = await #expect(throws: StoreError.self) { try await build(lines, at: target) }

            #expect(error?.cause == cause)
            #expect(try FileManager.default.contentsOfDirectory(atPath: target.directory.path) == [])
        }
    }

    @Test func aDatabaseThatIsThereIsNotTouched() async throws {
        let (store, _) = try await random(2)
        let place = try TemporaryStore()
        try place.open().close()
        let before = try Data(contentsOf: URL(fileURLWithPath: place.path))

        let dump = try lines(store)
        let error = await #expect(throws: StoreError.self) { try await build(dump, at: place) }

        #expect(error?.description == "\(place.path): rebuilding: the file is there already; build a new file")
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.path)) == before)
    }
}
