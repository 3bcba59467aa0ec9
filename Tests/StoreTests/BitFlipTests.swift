import Foundation
import GRDB
import Model
import Testing

@testable import Store

/// Disks forget bits. Whatever bit of a database file changes: either `verify` says so, or nothing that the file holds has changed.
@Suite struct BitFlipTests {
    /// A file with rows in every table, packed blocks, replaced values and free pages, closed, and the lines of its dump.
    private func file() async throws -> (bytes: [UInt8], dump: Data) {
        let place = try TemporaryStore()
        try MigrationTests().load("v2", into: place)
        let store = try place.open()
        for number in 0..<40 {
            let observations = try (0..<30).map { try Sample.observation($0, "received", day: number, Int64($0 * number)) }
            let finding = Finding(.unknownAgency, source: "one-stop", agency: "H52.\(number)", found: String(repeating: "Sở ", count: number))
            _ = try await store.record(Sample.delivery("\(number)", at: Sample.noon(number)), observations: observations, findings: [finding])
        }
        _ = try await store.pack(endedBefore: Sample.firstDay + 31)
        _ = try await store.record(Sample.delivery("again", at: Sample.noon(50)), observations: [try Sample.observation(3, "received", day: 6, 7)])
        for found in ["503", "timeout"] {
            try await store.note(findings: [Finding(.fetchFailed, source: "portal", found: found)], at: Sample.noon(60))
        }
        let key = try Sample.key()
        let actor = AlertActor(name: "truc", why: "đã gọi điện")
        try await store.note(AlertNote(at: Sample.noon(60), author: "truc", kind: .assign, text: "lan"), at: key)
        _ = try await store.add(
            Silence(scope: .init(agency: key.agency), from: Sample.noon(60), until: Sample.noon(70), actor: actor, createdAt: Sample.noon(60)))
        let evidence = Remediation.Evidence(name: "kế hoạch.pdf", byteCount: 0, sha256: "")
        _ = try await store.add(
            Remediation(
                key: key, at: Sample.noon(60), enteredBy: "truc", cause: "thiếu người", plan: "bổ sung", due: Sample.firstDay + 80, evidence: evidence
            ),
            evidence: Array("%PDF".utf8))
        var judgement = Judgement(urgingState: UrgingState(lastTold: Sample.noon(60)), at: Sample.noon(60))
        judgement.writtenReports = ["digest"]
        try await store.commit(judgement)
        var arrival = try Arrival(
            ReceivedMail(messageID: "<1@x>", kind: .reply, by: "test", receivedAt: Sample.noon(61), sender: "a@xa.example", subject: "s"),
            bytes: Array("\r\nx".utf8), at: Arrival.Place(account: "imap://h/INBOX", validity: 1, uid: 1), files: [("a.pdf", Array("pdf".utf8))])
        arrival.mail.alerts = [key]
        _ = try await store.receive(arrival)
        try await store.pool.write { db in
            try db.execute(
                sql: """
                    INSERT INTO bounced VALUES ('a@xa.example', 1, 2, '5.1.1', '550', 1);
                    INSERT INTO push_token (name, prefix, sha256, agencies, includes_below, created_at, created_by)
                      VALUES ('snv', 'ddk_abcd', x'0011', 'H52.07', 0, 1, 'truc');
                    INSERT INTO push_key VALUES ('push:snv', 'k-1', x'0011', 1, '[]', 1);
                    INSERT INTO way_out VALUES ('oncall', 1, 2, '503', NULL);
                    INSERT INTO standing_alert VALUES ('oncall', '{}', '{}', 1, NULL);
                    """)
        }
        let dump = try BitFlipTests.dump(store)
        let tables = try await store.pool.read { db in
            try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'").filter { table in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)") == 0
            }
        }
        #expect(tables == [], "every table has a row")
        #expect(try store.verify().problems == [])
        try store.close()
        return (Array(try Data(contentsOf: URL(fileURLWithPath: place.path))), dump)
    }

    private static func dump(_ store: Store) throws(StoreError) -> Data {
        var dump = Data()
        try store.export { dump.append($0) }
        return dump
    }

    /// What is said of a file with one bit changed: its problems, and its dump where there are none.
    private func look(at path: String) -> (problems: [String], dump: Data?) {
        do throws(StoreError) {
            let store = try Store(path: path, mode: .readOnly)
            let problems = try store.verify().problems
            return (problems, problems.isEmpty ? try BitFlipTests.dump(store) : nil)
        } catch {
            return ([error.cause], nil)
        }
    }

    @Test func anyFlippedBitIsFoundOrChangesNothing() async throws {
        let (bytes, dump) = try await file()
        let place = try TemporaryStore()
        var random = SeededGenerator(seed: 17)
        var found = 0
        let written = bytes.indices.filter { bytes[$0] != 0 }
        for number in 0..<40 {
            // Anywhere, and where something stands.
            let byte = number % 2 == 0 ? bytes.indices.randomElement(using: &random) : written.randomElement(using: &random)
            let bit = try #require(byte) * 8 + Int.random(in: 0..<8, using: &random)
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            for suffix in ["-wal", "-shm"] { unlink(place.path + suffix) }
            try Data(changed).write(to: URL(fileURLWithPath: place.path))

            let (problems, after) = look(at: place.path)

            #expect(!problems.isEmpty || after == dump, "bit \(bit % 8) of byte \(bit / 8), page \(bit / 8 / 4096 + 1)")
            if !problems.isEmpty { found += 1 }
        }
        #expect(found > 10, "the rest hit pages that are free or not full")
    }

    static let changes = [
        ("letter", "subject = subject || ' '"), ("letter", "bytes = x'00'"), ("finding", "found = 'x'"), ("finding", "source = NULL"),
        ("transition", "reason = reason || ' '"), ("alert", "since = since + 1"), ("source_state", "last_error = 'x'"),
        ("delivery", "received_at = received_at + 1"), ("block", "first = first + 1"), ("body", "last_received = last_received + 1"),
        ("judged", "period = '2026-01'"), ("agency", "code = code || '.99'"), ("delivery_reach", "last = last + 1"),
    ]

    @Test(arguments: changes) func aRowChangedBehindTheProgramsBackIsFound(table: String, change: String) async throws {
        let place = try TemporaryStore()
        try MigrationTests().load("v2", into: place)
        let store = try place.open()
        try await store.pool.write { db in
            try db.execute(sql: "DROP TRIGGER seal_\(table)_update")
            try db.execute(sql: "UPDATE \(table) SET \(change)")
        }

        let problems = try store.verify().problems

        #expect(problems.contains("table \(table): its rows are not those that were written"))
        #expect(problems.contains("the schema is not the one of version \(Migrations.newest)"))
    }
}
