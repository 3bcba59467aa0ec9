import Model
import Store
import Testing

@Suite struct FullDiskTests {
    /// Bytes that do not compress.
    private func noise(_ count: Int, seed: Int) -> [UInt8] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    private func fill(_ store: Store) async throws -> StoreError? {
        for number in 0..<1000 {
            let delivery = Delivery(source: "one-stop", receivedAt: Sample.noon(number), bytes: noise(20_000, seed: number))
            let observation = try Sample.observation(number % 50, "received", day: number, Int64(number))
            do throws(StoreError) { _ = try await store.record(delivery, observations: [observation]) } catch { return error }
        }
        return nil
    }

    @Test func aWriteWithoutRoomChangesNothingAndLaterOnesSucceed() async throws {
        let place = try TemporaryStore()
        let store = try place.open(maximumBytes: 1_000_000)

        let error = try #require(try await fill(store))

        #expect(error.kind == .full && error.isRetryable)
        #expect(
            error.description
                == "\(place.path): recording a delivery of source 'one-stop': database or disk is full; free space on the disk, "
                + "raise store.maximum or shorten store.keep_raw; nothing was changed and it will be tried again")
        let full = try store.statistics()
        #expect(full.fileBytes <= 1_000_000)
        #expect(full.deliveries == full.cells && full.deliveries == full.bodies)
        #expect(try await store.dropRawBytes(receivedBefore: Sample.noon(10)) == 10)
        let later = try await store.record(Sample.delivery("later"), observations: [try Sample.observation(99, "late", day: 0, 1)])
        #expect(later.outcome == IngestOutcome(stored: 1))
        #expect(try store.deliveries(limit: 1).map(\.id) == [later.id])
        #expect(try store.cells(of: [Sample.measure("late")], in: DayRange(Sample.firstDay)).agencies(with: Sample.measure("late")).count == 1)
    }

    @Test func agenciesFirstSeenInAFailedDeliveryAreNumberedAgain() async throws {
        let place = try TemporaryStore()
        let store = try place.open(maximumBytes: 400_000)
        let many = try (0..<30_000).map { try Sample.observation(1 + $0 % 80, "received", day: $0 / 80, Int64($0)) }
        let few = try (0..<80).reversed().map { try Sample.observation(1 + $0, "late", day: 0, Int64($0)) }

        await #expect(throws: StoreError.self) { try await store.record(Sample.delivery("many"), observations: many) }
        #expect(try store.statistics().cells == 0)
        _ = try await store.record(Sample.delivery("few"), observations: few)

        let late = try Sample.measure("late")
        let table = try store.cells(of: [late], in: DayRange(Sample.firstDay))
        for observation in few { #expect(table[late, observation.cell.agency].map(\.value) == [observation.value]) }
        #expect(try store.firstDay(of: [Sample.measure("received")]) == nil)
    }

    @Test func packingMakesRoomInAFullStoreAndLosesNothing() async throws {
        let place = try TemporaryStore()
        let store = try place.open(maximumBytes: 500_000)
        let late = try Sample.measure("late")
        var day = 0
        var error: StoreError?
        while error == nil, day < 1000 {
            let observations = try (1...80).map { try Sample.observation($0, "late", day: day, Int64($0 + day)) }
            do throws(StoreError) {
                _ = try await store.record(Sample.delivery("\(day)", at: Sample.noon(day)), observations: observations)
                day += 1
            } catch let refused {
                error = refused
            }
        }
        let all = DayRange(start: Sample.firstDay, span: 2000)
        let before = Set(PlacedCell.all(in: try store.cells(of: [late], in: all), [late]))
        #expect(error?.kind == .full)

        let packed = try await store.pack(endedBefore: Sample.firstDay + 5000)
        let more = try await store.record(Sample.delivery("more"), observations: [try Sample.observation(1, "late", day: 1500, 1)])

        #expect(before.count == day * 80 && packed == day * 80)
        #expect(more.outcome == IngestOutcome(stored: 1))
        #expect(Set(PlacedCell.all(in: try store.cells(of: [late], in: DayRange(start: Sample.firstDay, span: 1400)), [late])) == before)
        #expect(try store.checkCells().problems == [])
    }

    @Test func raisingTheLimitMakesRoom() async throws {
        let place = try TemporaryStore()
        let small = try place.open(maximumBytes: 400_000)
        #expect(try await fill(small)?.kind == .full)
        try small.close()

        let larger = try place.open(maximumBytes: 800_000)

        #expect(try await larger.record(Sample.delivery("more"), observations: []).id.number > 1)
    }

    @Test func theLimitChangesWhileTheStoreIsOpen() async throws {
        let place = try TemporaryStore()
        let store = try place.open(maximumBytes: 400_000)
        let full = try await fill(store)

        try await store.bound(to: 800_000)
        let more = try await store.record(Sample.delivery("more"), observations: [])
        let fullAgain = try await fill(store)
        let bytes = try store.statistics().fileBytes
        try await store.bound(to: nil)
        let boundless = try await fill(store)

        #expect(full?.kind == .full)
        #expect(more.id.number > 1)
        #expect(fullAgain?.kind == .full && bytes > 400_000 && bytes <= 800_000)
        #expect(boundless == nil)
    }
}
