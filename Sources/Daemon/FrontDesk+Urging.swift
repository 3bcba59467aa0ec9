import Assembly
import Control
import Model
import Reports
import Rules
import Settings
import Store

/// The most bytes that the evidence of an answer may have.
private let mostEvidence = 20_000_000

extension FrontDesk {
    /// Does what an operator says about alerts, silences, answers and held letters; nil for other requests.
    func urging(_ request: Request, _ desk: Desk) async throws(Failure) -> Response? {
        switch request {
        case .alertOrder(let key, let order, let actor): return try await self.order(order, key, actor, desk)
        case .alertComment(let key, let text, let author): return try await note(.comment, text, key, author, desk)
        case .alertAssign(let key, let assignee, let author): return try await note(.assign, assignee, key, author, desk)
        case .silenceAdd(let order): return try await silence(order, desk)
        case .silenceExpire(let id, let author): return try await expire(id, author, desk)
        case .remediationAdd(let order): return try await answer(order, desk)
        case .lettersRelease(let isDropped): return try await release(dropping: isDropped, desk)
        case .letterTest(let address, let kind): return try await test(kind, to: address, desk)
        case .retract(let id, let actor): return try await retract(id, actor, desk)
        default: return nil
        }
    }

    private func order(_ order: AlertOrder, _ key: AlertKey, _ actor: AlertActor, _ desk: Desk) async throws(Failure) -> Response {
        try require(actor.why, as: "--why", desk)
        let alert = try await store(desk) { store throws(StoreError) in try store.alerts().first { $0.key == key } }
        var machine = AlertMachine(key: key, alert: alert)
        let transition: Transition
        do throws(AlertOrder.Refused) {
            transition = try machine.handle(order, by: actor, at: time.now())
        } catch {
            guard let state = error.state else {
                throw Failure(
                    .unknownID, desk.language == .vietnamese ? "không có cảnh báo '\(key)'" : "there is no alert '\(key)'", hint: "dondoc alerts list"
                )
            }
            throw Failure(
                .refused,
                desk.language == .vietnamese
                    ? "cảnh báo đang ở trạng thái '\(state.title(.vietnamese))' nên không làm được việc này"
                    : "the alert is \(state.title(.english).lowercased()), so this cannot be done to it",
                hint: "dondoc alerts show \(key)")
        }
        let events = EventWriter(configuration: live.current.configuration).events(ofOrder: transition)
        do throws(StoreError) { try await self.store.apply(transition, events: events) } catch { throw Failure(error, desk.language) }
        runner.judgeSoon()
        return desk.answer(.alertsShow(key: key))
    }

