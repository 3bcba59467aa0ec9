import Control
import Model
import Reports
import Store

extension Desk {
    /// The configured ways out in the order of the file, and how they fare.
    func wayOutEntries() throws(Failure) -> [WayOutEntry] {
        guard !core.province.waysOut.isEmpty else { return [] }
        let (states, waiting) = try reading { () throws(StoreError) in (try store.wayOutStates(), try store.eventsWaiting()) }
        return core.province.waysOut.map { way in
            WayOutEntry(id: way.id, kind: way.kind.rawValue, url: way.url, waiting: waiting[way.id] ?? 0, state: states[way.id])
        }
    }
}
