import Control
import Model
import Reports
import Settings
import Store

extension Desk {
    /// How far each target has got.
    public func remoteWriteStatus() throws(Failure) -> Document {
        Document([.sheet(RemoteWriteReport.sheet(try remoteWriteEntries(), language: language))])
    }

    /// A configured target by its id.
    public func remoteWriteTarget(_ id: String) throws(Failure) -> RemoteWriteSettings {
        guard let target = core.province.remoteWrite.first(where: { $0.id == id }) else {
            throw unknown(
                LocalizedText(vietnamese: "đích remote write", english: "remote write target"), id, among: core.province.remoteWrite.map(\.id))
        }
        return target
    }

    func remoteWriteEntries() throws(Failure) -> [RemoteWriteEntry] {
        guard !core.province.remoteWrite.isEmpty else { return [] }
        let states = try reading { () throws(StoreError) in try store.remoteWriteStates() }
        let newest = try reading { () throws(StoreError) in try store.newestDelivery() }
        return core.province.remoteWrite.map { target in
            guard let state = states[target.id] else { return RemoteWriteEntry(id: target.id, url: target.url) }
            return RemoteWriteEntry(
                id: target.id, url: target.url, isKnown: true, pending: max(0, newest.number - state.cells.number), sent: state.sent,
                refused: state.refused, replayFrom: state.partial?.from, lastSuccess: state.lastSuccess, failures: state.failures,
                nextAttempt: state.nextAttempt, lastError: state.lastError)
        }
    }
}
