import Assembly
import Control
import Model
import Reports
import Store

extension FrontDesk {
    /// Makes, replaces, ends and lists tokens; nil for other requests.
    func tokens(_ request: Request, _ desk: Desk) async throws(Failure) -> Response? {
        switch request {
        case .tokenCreate(let order): return try await create(order, desk)
        case .tokenRotate(let order): return try await rotate(order, desk)
        case .tokenRevoke(let name, let actor): return try await revoke(name, actor, desk)
        case .tokenList:
            // The list shows uses of this minute too.
            do throws(StoreError) { try await office.writeUses() } catch { throw Failure(error, desk.language) }
            return nil
        default: return nil
        }
    }

    private func create(_ order: TokenOrder, _ desk: Desk) async throws(Failure) -> Response {
        guard Identifier.isValid(order.name) else {
            throw Failure(
                .invalidRequest,
                desk.language == .vietnamese ? "'\(order.name)' không dùng làm tên bên gửi được" : "'\(order.name)' is not a sender's name",
                hint: desk.language == .vietnamese
                    ? "tên gồm 1 đến 64 ký tự a-z, 0-9, '.', '_', '-' và bắt đầu bằng chữ cái"
                    : "names are 1 to 64 of a-z, 0-9, '.', '_', '-' and begin with a letter")
        }
        guard !order.scope.agencies.isEmpty else {
            throw Failure(.invalidRequest, desk.language == .vietnamese ? "chưa ghi cơ quan nào" : "no agency is named", hint: "--agency H52.07")
        }
        for agency in order.scope.agencies { _ = try desk.agency(agency) }
        for measure in order.scope.measures ?? [] { _ = try desk.measure(measure) }
        let now = time.now()
        let expires = try end(of: order.expires, now, desk)
        let earlier = try await kept(desk).filter { $0.sender.name == order.name }
        guard earlier.allSatisfy({ !$0.isAccepted(at: now) }) else {
            throw Failure(
                .refused,
                desk.language == .vietnamese ? "bên gửi '\(order.name)' đã có mã truy cập" : "the sender '\(order.name)' has a token already",
                hint: desk.language == .vietnamese
                    ? "đổi mã bằng dondoc tokens rotate \(order.name)" : "replace it with dondoc tokens rotate \(order.name)")
        }
        guard try await isFree(order, earlier, desk) else {
            throw Failure(
                .refused,
                desk.language == .vietnamese
                    ? "tên '\(order.name)' là của bên gửi với cơ quan hoặc chỉ tiêu khác"
                    : "the name '\(order.name)' is that of a sender for other agencies or measures",
                hint: desk.language == .vietnamese
                    ? "chọn tên khác: lần gửi và khóa Idempotency-Key đi theo tên"
                    : "choose another name: deliveries and idempotency keys go by it")
        }
        let sender = PushSender(name: order.name, scope: order.scope)
        return try await issue(to: sender, by: order.by, expires: expires, othersEnd: nil, at: now, desk)
    }

    private func isFree(_ order: TokenOrder, _ earlier: [PushToken], _ desk: Desk) async throws(Failure) -> Bool {
        let certified = (live.current.configuration.core.province.push?.senders ?? []).map(\.sender).filter { $0.name == order.name }
        let hasPushed: Bool
        do throws(StoreError) {
            hasPushed = try await store.reading { store throws(StoreError) in try store.lastPushes() }[order.name] != nil
        } catch {
            throw Failure(error, desk.language)
        }
        return FrontDesk.mayHaveName(order.scope, certified: certified.map(\.scope), earlier: earlier.map(\.sender.scope), hasPushed: hasPushed)
    }

    /// Whether a token of this scope may have a name: deliveries and idempotency keys go by it, so that whoever has pushed under it, and whoever
    /// does so by a certificate, must be of the same scope.
    static func mayHaveName(_ scope: PushScope, certified: [PushScope], earlier: [PushScope], hasPushed: Bool) -> Bool {
        guard certified.allSatisfy({ $0.isSame(as: scope) }) else { return false }
        // Of a name that pushed without any scope that is known a certificate was taken out of the settings: nobody knows for whom it was.
        return !hasPushed || (!(certified + earlier).isEmpty && earlier.allSatisfy { $0.isSame(as: scope) })
    }

