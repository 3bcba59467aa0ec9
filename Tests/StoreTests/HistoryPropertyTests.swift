import Model
import Store
import Testing

/// Random histories (repeated, restated, unknown, several grains, late clocks, packed in between) against a model that replays everything.
@Suite struct HistoryPropertyTests {
    private static let measures = ["received", "resolved", "late"]
    private static let spans = [1, 1, 1, 7, 30, 31]

    @Test(arguments: 0..<16) func everyQuestionIsAnsweredAsTheReplayAnswersIt(seed: Int) async throws {
        var random = SeededGenerator(seed: seed)
        let place = try TemporaryStore()
        let store = try place.open()
        var model = SlowModel()

        try await fill(store, &model, &random)

        for _ in 0..<25 { try compareOneQuestion(store, model, &random) }
        try compareHistories(store, model)
        try compareSummaries(store, model)
        let check = try store.checkCells()
        #expect(check.problems == [])
        #expect(check.cells == model.revisions().count)
        #expect(check.replacedCells == model.revisions().values.reduce(0) { $0 + $1.count - 1 })
    }

    private func fill(_ store: Store, _ model: inout SlowModel, _ random: inout SeededGenerator) async throws {
        var pool: [Observation] = []
        for step in 0..<30 {
            var observations: [Observation] = []
            for _ in 0..<Int.random(in: 0...120, using: &random) { observations.append(try observation(&pool, &random)) }
            // Now and then a clock goes back, as after a restart without time synchronisation.
            let at = Sample.noon(step) - .seconds(Int64.random(in: 0...200_000, using: &random))
            let before = model.revisions()

            let recorded = try await store.record(Sample.delivery("\(step)", at: at), observations: observations)

            model.record(recorded.id, receivedAt: at, observations)
            #expect(recorded.id.number == Int64(step + 1))
            let sum = recorded.outcome.stored + recorded.outcome.unchanged + recorded.outcome.restated
            #expect(sum == observations.count)
            #expect(recorded.outcome.restated == recorded.restatements.count)
            #expect(recorded.outcome.stored == Set(observations.map(\.cell)).subtracting(before.keys).count)
            if Int.random(in: 0..<4, using: &random) == 0 {
                _ = try await store.pack(endedBefore: Sample.firstDay + Int.random(in: 0...500, using: &random))
            }
        }
    }

    private func observation(_ pool: inout [Observation], _ random: inout SeededGenerator) throws -> Observation {
        if Int.random(in: 0..<3, using: &random) == 0, let known = pool.randomElement(using: &random) {
            let keepsValue = Bool.random(using: &random)
            return keepsValue ? known : Observation(cell: known.cell, value: value(&random))
        }
        let new = try Sample.observation(
            Int.random(in: 0..<40, using: &random), HistoryPropertyTests.measures.randomElement(using: &random) ?? "",
            day: Int.random(in: 0..<40, using: &random), span: HistoryPropertyTests.spans.randomElement(using: &random) ?? 1, value(&random))
        pool.append(new)
        return new
    }

    private func value(_ random: inout SeededGenerator) -> Int64? {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: nil
        case 1: 0
        case 2: [Int64.max, Int64.min, -1].randomElement(using: &random)
        default: Int64.random(in: 0...5, using: &random)
        }
    }

    private func compareOneQuestion(_ store: Store, _ model: SlowModel, _ random: inout SeededGenerator) throws {
        let measures = try HistoryPropertyTests.measures.filter { _ in Bool.random(using: &random) }.map { try Sample.measure($0) }
        let range = DayRange(start: Sample.firstDay + Int.random(in: -5...40, using: &random), span: Int.random(in: 1...60, using: &random))
        let asOf = Bool.random(using: &random) ? Sample.noon(Int.random(in: -4...32, using: &random)) : nil
        let count = [nil, 0, 1, 2, 20].randomElement(using: &random) ?? nil
        let agencies = try count.map { count in Set(try (0..<count).map { _ in try Sample.agency(Int.random(in: 0..<42, using: &random)) }) }

        let table = try store.cells(of: measures, in: range, agencies: agencies, asOf: asOf)

        let answer = PlacedCell.all(in: table, measures)
        #expect(answer.count == Set(answer).count, "a cell was given twice")
        #expect(Set(answer) == model.cells(of: measures, in: range, agencies: agencies, asOf: asOf))
    }

    private func compareHistories(_ store: Store, _ model: SlowModel) throws {
        for (cell, revisions) in model.revisions() { #expect(try store.history(of: cell) == revisions) }
        let replaced = model.revisions().values.reduce(0) { $0 + $1.count - 1 }
        let restatements = try store.restatements(since: Instant(milliseconds: 0), limit: 10_000)
        #expect(restatements.count == replaced)
        for restatement in restatements {
            let revisions = try #require(model.revisions()[restatement.cell])
            let index = try #require(revisions.firstIndex { $0.delivery == restatement.by })
            #expect(revisions[index].value == restatement.new && revisions[index].recordedAt == restatement.at)
            #expect(revisions[index - 1].value == restatement.old && revisions[index - 1].delivery == restatement.replaced)
        }
    }

    private func compareSummaries(_ store: Store, _ model: SlowModel) throws {
        let measures = try HistoryPropertyTests.measures.map { try Sample.measure($0) }
        let all = model.revisions()
        #expect(try store.firstDay(of: measures) == all.keys.map(\.range.start).min())
        let ever = try store.reportedEver(measures)
        let first = Dictionary(grouping: try store.firstReports(measures), by: \.measure)
        for measure in measures {
            var deliveries: [AgencyCode: DeliveryID] = Dictionary((ever[measure] ?? []).map { ($0, DeliveryID(0)) }) { one, _ in one }
            for (cell, revisions) in all where cell.measure == measure {
                guard let known = revisions.first(where: { $0.value != nil })?.delivery, let found = deliveries[cell.agency] else { continue }
                deliveries[cell.agency] = found == DeliveryID(0) ? known : min(found, known)
            }
            #expect(Dictionary((first[measure] ?? []).map { ($0.agency, $0.delivery) }) { one, _ in one } == deliveries)
            let until = Sample.firstDay + 25
            var last: [AgencyCode: Day] = [:]
            for (cell, revisions) in all where cell.measure == measure && cell.range.last <= until {
                guard let value = revisions.last?.value, value > 0 else { continue }
                last[cell.agency] = max(last[cell.agency] ?? cell.range.last, cell.range.last)
            }
            #expect(try store.lastDayAboveZero(measure, until: until) == last)
            let known = model.entries.flatMap(\.observations).filter { $0.cell.measure == measure && $0.value != nil }
            #expect(ever[measure] == Set(known.map(\.cell.agency)))
        }
    }
}
