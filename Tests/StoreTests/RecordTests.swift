import Model
import Store
import Testing

@Suite struct RecordTests {
    @Test func theSameDeliveryTwiceChangesNoCell() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let observations = [try Sample.observation(1, "received", day: 0, 5), try Sample.observation(1, "received", day: 1, nil)]
        let first = try await store.record(Sample.delivery(), observations: observations)

        let second = try await store.record(Sample.delivery(at: Sample.noon(1)), observations: observations)

        #expect(first.outcome == IngestOutcome(stored: 2))
        #expect(second.outcome == IngestOutcome(unchanged: 2))
        #expect(second.restatements.isEmpty)
        #expect(try store.history(of: observations[0].cell).map(\.delivery) == [first.id])
        #expect(try store.statistics().bodies == 1)
    }

    @Test func aDifferentValueReplacesTheOldOneAndBothStayReadable() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let old = try Sample.observation(1, "received", day: 0, 5)
        let new = Observation(cell: old.cell, value: nil)
        let first = try await store.record(Sample.delivery(), observations: [old])

        let second = try await store.record(Sample.delivery("other", at: Sample.noon(3)), observations: [new])

        let expected = Restatement(cell: old.cell, old: 5, new: nil, replaced: first.id, by: second.id, at: Sample.noon(3))
        #expect(second.restatements == [expected])
        #expect(try store.restatements(since: Sample.noon(3)) == [expected])
        #expect(try store.restatements(since: Sample.noon(4)).isEmpty)
        let before = try store.cells(of: [old.cell.measure], in: old.cell.range, asOf: Sample.noon(2))
        #expect(before[old.cell.measure, old.cell.agency] == [Cell(range: old.cell.range, value: 5, delivery: first.id)])
        let now = try store.cells(of: [old.cell.measure], in: old.cell.range)
        #expect(now[old.cell.measure, old.cell.agency] == [Cell(range: old.cell.range, value: nil, delivery: second.id)])
    }

    @Test func aDeliveryIsRememberedWithItsDigestAndOutcome() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let refused = Finding(.negativeCount, source: "one-stop", agency: "H52.07", measure: "received", found: "-1")
        let doubtful = Finding(.cumulativeFall, source: "one-stop", agency: "H52.07", measure: "received")

        let recorded = try await store.record(
            Sample.delivery("abc"), observations: [try Sample.observation(1, "received", day: 0, 5)], findings: [refused, doubtful])

        let record = try #require(try store.delivery(recorded.id))
        #expect(record.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(record.outcome == IngestOutcome(stored: 1, refused: 1))
        #expect(record.byteCount == 3 && record.mediaType == "text/csv" && record.asked == DayRange(Sample.firstDay))
        #expect(try store.deliveries(source: "one-stop") == [record])
        #expect(try store.deliveries(source: "other").isEmpty)
        #expect(try store.deliveries(limit: 0).isEmpty)
        #expect(try store.delivery(DeliveryID(99)) == nil)
    }

    @Test func theStateOfASourceIsSavedWithTheDeliveryAndKeepsItsFirstRegistration() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        var state = SourceState(source: "one-stop", registeredAt: Sample.noon())
        state.lastError = "503"
        state.failures = 2
        state.nextRun = Sample.noon(1)
        try await store.note(findings: [], source: state, at: Sample.noon())
        var later = SourceState(source: "one-stop", registeredAt: Sample.noon(9))
        later.cursor = Sample.firstDay + 3
        later.lastAttempt = Sample.noon(3)
        later.lastSuccess = Sample.noon(3)

        _ = try await store.record(Sample.delivery(), observations: [], source: later)

        let saved = try #require(try store.sourceStates()["one-stop"])
        #expect(saved.registeredAt == Sample.noon())
        #expect(saved.cursor == later.cursor && saved.lastSuccess == later.lastSuccess && saved.nextRun == nil)
        #expect(saved.lastError.isEmpty && saved.failures == 0)
    }

    @Test func validatorsAreKeptByRequestAndForgottenWhenEmpty() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        try await store.remember(Validator(entityTag: "\"a\"", lastModified: nil), source: "one-stop", request: "GET x")
        try await store.remember(Validator(entityTag: "\"b\"", lastModified: "Mon"), source: "one-stop", request: "GET x")

        #expect(try store.validator(source: "one-stop", request: "GET x") == Validator(entityTag: "\"b\"", lastModified: "Mon"))
        #expect(try store.validator(source: "one-stop", request: "GET y") == nil)
        try await store.remember(Validator(entityTag: nil, lastModified: nil), source: "one-stop", request: "GET x")
        #expect(try store.validator(source: "one-stop", request: "GET x") == nil)
    }

    @Test func readersSeeWholeDeliveriesWhileManyAreRecordedAtOnce() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let measure = try Sample.measure("received")
        let cells = try (0..<20).map { try Sample.observation($0, "received", day: 0, 0).cell }

        let ids = try await withThrowingTaskGroup(of: Int64?.self) { group in
            for value in 1...25 {
                group.addTask {
                    let observations = cells.map { Observation(cell: $0, value: Int64(value)) }
                    return try await store.record(Sample.delivery("\(value)"), observations: observations).id.number
                }
                group.addTask {
                    let table = try await store.reading { store throws(StoreError) in try store.cells(of: [measure], in: cells[0].range) }
                    let values = table.agencies(with: measure).flatMap { table[measure, $0].map(\.value) }
                    #expect(values.isEmpty || values.count == 20 && Set(values).count == 1)
                    return nil
                }
            }
            var ids: [Int64] = []
            for try await id in group { if let id { ids.append(id) } }
            return ids
        }

        #expect(ids.sorted() == Array(1...25))
        #expect(try store.history(of: cells[0]).map(\.delivery.number) == Array(1...25))
    }

    @Test func aCancelledCallChangesNothingAndSaysSo() async throws {
        let place = try TemporaryStore()
        let store = try place.open()

        let outcome = await withTaskGroup(of: Result<Recorded, StoreError>.self) { group in
            group.cancelAll()
            group.addTask {
                do throws(StoreError) {
                    return .success(try await store.record(Sample.delivery(), observations: []))
                } catch { return .failure(error) }
            }
            return await group.next()
        }

        guard case .failure(let error) = outcome else {
            Issue.record("the call succeeded although it was cancelled")
            return
        }
        #expect(error.kind == .cancelled && error.isRetryable)
        #expect(try store.deliveries().isEmpty)
    }
}
