import Assembly
import Connectors
import Control
import Logging
import Model
import Prometheus
import Reports
import Store
import Transport

/// Answers the control socket: questions at the desk, and the few requests that make the daemon act.
struct FrontDesk: Sendable {
    let live: LiveConfiguration
    let store: Store
    let courier: Courier
    let runner: CycleRunner
    let health: Health
    let time: TimeSource
    let startedAt: Instant
    /// Wakes the sending of copies to other stores.
    let remoteWriteBell: Bell
    let office: PushOffice
    /// Wakes the reading of the mailbox.
    let mailboxBell: Bell
    let logger: Logger

    func answer(_ envelope: Envelope) async -> Response {
        let state = live.current
        let desk = Desk(configuration: state.configuration, store: store, language: envelope.language, now: time.now())
        do throws(Failure) {
            switch envelope.request {
            case .status: return .document(try await status(desk, state))
            case .sourcesRun(let id): return .document(try run(id, days: nil, desk))
            case .sourcesBackfill(let id, let from, let through):
                let days = try backfillDays(id, from, through, desk)
                return .document(try run(id, days: days, desk))
            case .sourcesTest(let id, nil): return .document(try await trial(id, desk, state.configuration))
            case .outboxRetry(let id): return .document(try await retry(id, desk))
            case .importCommit(let order, let digest): return .document(try await commit(order, digest: digest, desk))
            case .metrics:
                do throws(StoreError) {
                    return .bytes(Payload(Array(try await metrics(.prometheus, known: nil).text.utf8)))
                } catch {
                    return .failure(Failure(error, desk.language))
                }
            case .rulesDiff(let texts):
                return .document(try await offThePool(desk) { Result { () throws(Failure) in try desk.difference(replacing: texts) } }.get())
            case .remoteWriteReplay(let id, let from): return .document(try await replay(id, from: from, desk))
            default:
                if let response = try await urging(envelope.request, desk) { return response }
                if let response = try await tokens(envelope.request, desk) { return response }
                if let response = try await mailbox(envelope.request, desk) { return response }
                return try await offThePool(desk) { desk.answer(envelope.request) }
            }
        } catch {
            return .failure(error)
        }
    }

