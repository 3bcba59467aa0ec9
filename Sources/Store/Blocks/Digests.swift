import GRDB

/// Gives the deliveries of a file that knew no digests theirs, from the rows they brought.
enum Digests {
    static func write(_ db: Database) throws {
        var sums: [Int64: UInt64] = [:]
        for table in ["cell", "cell_history"] {
            let statement = try BoundStatement(db, "SELECT measure, span, start, agency, value, delivery FROM \(table)")
            while try statement.step() {
                let key = (
                    measure: statement.integer(0), span: statement.integer(1), start: statement.integer(2), agency: statement.integer(3)
                )
                sums[statement.integer(5), default: 0] &+= CellDigest.of(key, statement.optionalInteger(4))
            }
        }
        let update = try BoundStatement(db, "UPDATE delivery SET digest = ?1 WHERE id = ?2")
        for (delivery, sum) in sums {
            update.bind(Int64(bitPattern: sum), delivery)
            try update.run()
        }
    }
}
