import GRDB
import Model

extension Store {
    /// The newest delivery that had been recorded by an instant, 0 before the first.
    public func newestDelivery(until instant: Instant) throws(StoreError) -> DeliveryID {
        try read("looking for the newest delivery of a day") { db in DeliveryID(try DeliveryRows.last(at: instant, db)) }
    }
}

extension Store {
    /// The measures that were ever delivered in intervals longer than a day.
    public func measuresInLongerIntervals() throws(StoreError) -> Set<MeasureID> {
        try read("reading how long intervals are") { db in
            let names = try String.fetchAll(
                db.cachedStatement(sql: "SELECT DISTINCT m.name FROM grain g JOIN measure m ON m.id = g.measure WHERE g.span > 1"))
            return Set(names.compactMap { MeasureID($0) })
        }
    }
}
