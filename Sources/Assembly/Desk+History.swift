import Control
import Model
import Reports
import Store

/// How many restatements are listed at most; the newest ones.
private let longestList = 500

/// No value covers more days than a year.
private let longestSpan = 366

extension Desk {
    /// Every value that was ever delivered for a day, by the day itself and by the longer intervals that hold it.
    func history(of measure: MeasureID, agency: AgencyCode, on day: Day, asOf: Instant?) throws(Failure) -> Document {
        let measure = try self.measure(measure)
        let agency = try self.agency(agency)
        let around = DayRange(start: day - (longestSpan - 1), span: 2 * longestSpan - 1)
        let entries = try reading { () throws(StoreError) -> [HistoryEntry] in
            let cells = try store.cells(of: [measure.id], in: around, agencies: [agency.code], asOf: asOf)[measure.id, agency.code]
            let former = try store.replacedRanges(of: measure.id, agency: agency.code, in: around)
            var entries: [HistoryEntry] = []
            for range in Set(cells.map(\.range) + former).filter({ $0.contains(day) }).sorted(by: { ($0.span, $0) < ($1.span, $1) }) {
                let revisions = try store.history(of: CellKey(agency: agency.code, measure: measure.id, range: range))
                    .filter { revision in asOf.map { revision.recordedAt <= $0 } ?? true }
                for revision in revisions {
                    // What took it away may have put nothing in its place, and the next value may have come long after.
                    let next = revisions.first { $0.delivery == revision.replacedBy }
                    let end = try revision.replacedBy.flatMap { id throws(StoreError) in try store.delivery(id) }
                    let endedAt = next?.recordedAt ?? end?.receivedAt
                    let isOver = endedAt.map { endedAt in asOf.map { endedAt <= $0 } ?? true } ?? false
                    entries.append(
                        HistoryEntry(
                            range: range, value: revision.value, recordedAt: revision.recordedAt, delivery: revision.delivery,
                            record: try store.delivery(revision.delivery), replacedAt: isOver ? endedAt : nil,
                            replacedBy: isOver ? revision.replacedBy : nil))
                }
            }
            return entries
        }
        return Document([.sheet(HistoryReport.sheet(entries, of: measure, agency: agency, on: day, asOf: asOf, language: language))])
    }

    /// Who changed which figure by how much.
    func restatements(_ query: RestatementQuery, onlyClosed: Bool) throws(Failure) -> Document {
        if let agency = query.agency { _ = try self.agency(agency) }
        if let measure = query.measure { _ = try self.measure(measure) }
        if let source = query.source { try requireSource(source) }
        let closing = core.closing
        let entries = try reading { () throws(StoreError) -> [RestatementEntry] in
            // One more than is shown tells whether there are more.
            let restatements = try store.restatements(query, limit: longestList + 1) { cell, at in
                !onlyClosed || closing.isClosed(cell, on: at.day)
            }
            var sources: [DeliveryID: String] = [:]
            for id in Set(restatements.map(\.by)) { sources[id] = try store.delivery(id)?.source }
            return restatements.map { restatement in
                RestatementEntry(
                    cell: restatement.cell, old: restatement.old, new: restatement.new, replaced: restatement.replaced, by: restatement.by,
                    at: restatement.at, source: sources[restatement.by], month: closing.month(of: restatement.cell),
                    isClosed: closing.isClosed(restatement.cell, on: restatement.at.day))
            }
        }
        let sheet = RestatementsReport.sheet(
            Array(entries.prefix(longestList)), measures: core.measures, register: core.register,
            limit: entries.count > longestList ? longestList : nil, asOf: query.until, language: language)
        return Document([.sheet(sheet)])
    }
}
