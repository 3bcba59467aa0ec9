import Connectors
import Control
import Ingest
import Model
import Reports
import Settings
import Store

/// Brings an operator's file as far as a preview: read by a source's mapping, by one that comes with it, or by what it says itself.
public struct FileImport: Sendable {
    /// What deliveries of files are kept under that belong to no source.
    public static let prefix = "import:"

    /// Whether deliveries under this name were read by what they say themselves.
    static func isPlain(_ source: String) -> Bool { PlainFile.Kind.allCases.contains { prefix + $0.rawValue == source } }

    public let preview: ImportPreview

    public init(
        _ order: ImportOrder, configuration: Configuration, store: Store?, now: Instant, language: Language
    ) throws(Failure) {
        let reading = try FileReading(order, configuration: configuration, language: language)
        let name = order.name.split(separator: "/").last.map(String.init) ?? order.name
        let unasked = Delivery(
            source: reading.source, receivedAt: now, bytes: order.file.bytes, mediaType: FileImport.mediaType(of: order.file.bytes),
            origin: ImportOrigin(by: String(order.by.prefix(100)), file: String(name.prefix(200))))
        let core = configuration.core
        let (delivery, rows) = try reading.rows(of: unasked, over: order.period, scheme: order.scheme, measures: core.measures)
        do throws(StoreError) {
            let (checked, places) = try core.examine(
                rows, from: delivery.source, store: store, today: now.day, firstKept: core.firstKept(on: now.day))
            let known = try store.map { store throws(StoreError) in try FileImport.known(checked.observations, store) } ?? CellTable([:])
            preview = ImportPreview(delivery, checked: checked, places: places, known: known, core: core, lines: min(max(order.lines, 0), mostLines))
        } catch {
            throw Failure(error, language)
        }
    }

    /// The stored cells of exactly these observations, and of what lies between them.
    private static func known(_ observations: [Observation], _ store: Store) throws(StoreError) -> CellTable {
        guard let first = observations.map(\.cell.range.start).min(), let end = observations.map(\.cell.range.end).max() else {
            return CellTable([:])
        }
        return try store.cells(
            of: Set(observations.map(\.cell.measure)).sorted(), in: DayRange(start: first, span: end - first),
            agencies: Set(observations.map(\.cell.agency)))
    }

    private static func mediaType(of bytes: [UInt8]) -> String {
        switch PlainFile.kind(of: bytes) {
        case .form: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .csv: "text/csv"
        case .json: "application/json"
        }
    }
}

/// The most lines of a preview that travel over the socket.
private let mostLines = 100_000

extension Desk {
    func fileImport(_ order: ImportOrder) throws(Failure) -> FileImport {
        try FileImport(order, configuration: configuration, store: store, now: now, language: language)
    }
}
