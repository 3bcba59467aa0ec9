import Control
import Model
import Reports
import Settings
import Store

/// Answers what can be asked without changing anything, from a configuration and a store: behind the daemon's socket and behind
/// `dondoc --database` alike.
public struct Desk: Sendable {
    /// The version of dondoc; it follows CHANGELOG.md.
    public static let version = "0.1.0"

    let configuration: Configuration
    let store: Store
    public let language: Language
    let now: Instant

    public init(configuration: Configuration, store: Store, language: Language, now: Instant) {
        self.configuration = configuration
        self.store = store
        self.language = language
        self.now = now
    }

    var core: CoreSettings { configuration.core }
    var today: Day { now.day }

    /// The day on which a question as of an instant is answered: what was open then is open in the answer.
    func today(asOf instant: Instant?) -> Day { instant.map { min($0, now).day } ?? today }

    /// The answer to a question that only reads; the daemon answers the others itself and never passes them on.
    public func answer(_ request: Request) -> Response {
        do throws(Failure) {
            return try found(request)
        } catch {
            return .failure(error)
        }
    }

    private func found(_ request: Request) throws(Failure) -> Response {
        switch request {
        case .status: .document(try status(daemon: nil))
        case .sourcesList: .document(try sourcesList())
        case .sourcesShow(let id): .document(try sourcesShow(id))
        case .sourcesTest(let id, let sample): .document(try sourcesTest(id, sample: sample))
        case .agenciesList(let day, let level): .document(agenciesList(on: day, level: level))
        case .agenciesShow(let code): .document(try agenciesShow(code))
        case .agenciesTree(let day): .document(agenciesTree(on: day))
        case .agenciesHistory(let code): .document(try agenciesHistory(code))
        case .rollup(let question): .document(try rollup(question))
        case .indicatorsList: .document(indicatorsList())
        case .indicatorsShow(let id): .document(try indicatorsShow(id))
        case .series(let agency, let measure, let from, let through, let asOf):
            .document(try series(of: measure, agency: agency, from: from, through: through, asOf: asOf))
        case .readings(let agency, let indicator, let period, let scheme, let asOf):
            .document(try readings(of: agency, indicator: indicator, over: period, scheme: scheme, asOf: asOf))
        case .rank(let indicator, let period, let scheme, let level, let asOf):
            .document(try rank(indicator, over: period, scheme: scheme, level: level, asOf: asOf))
        case .trend(let question): .document(try trend(question))
        case .history(let agency, let measure, let day, let asOf):
            .document(try history(of: measure, agency: agency, on: day, asOf: asOf))
        case .restatements(let since, let agency, let measure, let source, let closed, let asOf):
            .document(
                try restatements(
                    RestatementQuery(since: since, until: asOf, agency: agency, measure: measure, source: source), onlyClosed: closed))
        case .explain(let indicator, let agency, let period, let scheme, let asOf):
            .document(try explain(indicator, of: agency, over: period, scheme: scheme, asOf: asOf))
        case .alertsList(let state, let agency, let all, let asOf, let filter):
            .document(try alertsList(state: state, agency: agency, all: all, asOf: asOf, filter: filter ?? AlertFilter()))
        case .alertsChanges(let since): .document(try alertsChanges(since: since))
        case .rulesDiff(let texts): .document(try filedDifference(replacing: texts))
        case .silenceList(let all): .document(try silenceList(all: all))
        case .remediationList(let overdue, let agency): .document(try remediationList(overdue: overdue, agency: agency))
        case .remediationEvidence(let id): .bytes(try remediationEvidence(id))
        case .letterPreview(let question): try letterPreview(question)
        case .alertsShow(let key, let asOf): .document(try alertsShow(key, asOf: asOf))
        case .alertsExplain(let key, let asOf): .document(try alertsExplain(key, asOf: asOf))
        case .findingsList(let kind, let source, let since, let asOf):
            .document(try findingsList(kind: kind, source: source, since: since, asOf: asOf))
        case .outboxList(let state): .document(try outboxList(state: state))
        case .outboxShow(let id): .document(try outboxShow(id))
        case .deliveriesList(let source, let limit): .document(try deliveriesList(source: source, limit: limit))
        case .deliveryShow(let id, let raw): try deliveryShow(id, raw: raw)
        case .calendarShow(let year): .document(try Desk.calendar(core.calendar, year: year, language: language))
        case .mailboxStatus: .document(try mailboxStatus())
        case .answersList(let all, let agency): .document(try answersList(all: all, agency: agency))
        case .answersShow(let id): .document(try answersShow(id))
        case .answersFile(let id, let number): .bytes(try answersFile(id, number: number))
        case .contactsList: .document(try contactsList())
        case .importPreview(let order): .document(try fileImport(order).preview.document(.previewed, language: language))
        case .importForm(let question): .bytes(try importForm(question))
        case .tokenList(let all): .document(try tokenList(all: all))
        case .metrics: try metrics()
        case .remoteWriteStatus: .document(try remoteWriteStatus())
        case .sourcesRun, .sourcesBackfill, .outboxRetry, .remoteWriteReplay, .alertOrder, .alertComment, .alertAssign, .silenceAdd, .silenceExpire,
            .remediationAdd, .lettersRelease, .letterTest, .retract, .importCommit,
            .tokenCreate, .tokenRevoke, .tokenRotate, .mailboxRun, .answersAssign, .contactsClear:
            throw onlyTheDaemon
        }
    }

    private var onlyTheDaemon: Failure {
        Failure(
            .refused,
            language == .vietnamese ? "chỉ dondocd đang chạy mới làm được việc này" : "only a running dondocd can do this",
            hint: language == .vietnamese
                ? "bỏ --database và kiểm tra dịch vụ: systemctl status dondocd" : "leave out --database; systemctl status dondocd")
    }

    /// Reads from the store, turning what it could not do into an answer.
    func reading<Answer>(_ body: () throws(StoreError) -> Answer) throws(Failure) -> Answer {
        do throws(StoreError) {
            return try body()
        } catch {
            throw Failure(error, language)
        }
    }

    /// The failure for an id that nothing has, with the one that was probably meant.
    func unknown(_ what: LocalizedText, _ id: String, among known: some Sequence<String>) -> Failure {
        let nearest = TextFolding.nearest(to: id, among: known)
        return switch language {
        case .vietnamese: Failure(.unknownID, "không có \(what.vietnamese) '\(id)'", hint: nearest.map { "có phải là '\($0)'?" } ?? "")
        case .english: Failure(.unknownID, "there is no \(what.english) '\(id)'", hint: nearest.map { "did you mean '\($0)'?" } ?? "")
        }
    }
}

extension Failure {
    /// What the store could not do, as an answer: the operation and the cause, without the path that its own description begins with.
    public init(_ error: StoreError, _ language: Language, code: Code = .failed) {
        self.init(code, error.message(language), hint: error.hint(language))
    }

    /// Why a file could not be opened as a store, as an answer that names it.
    public init(opening error: StoreError, _ language: Language) {
        self.init(.failed, "\(error.path): \(error.cause(language))", hint: error.hint(language))
    }
}
