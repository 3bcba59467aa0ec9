import GRDB
import Model

/// What a whole look through the store found.
public struct StoreCheck: Hashable, Sendable {
    /// Figures, their history and their blocks.
    public var figures = CellCheck()
    /// Raw bodies that were read again and hashed.
    public var bodies = 0
    public var alerts = 0
    /// Newest figures that were read a second time, by way of their histories.
    public var histories = 0
    /// Everything that is wrong, one sentence each, figures included.
    public var problems: [String] = []

    /// How many agencies of each measure are read a second time.
    static let sampledAgencies = 20

    public var isSound: Bool { problems.isEmpty }
}

extension Store {
    /// Reads everything once: SQLite's own structures, references between tables, every raw body against its SHA-256, every figure against the
    /// digest of its delivery, every alert against its last transition, and the rows of every other table against its seal.
    ///
    /// It reads on one snapshot beside a running daemon. When SQLite's own structures are broken it stops there.
    public func verify() throws(StoreError) -> StoreCheck {
        var check = StoreCheck()
        let (structures, references) = try read("checking the file") { db in
            let structures = try String.fetchAll(db, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
            let strangers = try GRDB.Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
                "table \(row["table"] as String): row \((row["rowid"] as Int64?).map(String.init) ?? "?") names a \(row["parent"] as String) that is not there"
            }
            return (structures, strangers + (structures.isEmpty ? try Seals.problems(db) : []))
        }
        check.problems = structures + references
        // A file whose structures are broken may answer anything, NULL where a column cannot be NULL among it, and reading that as a value ends the
        // program. What SQLite says is enough to know that a backup is needed.
        guard structures.isEmpty else { return check }
        do throws(StoreError) { try checkBodies(&check) } catch { check.problems.append(error.cause) }
        do throws(StoreError) { try checkAlerts(&check) } catch { check.problems.append(error.cause) }
        do throws(StoreError) { try checkHistories(&check) } catch { check.problems.append(error.cause) }
        do throws(StoreError) {
            check.figures = try checkCells()
            check.problems += check.figures.problems
        } catch {
            check.problems.append(error.cause)
        }
        return check
    }

    private func checkBodies(_ check: inout StoreCheck) throws(StoreError) {
        let found = try read("checking raw bytes") { db in
            var found: (count: Int, problems: [String]) = (0, [])
            let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT id, sha256, byte_count, deflated FROM body ORDER BY id")
            while let row = try rows.next() {
                found.count += 1
                do {
                    let sha256 = Blob(row["sha256"]).bytes
                    _ = try RawBytes.inflate(Blob(row["deflated"]).bytes, byteCount: row["byte_count"], sha256: sha256)
                } catch let refusal as Refusal {
                    found.problems.append("raw bytes \(row["id"] as Int64): \(refusal.cause)")
                }
            }
            return found
        }
        check.bodies = found.count
        check.problems += found.problems
    }

    /// Reads the newest figures of every measure the way readings do, and each of them again by its own history: two paths, one answer.
    private func checkHistories(_ check: inout StoreCheck) throws(StoreError) {
        let measures = try read("listing measures") { db in try codeBook(db).measureNumbers.keys.sorted() }
        for measure in measures {
            guard let newest = try newestDay(of: measure) else { continue }
            let table = try cells(of: [measure], in: DayRange(start: newest - 31, span: 32))
            let sample = table.agencies(with: measure).sorted().prefix(StoreCheck.sampledAgencies)
            for agency in sample {
                for cell in table[measure, agency] {
                    check.histories += 1
                    let last = try history(of: CellKey(agency: agency, measure: measure, range: cell.range)).last
                    if last?.value != cell.value || last?.delivery != cell.delivery {
                        check.problems.append("\(agency) \(measure) \(cell.range): it reads differently by its history")
                    }
                }
            }
        }
    }

    private func newestDay(of measure: MeasureID) throws(StoreError) -> Day? {
        try read("looking for the newest figure") { db in
            guard let number = try codeBook(db).measureNumbers[measure] else { return nil }
            var newest: Int64?
            for grain in try Grain.all(of: number, db) {
                let row = try Int64.fetchOne(db, sql: "SELECT max(start) FROM cell WHERE measure = ? AND span = ?", arguments: [number, grain.span])
                let packed = try BlockRows.packed(grain, starting: Grain.allStarts, db)?.upperBound
                newest = [newest, row, packed].compactMap { $0 }.max()
            }
            return newest.map { Day(number: Int($0)) }
        }
    }

    private func checkAlerts(_ check: inout StoreCheck) throws(StoreError) {
        let found = try read("checking alerts") { db in
            let rows = try GRDB.Row.fetchAll(
                db,
                sql: """
                    SELECT a.id, a.state, a.severity, t.to_state, t.severity AS told FROM alert a LEFT JOIN transition t ON t.id = (
                      SELECT max(id) FROM transition WHERE alert = a.id) ORDER BY a.id
                    """)
            let problems = rows.filter { row in
                (row["to_state"] as String?) != row["state"] as String || (row["told"] as String?) != row["severity"] as String
            }.map { "alert \($0["id"] as Int64): its state is not the one that its last transition led to" }
            return (count: rows.count, problems: problems)
        }
        check.alerts = found.count
        check.problems += found.problems
    }
}
