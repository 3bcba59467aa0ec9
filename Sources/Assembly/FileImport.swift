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
        let asked = try order.period.map { name throws(Failure) in try FileImport.range(name, order.scheme ?? reading.scheme, language) }
        let name = order.name.split(separator: "/").last.map(String.init) ?? order.name
        let delivery = Delivery(
            source: reading.source, receivedAt: now, bytes: order.file.bytes, mediaType: FileImport.mediaType(of: order.file.bytes), asked: asked,
            origin: ImportOrigin(by: String(order.by.prefix(100)), file: String(name.prefix(200))))
        let rows = try reading.rows(of: delivery, language)
        try FileImport.check(rows, of: delivery, language)
        let core = configuration.core
        do throws(StoreError) {
            let (checked, places) = try core.examine(rows, from: delivery.source, store: store, today: now.day)
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

    private static func range(_ name: PeriodName, _ scheme: PeriodScheme, _ language: Language) throws(Failure) -> DayRange {
        guard let period = name.period(in: scheme) else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese ? "không có kỳ \(name) theo \(scheme.rawValue)" : "there is no period \(name) in \(scheme.rawValue)")
        }
        return period.range
    }

    /// A period that was named holds for the whole file: a figure of other days means that it is another file than was thought.
    private static func check(_ rows: [Result<Row, UnreadableRow>], of delivery: Delivery, _ language: Language) throws(Failure) {
        // A line that is no row has no days to be outside.
        let read = rows.lazy.compactMap { try? $0.get() }
        guard let asked = delivery.asked, let row = read.first(where: { !asked.contains($0.range) }) else { return }
        let place = "\(delivery.origin?.file ?? ""): \(ImportReport.place(row.place, language))"
        throw Failure(
            .refused,
            language == .vietnamese
                ? "\(place): số liệu của \(row.range), nằm ngoài kỳ \(asked) đã nêu ở --period"
                : "\(place): a figure of \(row.range), outside \(asked) that --period says",
            hint: language == .vietnamese ? "bỏ --period, hoặc chọn đúng tệp" : "leave out --period, or choose the right file")
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