    private func rotate(_ order: RotationOrder, _ desk: Desk) async throws(Failure) -> Response {
        let now = time.now()
        let ofSender = try await kept(desk).filter { $0.sender.name == order.name && $0.revokedAt == nil }
        guard let old = ofSender.last else { throw try await unknownSender(order.name, desk) }
        var expires = try end(of: order.expires, now, desk)
        // As long as the old one was made for, when nothing is said.
        if order.expires == nil, let end = old.expiresAt { expires = now + max(end - old.createdAt, .seconds(86_400)) }
        return try await issue(to: old.sender, by: order.by, expires: expires, othersEnd: now + max(order.grace, .zero), at: now, desk)
    }

    private func revoke(_ name: String, _ actor: AlertActor, _ desk: Desk) async throws(Failure) -> Response {
        guard actor.why.contains(where: { !$0.isWhitespace }) else {
            throw Failure(.invalidRequest, desk.language == .vietnamese ? "chưa ghi lý do" : "the reason is empty", hint: "--why")
        }
        let revoked: Int
        do throws(StoreError) {
            revoked = try await store.revokePushTokens(of: name, by: actor, at: time.now())
        } catch {
            throw Failure(error, desk.language)
        }
        guard revoked > 0 else { throw try await unknownSender(name, desk) }
        try await reload(desk)
        return .document(try desk.tokenList(all: true))
    }

    /// Makes a token; its text leaves the daemon here and nowhere else.
    private func issue(
        to sender: PushSender, by author: String, expires: Instant?, othersEnd: Instant?, at now: Instant, _ desk: Desk
    ) async throws(Failure) -> Response {
        let text = PushTokenText.random()
        let token = NewPushToken(
            sender: sender, prefix: PushTokenText.prefix(of: text), digest: TokenDigest(of: text), createdAt: now, createdBy: author,
            expiresAt: expires)
        do throws(StoreError) { try await store.add(token, othersEnd: othersEnd) } catch { throw Failure(error, desk.language) }
        try await reload(desk)
        return .document(
            Document([.sheet(NewTokenReport.sheet(text, of: sender, expires: expires, othersEnd: othersEnd, language: desk.language))]))
    }

    /// The end of a token's last day; refuses one that is over.
    private func end(of day: Day?, _ now: Instant, _ desk: Desk) throws(Failure) -> Instant? {
        guard let day else { return nil }
        guard day >= now.day else {
            throw Failure(.invalidRequest, desk.language == .vietnamese ? "ngày hết hạn \(day.vietnamese) đã qua" : "the last day \(day) is over")
        }
        return (day + 1).start
    }

    private func unknownSender(_ name: String, _ desk: Desk) async throws(Failure) -> Failure {
        let names = Set(try await kept(desk).filter { $0.revokedAt == nil }.map(\.sender.name))
        let nearest = TextFolding.nearest(to: name, among: names)
        return Failure(
            .unknownID,
            desk.language == .vietnamese ? "bên gửi '\(name)' không có mã truy cập nào" : "the sender '\(name)' has no token",
            hint: nearest.map { desk.language == .vietnamese ? "có phải là '\($0)'?" : "did you mean '\($0)'?" } ?? "dondoc tokens list --all")
    }

    private func kept(_ desk: Desk) async throws(Failure) -> [PushToken] {
        do throws(StoreError) {
            return try await store.reading { store throws(StoreError) in try store.pushTokens() }.map(\.token)
        } catch {
            throw Failure(error, desk.language)
        }
    }

    /// Lets the change hold from the next request on.
    private func reload(_ desk: Desk) async throws(Failure) {
        do throws(StoreError) {
            try await store.reading { [office] store throws(StoreError) in try office.tokens.reload(from: store) }
        } catch {
            throw Failure(error, desk.language)
        }
    }
}
