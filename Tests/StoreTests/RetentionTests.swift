import GRDB
import Model
import Testing

@testable import Store

@Suite struct RetentionTests {
    @Test func rawBytesComeBackAsTheyWere() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let bodies: [[UInt8]] = [[], [0], Array(repeating: 65, count: 100_000), (0..<5000).map { UInt8($0 * 7 % 251) }]

        for body in bodies {
            let recorded = try await store.record(Delivery(source: "s", receivedAt: Sample.noon(), bytes: body), observations: [])

            #expect(try store.rawBytes(of: recorded.id) == body)
        }
        #expect(try store.rawBytes(of: DeliveryID(99)) == nil)
    }

    @Test func bytesThatChangedOnDiskAreNotHandedOut() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let first = try await store.record(Sample.delivery("abc"), observations: [])
        let second = try await store.record(Sample.delivery("xyz"), observations: [])
        try await store.pool.write { db in
            try db.execute(sql: "UPDATE body SET deflated = (SELECT deflated FROM body WHERE id = 2) WHERE id = 1")
            try db.execute(sql: "UPDATE body SET deflated = x'00' WHERE id = 2")
        }

        var errors: [StoreError] = []
        for id in [first.id, second.id] {
            do throws(StoreError) { _ = try store.rawBytes(of: id) } catch { errors.append(error) }
        }

        #expect(errors.map(\.kind) == [.corrupt, .corrupt])
        #expect(errors.first?.cause == "the raw bytes of a delivery do not have the SHA-256 they were recorded with")
        #expect(errors.last?.cause == "the raw bytes of a delivery cannot be decompressed (zlib code -3)")
    }

    @Test func oldBytesGoAndTheRecordsStay() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        for day in 0..<250 {
            _ = try await store.record(
                Sample.delivery("body \(day)", at: Sample.noon(day)), observations: [try Sample.observation(1, "received", day: day, 1)])
        }

        let dropped = try await store.dropRawBytes(receivedBefore: Sample.noon(240))

        #expect(dropped == 240)
        #expect(try store.rawBytes(of: DeliveryID(1)) == nil)
        #expect(try store.rawBytes(of: DeliveryID(241)) == Array("body 240".utf8))
        #expect(try store.deliveries(limit: 1000).count == 250)
        #expect(try store.statistics().cells == 250)
    }

    @Test func bytesThatCameAgainAreKeptForTheNewerDelivery() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let old = try await store.record(Sample.delivery("same", at: Sample.noon(0)), observations: [])
        let new = try await store.record(Sample.delivery("same", at: Sample.noon(20)), observations: [])

        #expect(try await store.dropRawBytes(receivedBefore: Sample.noon(10)) == 0)

        #expect(try store.rawBytes(of: old.id) == Array("same".utf8))
        #expect(try await store.dropRawBytes(receivedBefore: Sample.noon(30)) == 1)
        #expect(try store.rawBytes(of: new.id) == nil)
    }
}