    private func note(
        _ kind: AlertNote.Kind, _ text: String, _ key: AlertKey, _ author: String, _ desk: Desk
    ) async throws(Failure) -> Response {
        try require(text, as: kind == .assign ? "--to" : "TEXT", desk)
        do throws(StoreError) {
            try await store.note(AlertNote(at: time.now(), author: author, kind: kind, text: text), at: key)
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        return desk.answer(.alertsShow(key: key))
    }

    private func silence(_ order: SilenceOrder, _ desk: Desk) async throws(Failure) -> Response {
        try require(order.by.why, as: "--why", desk)
        let now = time.now()
        let from = order.from ?? now
        guard from < order.until, now < order.until else {
            throw Failure(
                .invalidRequest,
                desk.language == .vietnamese ? "thời điểm kết thúc đã qua hoặc ở trước lúc bắt đầu" : "the end is over or before the beginning",
                hint: "--until 2026-12-31")
        }
        if let agency = order.scope.agency { _ = try desk.agency(agency) }
        let alerts = try await store(desk) { store throws(StoreError) in try store.alerts() }
        try desk.requireNames(rule: order.scope.rule, subject: order.scope.subject, alerts: alerts.filter(\.state.isOpen))
        do throws(StoreError) {
            _ = try await store.add(Silence(scope: order.scope, from: from, until: order.until, actor: order.by, createdAt: now))
        } catch {
            throw Failure(error, desk.language)
        }
        runner.judgeSoon()
        return desk.answer(.silenceList(all: false))
    }

    private func expire(_ id: Int64, _ author: String, _ desk: Desk) async throws(Failure) -> Response {
        let isEnded: Bool
        do throws(StoreError) {
            isEnded = try await store.expire(silence: id, by: author, at: time.now())
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        guard isEnded else {
            throw Failure(.refused, desk.language == .vietnamese ? "lệnh tạm dừng số \(id) đã hết" : "silence \(id) is over already")
        }
        runner.judgeSoon()
        return desk.answer(.silenceList(all: false))
    }

    private func answer(_ order: RemediationOrder, _ desk: Desk) async throws(Failure) -> Response {
        let saysNothing = (order.cause + order.plan).allSatisfy(\.isWhitespace) && order.due == nil && order.evidenceName == nil
        guard !saysNothing else {
            throw Failure(
                .invalidRequest, desk.language == .vietnamese ? "giải trình chưa có nội dung nào" : "the answer says nothing",
                hint: desk.language == .vietnamese
                    ? "ghi ít nhất một trong --cause, --plan, --due, --evidence" : "give at least one of --cause, --plan, --due and --evidence")
        }
        if let due = order.due { try require(promise: due, desk) }
        if let evidence = order.evidence, evidence.bytes.count > mostEvidence {
            throw Failure(
                .refused,
                desk.language == .vietnamese
                    ? "tài liệu lớn hơn \(mostEvidence / 1_000_000) MB" : "the document is larger than \(mostEvidence / 1_000_000) MB",
                hint: desk.language == .vietnamese ? "lưu nơi khác và ghi nơi lưu vào --plan" : "keep it elsewhere and name the place in --plan")
        }
        let evidence = order.evidenceName.map { Remediation.Evidence(name: $0, byteCount: 0, sha256: "") }
        let remediation = Remediation(
            key: order.key, at: time.now(), enteredBy: order.by, cause: order.cause, plan: order.plan, due: order.due, evidence: evidence)
        do throws(StoreError) {
            _ = try await store.add(remediation, evidence: order.evidence?.bytes)
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        return desk.answer(.alertsShow(key: order.key))
    }

    private func release(dropping isDropped: Bool, _ desk: Desk) async throws(Failure) -> Response {
        let held: Int
        do throws(StoreError) {
            held = try await store.releaseHeldLetters(dropping: isDropped, at: time.now())
        } catch {
            throw Failure(error, desk.language)
        }
        guard held > 0 else {
            throw Failure(.refused, desk.language == .vietnamese ? "không có thư nào đang chờ phê duyệt" : "no letters wait for your word")
        }
        runner.judgeSoon()
        let text =
            switch (isDropped, desk.language) {
            case (false, .vietnamese): "\(held) thư sẽ được viết và gửi ngay; xem bằng dondoc outbox list."
            case (false, .english): "\(held) letters are being written and sent; see dondoc outbox list."
            case (true, .vietnamese):
                "Đã bỏ \(held) thư; những gì chưa từng báo chỉ được báo khi có điều mới, thời hạn các bước đôn đốc khác tính lại từ hôm nay."
            case (true, .english):
                "\(held) letters were dropped; what was never told is told when there is something new, and the days to other steps count from today."
            }
        return .document(Document([.text(text)]))
    }

    /// Puts an invented letter into the outbox, so that it takes the way of every letter.
    private func test(_ kind: String?, to address: String, _ desk: Desk) async throws(Failure) -> Response {
        guard MailAddress.isAddress(address) else {
            throw Failure(
                .invalidRequest,
                desk.language == .vietnamese ? "'\(address)' không phải là địa chỉ thư điện tử" : "'\(address)' is not an e-mail address")
        }
        let written = try desk.sampleLetter(kind, to: address)
        let signer = live.current.configuration.letterSigner
        let letter = try await signed(written, by: signer, desk)
        do throws(StoreError) {
            try await store.commit(Judgement(letters: [Judgement.Telling(letter, of: [])], at: time.now()))
        } catch {
            throw Failure(error, desk.language)
        }
        runner.wake()
        let text =
            desk.language == .vietnamese
            ? "Thư thử đã vào hàng chờ gửi tới \(address); xem kết quả bằng dondoc outbox list."
            : "The test letter is on its way to \(address); dondoc outbox list shows what becomes of it."
        return .document(Document([.text(text)]))
    }

    /// Signing waits for another program, so it is done off the pool.
    private func signed(_ letter: Letter, by signer: LetterSigner?, _ desk: Desk) async throws(Failure) -> Letter {
        guard let signer else { return letter }
        let result: Result<Letter, Failure>
        do throws(StoreError) {
            result = try await store.reading { _ throws(StoreError) in
                do throws(Failure) { return .success(try signer.signed(letter)) } catch { return .failure(error) }
            }
        } catch {
            throw Failure(error, desk.language)
        }
        switch result {
        case .success(let letter): return letter
        case .failure(let failure): throw failure
        }
    }

    private func retract(_ id: DeliveryID, _ actor: AlertActor, _ desk: Desk) async throws(Failure) -> Response {
        try require(actor.why, as: "--why", desk)
        let now = time.now()
        let configuration = live.current.configuration
        let retracted: Retracted
        do throws(StoreError) {
            retracted = try await store.retract(id, by: actor, at: now) { Pull.doubts($0, source: "retraction", day: now.day, configuration) }
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        runner.judgeSoon()
        return .document(
            Document([
                .sheet(
                    RetractionReport.sheet(
                        of: id, by: retracted.id, restored: retracted.restored, removed: retracted.removed, superseded: retracted.superseded,
                        confirmed: (retracted.confirmations.count, retracted.confirmations.newest), language: desk.language))
            ]))
    }

    /// A promise holds reminders until its day, so it lies ahead, and no farther than one that is read from a mail.
    private func require(promise due: Day, _ desk: Desk) throws(Failure) {
        let today = time.now().day
        guard due >= today else {
            throw Failure(
                .invalidRequest, desk.language == .vietnamese ? "ngày cam kết \(due.vietnamese) đã qua" : "the promised day \(due) is over")
        }
        let last = today + Remediation.furthestPromise
        guard due <= last else {
            throw Failure(
                .invalidRequest,
                desk.language == .vietnamese
                    ? "ngày cam kết \(due.vietnamese) quá xa" : "the promised day \(due) is too far ahead",
                hint: desk.language == .vietnamese ? "muộn nhất là ngày \(last.vietnamese)" : "\(last) at the latest")
        }
    }

    /// Every order says why, because the next person reads it. `name` is what the command line calls it.
    private func require(_ why: String, as name: String, _ desk: Desk) throws(Failure) {
        guard why.contains(where: { !$0.isWhitespace }) else {
            throw Failure(
                .invalidRequest, desk.language == .vietnamese ? "chưa ghi lý do hoặc nội dung" : "the reason or text is empty", hint: name)
        }
    }

    private func store<Answer: Sendable>(
        _ desk: Desk, _ body: @escaping @Sendable (Store) throws(StoreError) -> Answer
    ) async throws(Failure) -> Answer {
        do throws(StoreError) { return try await store.reading(body) } catch { throw Failure(error, desk.language) }
    }
}
