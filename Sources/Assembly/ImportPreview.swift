import Ingest
import Model
import Reports
import Settings
import Store

/// What a file would change, worked out against the store as it is; the same file and the same figures give the same digest.
public struct ImportPreview: Sendable {
    /// What becomes of one observation.
    public struct Change: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case new, restated, unchanged
        }

        public let kind: Kind
        public let observation: Observation
        /// The value in force; nil when there is none, or when it is known to be unknown.
        public let before: Int64?
        /// Where it stands in the file.
        public let place: String
    }

    public let delivery: Delivery
    public let checked: Checked
    /// In the order of the file.
    public let changes: [Change]
    let core: CoreSettings
    let lines: Int

    init(_ delivery: Delivery, checked: Checked, places: [String], known: CellTable, core: CoreSettings, lines: Int) {
        self.delivery = delivery
        self.checked = checked
        self.core = core
        self.lines = lines
        let known = ImportPreview.values(of: checked.observations, in: known)
        changes = zip(checked.observations, places).map { observation, place in
            let cell = known[observation.cell]
            let kind: Change.Kind = cell.map { $0.value == observation.value ? .unchanged : .restated } ?? .new
            return Change(kind: kind, observation: observation, before: cell?.value, place: place)
        }
    }

    /// The stored cells of the series that are spoken of, each found at once.
    private static func values(of observations: [Observation], in known: CellTable) -> [CellKey: Cell] {
        var values: [CellKey: Cell] = [:]
        for series in Set(observations.map { Series(measure: $0.cell.measure, agency: $0.cell.agency) }) {
            for cell in known[series.measure, series.agency] {
                values[CellKey(agency: series.agency, measure: series.measure, range: cell.range)] = cell
            }
        }
        return values
    }

    private struct Series: Hashable {
        let measure: MeasureID
        let agency: AgencyCode
    }

    /// What the store says of a delivery when it is recorded as previewed.
    public var outcome: IngestOutcome {
        IngestOutcome(
            stored: changes.count { $0.kind == .new }, unchanged: changes.count { $0.kind == .unchanged },
            restated: changes.count { $0.kind == .restated }, refused: checked.findings.count { $0.kind.isRefusal })
    }

    /// Whether storing it would change a figure.
    public var changesFigures: Bool { changes.contains { $0.kind != .unchanged } }

    /// A name for what is said here; not a secret, only a way to notice that something else would be said now.
    public var digest: String {
        var fingerprint = Fingerprint()
        func add(_ text: String) { fingerprint.add(text.utf8 + [0]) }
        for change in changes {
            let cell = change.observation.cell
            add("\(change.kind.rawValue) \(cell) \(change.before.map(String.init) ?? "-") \(change.observation.value.map(String.init) ?? "-")")
        }
        for finding in checked.findings { add("\(finding.kind.rawValue) \(finding.place ?? "") \(finding.found ?? "")") }
        return fingerprint.digits
    }

    /// Whether the store, inside its transaction, has come to what is said here.
    public func isKept(by outcome: IngestOutcome, _ restatements: [Restatement]) -> Bool {
        let expected = changes.filter { $0.kind == .restated }
        guard outcome.stored == self.outcome.stored, outcome.restated == expected.count, restatements.count == expected.count else { return false }
        // By cell: the store works in an order of its own.
        let found = Dictionary(restatements.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
        return expected.allSatisfy { change in
            guard let restatement = found[change.observation.cell] else { return false }
            return restatement.old == change.before && restatement.new == change.observation.value
        }
    }

    /// As an answer: the counts, then what is refused, restated and new, line by line.
    public func document(_ state: ImportReport.State, delivery id: DeliveryID? = nil, language: Language) -> Document {
        let entries = changes.filter { $0.kind != .unchanged }.sorted { $0.kind == .restated && $1.kind == .new }.map { change in
            let cell = change.observation.cell
            return ImportReport.Entry(
                kind: change.kind == .restated ? .restated : .new, place: change.place, agency: cell.agency.text,
                name: core.register.agency(cell.agency, in: cell.range)?.name, measure: core.measures[cell.measure], range: cell.range,
                before: change.before, after: change.observation.value)
        }
        return ImportReport.document(
            ImportReport.Summary(
                state: state, file: delivery.origin?.file ?? "", source: delivery.source, by: delivery.origin?.by ?? "", delivery: id,
                outcome: outcome, digest: digest, isPlain: FileImport.isPlain(delivery.source)),
            entries: entries, findings: checked.findings, lines: lines, language: language)
    }
}
