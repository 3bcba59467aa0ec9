import Connectors
import Control
import Model
import Reports
import Settings

/// By what a file is read: which mapping, under which source, and over which scheme its period lies.
struct FileReading {
    private enum Way {
        case source(Configuration.Source)
        case map(AnswerMap)
        case plain
    }

    /// What its delivery is kept under.
    let source: String
    /// The scheme of its measures where they agree, otherwise the calendar's.
    let scheme: PeriodScheme
    let language: Language
    private let way: Way

    init(_ order: ImportOrder, configuration: Configuration, language: Language) throws(Failure) {
        self.language = language
        let measures: Set<String>
        switch (order.source, order.map) {
        case (_?, _?):
            throw Failure(
                .invalidRequest,
                language == .vietnamese ? "chỉ dùng một trong --source và --map" : "--source and --map contradict each other: give one")
        case (let id?, nil):
            let found = try FileReading.source(id, configuration, language)
            way = .source(found)
            source = id
            measures = found.connector.measures
        case (nil, let map?):
            let read = try FileReading.map(map, configuration, language)
            way = .map(read)
            source = FileImport.prefix + read.id
            measures = read.measures
        case (nil, nil):
            way = .plain
            source = FileImport.prefix + PlainFile.kind(of: order.file.bytes).rawValue
            measures = []
        }
        let schemes = Set(measures.compactMap { MeasureID($0).flatMap { configuration.core.measures[$0]?.scheme } })
        scheme = schemes.count == 1 ? schemes.first ?? .calendar : .calendar
    }

    /// The rows of a file, or why it cannot be read, with what to do.
    func decode(_ delivery: Delivery) throws(Failure) -> [Result<Row, UnreadableRow>] {
        do throws(DecodeError) {
            switch way {
            case .source(let source): return try source.connector.decode(delivery)
            case .map(let map): return try map.decode(delivery)
            case .plain: return try PlainFile.decode(delivery)
            }
        } catch {
            let place = error.place.map { ": " + ImportReport.place($0, language) } ?? ""
            throw Failure(
                .refused, "\(delivery.origin?.file ?? "")\(place): \(error.problem(language))", hint: hint(language, hasPeriod: delivery.asked != nil)
            )
        }
    }

    private func hint(_ language: Language, hasPeriod: Bool) -> String {
        let isVietnamese = language == .vietnamese
        let period =
            hasPeriod
            ? "" : isVietnamese ? "; nếu tệp không ghi ngày, nêu kỳ bằng --period" : "; if it does not say its days, name the period with --period"
        switch way {
        case .source(let source):
            let id = source.settings.id
            return isVietnamese
                ? "tệp được đọc theo phần answer của nguồn '\(id)'\(period)" : "the file was read by the answer block of the source '\(id)'\(period)"
        case .map: return isVietnamese ? "tệp được đọc theo --map\(period)" : "the file was read by --map\(period)"
        case .plain:
            return isVietnamese
                ? "dondoc template viết sẵn tệp để điền; xem docs/import.md" : "dondoc template writes a file to fill in; see docs/import.md"
        }
    }

    private static func source(_ id: String, _ configuration: Configuration, _ language: Language) throws(Failure) -> Configuration.Source {
        if let found = configuration.sources.first(where: { $0.settings.id == id }) { return found }
        let nearest = TextFolding.nearest(to: id, among: configuration.sources.map(\.settings.id))
        throw language == .vietnamese
            ? Failure(.unknownID, "không có nguồn '\(id)'", hint: nearest.map { "có phải là '\($0)'?" } ?? "dondoc sources list")
            : Failure(.unknownID, "there is no source '\(id)'", hint: nearest.map { "did you mean '\($0)'?" } ?? "dondoc sources list")
    }

    private static func map(_ map: ImportOrder.Map, _ configuration: Configuration, _ language: Language) throws(Failure) -> AnswerMap {
        let problems = ProblemList()
        let read = AnswerMap(map.text, named: map.name, measures: configuration.core.measures, problems: problems)
        guard let read, problems.isEmpty else {
            throw Failure(
                .refused, problems.problems.map(\.description).joined(separator: "\n"),
                hint: language == .vietnamese ? "docs/import.md nêu cách viết một bảng ánh xạ" : "docs/import.md says how a map is written")
        }
        return read
    }
}