    private func status(_ desk: Desk, _ state: LiveConfiguration.State) async throws(Failure) -> Document {
        let facts = facts(state)
        let result = try await offThePool(desk) {
            do throws(Failure) { return Result<Document, Failure>.success(try desk.status(daemon: facts)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The page for scrapers, off the cooperative pool because the store is read.
    func metrics(_ format: Exposition, known: FigureFamilies?) async throws(StoreError) -> (text: String, figures: FigureFamilies) {
        let state = live.current
        let facts = facts(state)
        let desk = Desk(configuration: state.configuration, store: store, language: .english, now: time.now())
        return try await store.reading { _ throws(StoreError) in try desk.metrics(format, daemon: facts, known: known) }
    }

    private func facts(_ state: LiveConfiguration.State) -> DaemonFacts {
        let health = health.current
        var facts = DaemonFacts(
            startedAt: startedAt, loadedAt: state.loadedAt, reloadRefusedAt: state.failed?.at, reloadProblems: state.failed?.problems ?? [],
            storeError: health.lastError)
        facts.waitsForRestart = state.waitsForRestart
        facts.pushTrouble = health.pushTrouble
        facts.passes = health.passes
        facts.lastPassEnded = health.lastPassEnded
        facts.pushes = state.configuration.core.province.push == nil ? nil : office.tally.current
        facts.pushesWaiting = office.commits.waiting
        facts.failedLogins = office.logins.entries(at: time.now()).map {
            FailedLoginEntry(address: $0.address, count: $0.count, last: $0.last)
        }
        return facts
    }

    private func replay(_ id: String, from day: Day, _ desk: Desk) async throws(Failure) -> Document {
        _ = try desk.remoteWriteTarget(id)
        let state: RemoteWriteState?
        do throws(StoreError) { state = try await store.replayRemoteWrite(id, from: day) } catch { throw Failure(error, desk.language) }
        guard state != nil else {
            throw Failure(
                .refused,
                desk.language == .vietnamese ? "đích '\(id)' chưa được gửi lần nào" : "nothing has been sent to the target '\(id)' yet",
                hint: desk.language == .vietnamese ? "đặt backfill_from cho đích trước khi gửi lần đầu" : "it begins with its backfill_from by itself"
            )
        }
        remoteWriteBell.ring()
        return try await offThePool(desk) { Result { () throws(Failure) in try desk.remoteWriteStatus() } }.get()
    }

    private func run(_ id: String, days: DayRange?, _ desk: Desk) throws(Failure) -> Document {
        let source = try desk.source(id)
        guard source.settings.isEnabled else {
            throw Failure(
                .refused, desk.language == .vietnamese ? "nguồn '\(id)' đang tắt" : "the source '\(id)' is disabled",
                hint: desk.language == .vietnamese ? "đặt enabled: true trong tệp nguồn rồi nạp lại" : "set enabled: true in its file and reload")
        }
        runner.order(PullOrder(source: id, days: days))
        return Document([.sheet(RunReport.sheet(source: id, days: days, language: desk.language))])
    }

    private func backfillDays(_ id: String, _ from: Day?, _ through: Day?, _ desk: Desk) throws(Failure) -> DayRange {
        let source = try desk.source(id)
        guard let first = from ?? source.settings.backfillFrom else {
            throw Failure(
                .invalidRequest,
                desk.language == .vietnamese ? "nguồn '\(id)' không có backfill_from" : "the source '\(id)' has no backfill_from",
                hint: desk.language == .vietnamese ? "cho biết ngày đầu bằng --from" : "give the first day with --from")
        }
        let yesterday = time.now().day - 1
        guard let days = DayRange(start: first, end: min(through ?? yesterday, yesterday) + 1) else {
            throw Failure(
                .invalidRequest, desk.language == .vietnamese ? "ngày đầu ở sau ngày cuối" : "the first day is after the last",
                hint: desk.language == .vietnamese ? "ngày cuối muộn nhất là \(yesterday.vietnamese)" : "the last day is \(yesterday) at the latest")
        }
        return days
    }

    /// Asks the source for its newest days and shows what would be stored.
    private func trial(_ id: String, _ desk: Desk, _ configuration: Configuration) async throws(Failure) -> Document {
        let source = try desk.source(id)
        let trial = SourceTrial(configuration: configuration, store: store, today: time.now().day)
        guard let window = trial.newestWindow(of: source) else {
            throw Failure(.refused, desk.language == .vietnamese ? "nguồn chưa có kỳ nào để hỏi" : "there are no days to ask this source for")
        }
        let fetched: FetchResult
        do throws(ConnectorError) {
            fetched = try await source.connector.fetch(window, using: courier, known: nil)
        } catch {
            throw Failure(.failed, error.description)
        }
        guard case .answer(let bytes, _, _) = fetched else {
            throw Failure(.failed, desk.language == .vietnamese ? "nguồn không trả dữ liệu" : "the source answered without data")
        }
        return try trial.document(source, bytes: bytes, language: desk.language)
    }

    private func retry(_ id: Int64, _ desk: Desk) async throws(Failure) -> Document {
        let isQueued: Bool
        do throws(StoreError) {
            isQueued = try await store.requeue(id, at: time.now())
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        guard isQueued else {
            throw Failure(
                .refused, desk.language == .vietnamese ? "thư số \(id) đã được gửi" : "letter \(id) has been sent",
                hint: desk.language == .vietnamese ? "xem bằng dondoc outbox show \(id)" : "see dondoc outbox show \(id)")
        }
        runner.wake()
        guard case .document(let document) = desk.answer(.outboxShow(id: id)) else { return Document([]) }
        return document
    }

    /// Runs what blocks while the store reads on a thread outside the cooperative pool.
    private func offThePool<Answer: Sendable>(_ desk: Desk, _ body: @escaping @Sendable () -> Answer) async throws(Failure) -> Answer {
        do throws(StoreError) {
            return try await store.reading { _ throws(StoreError) -> Answer in body() }
        } catch {
            throw Failure(error, desk.language)
        }
    }
}
