import Model
import Settings
import Transport

/// Asks a system over HTTP or HTTPS, one request a window, and reads JSON, CSV or XLSX by a mapping in the source's file.
struct HTTPConnector: Connector {
    let request: RequestSettings
    let answer: AnswerSettings

    init(request: RequestSettings, answer: AnswerSettings) {
        self.request = request
        self.answer = answer
    }

    var measures: Set<String> { Set(answer.measures.map(\.measure)) }

    var agency: AgencyCode? { if case .constant(let code) = answer.subject { AgencyCode(code) } else { nil } }

    /// Nil when a block is missing or wrong; the problems are with the reader.
    init?(_ context: SourceContext, _ reader: SettingsReader) {
        let request = HTTPConnector.section("request", reader).flatMap { RequestSettings($0, context) }
        let answer = HTTPConnector.section("answer", reader).flatMap { AnswerSettings($0, context) }
        guard let request, let answer else { return nil }
        self.init(request: request, answer: answer)
    }

    func windows(from first: Day, through last: Day) -> [DayRange] {
        guard let range = DayRange(start: first, end: last + 1) else { return [] }
        switch request.each {
        case .range: return [range]
        case .day: return (0..<range.span).map { DayRange(range.start + $0) }
        case .month:
            // Only closed months: the figures of an open one would be stored as if they were the whole month's.
            var windows: [DayRange] = []
            var period = Period(.month, containing: range.start, scheme: request.scheme)
            while let month = period, month.end <= range.end {
                windows.append(month.range)
                period = month.next
            }
            return windows
        }
    }

    func requestKey(_ window: DayRange) -> String { "\(window) \(request.fingerprint)\(answer.fingerprint)" }

    func fetch(_ window: DayRange, using courier: Courier, known: KnownVersion?) async throws(ConnectorError) -> FetchResult {
        let question = try request.fetchRequest(for: window, known: known)
        let fetched: FetchAnswer
        do throws(TransportError) {
            fetched = try await courier.fetch(question)
        } catch {
            throw ConnectorError(error)
        }
        if fetched.status == 304, known != nil { return .unchanged }
        guard request.acceptedStatus.contains(fetched.status) else {
            throw ConnectorError(status: fetched.status, retryAfter: fetched.retryAfter, hasCredential: request.credential != .none)
        }
        let version = KnownVersion(entityTag: fetched.entityTag, lastModified: fetched.lastModified)
        return .answer(bytes: fetched.body, mediaType: fetched.mediaType, version: version)
    }

    func decode(_ delivery: Delivery) throws(DecodeError) -> [Result<Row, UnreadableRow>] { try answer.rows(in: delivery) }

    private static func section(_ key: String, _ reader: SettingsReader) -> SettingsReader? {
        if !reader.has(key) { reader.problem(nil, "'\(key)' is missing") }
        return reader.reader(key)
    }
}
