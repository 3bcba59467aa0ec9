import Model
import Store

/// What a store of cells means, written for obviousness: the list of everything that was recorded, replayed for every question.
struct SlowModel {
    struct Entry {
        let id: DeliveryID
        let recordedAt: Instant
        let observations: [Observation]
    }

    private(set) var entries: [Entry] = []

    mutating func record(_ id: DeliveryID, receivedAt: Instant, _ observations: [Observation]) {
        let recordedAt = max(receivedAt, entries.last?.recordedAt ?? receivedAt)
        entries.append(Entry(id: id, recordedAt: recordedAt, observations: observations))
    }

    /// Every value of every cell, oldest first, from the deliveries recorded at or before an instant.
    func revisions(asOf instant: Instant? = nil) -> [CellKey: [Revision]] {
        var revisions: [CellKey: [Revision]] = [:]
        for entry in entries where instant.map({ entry.recordedAt <= $0 }) ?? true {
            for observation in entry.observations {
                let revision = Revision(value: observation.value, delivery: entry.id, recordedAt: entry.recordedAt)
                let last = revisions[observation.cell]?.last
                if let last, last.value == observation.value { continue }
                if last?.delivery == entry.id { revisions[observation.cell]?.removeLast() }
                if let index = revisions[observation.cell]?.indices.last { revisions[observation.cell]?[index].replacedBy = entry.id }
                revisions[observation.cell, default: []].append(revision)
            }
        }
        return revisions
    }

    /// The cells that a question must be answered with.
    func cells(of measures: [MeasureID], in range: DayRange, agencies: Set<AgencyCode>?, asOf instant: Instant?) -> Set<PlacedCell> {
        var found: Set<PlacedCell> = []
        for (key, revisions) in revisions(asOf: instant) {
            guard let last = revisions.last, measures.contains(key.measure), range.contains(key.range), agencies?.contains(key.agency) ?? true else {
                continue
            }
            found.insert(PlacedCell(key: key, value: last.value, delivery: last.delivery))
        }
        return found
    }
}

/// A cell with its whole key, so that answers can be compared as sets.
struct PlacedCell: Hashable {
    let key: CellKey
    let value: Int64?
    let delivery: DeliveryID

    static func all(in table: CellTable, _ measures: [MeasureID]) -> [PlacedCell] {
        Set(measures).flatMap { measure in
            table.agencies(with: measure).flatMap { agency in
                table[measure, agency].map {
                    PlacedCell(key: CellKey(agency: agency, measure: measure, range: $0.range), value: $0.value, delivery: $0.delivery)
                }
            }
        }
    }
}
