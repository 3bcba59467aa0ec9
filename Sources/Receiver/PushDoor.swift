import Logging
import Model
import PushFormats
import Settings

/// What happens to a request between the connection and the counter: who sends it, whether it may, how it is read. It holds no connection and no
/// socket, and decides nothing about figures.
struct PushDoor: Sendable {
    /// How long a sender waits when a bound of ours is reached.
    static let pause = Duration.seconds(5)

    let counter: any PushCounter
    let terms: TermsBox
    let gate: Gate
    let bench: DecodingBench
    let now: @Sendable () -> Instant

    /// Judges a header before anything of its body is read: limits, log-in, then everything else, so that strangers learn nothing.
    func admit(_ head: RequestHead) async -> Admission {
        let terms = terms.current
        do throws(PushProblem) {
            if let problem = gate.arrived(from: head.address, terms.limits, at: now()) { throw problem }
            if let flaw = head.flaw { throw PushProblem.malformedRequest(flaw) }
            guard let target = Target(head.uri) else { throw PushProblem.malformedRequest(.address) }
            guard let route = Route(path: target.path) else { throw PushProblem.notFound }
            guard route.methods.contains(head.method) else {
                throw PushProblem.methodNotAllowed(found: String(head.method.prefix(40)), allowed: route.methods)
            }
            if route.isOpen { return .answer(await open(route, head)) }
            let sender = try await sender(of: head, route, target, terms)
            if let problem = gate.arrived(sender, terms.limits, at: now()) { throw problem }
            if route.methods == ["POST"] { return .body(try ticket(head, route, target, sender, terms)) }
            return .answer(try await page(route, sender, terms, head.language))
        } catch {
            return .answer(.problem(error, head.dialect, head.language))
        }
    }

    /// Reads a body and hands it over; returns when the counter has it on disk.
    func answer(_ ticket: PushTicket, body: [UInt8]) async -> Answer {
        let limits = terms.current.limits
        do throws(PushProblem) {
            guard case .push(let order) = ticket.task else { return try InfluxStatement.answer(body, ticket.target) }
            let name = ticket.sender.name
            guard gate.enters(name, limits) else { throw busy() }
            defer { gate.leaves(name) }
            let observations = try await bench.read(body, order).get()
            defer { bench.answered(observations) }
            let push = Push(
                sender: ticket.sender, bytes: body, mediaType: ticket.mediaType, observations: observations, isAtomic: try ticket.isAtomic(),
                idempotencyKey: try ticket.idempotencyKey(), lastValueHolds: order.format.isSampled)
            do throws(PushTrouble) {
                return .receipt(try await counter.receive(push), ticket.dialect, ticket.language)
            } catch {
                throw PushProblem(error)
            }
        } catch {
            return .problem(error, ticket.dialect, ticket.language)
        }
    }

    /// The answer to a push for which there is no room; it is counted.
    func busy() -> PushProblem {
        counter.noteBusy()
        return .busy(retryAfter: PushDoor.pause)
    }

    private func open(_ route: Route, _ head: RequestHead) async -> Answer {
        if route == .influxPing { return Answer(204) }
        guard route == .readiness, await !counter.isReady() else { return .fine }
        return .problem(.busy(retryAfter: PushDoor.pause), .native, head.language)
    }

    private func page(
        _ route: Route, _ sender: PushSender, _ terms: ReceiverTerms, _ language: Language
    ) async throws(PushProblem) -> Answer {
        switch route {
        case .measures: return .measures(await counter.catalogue(for: sender))
        case .agencies: return .agencies(await counter.catalogue(for: sender))
        case .delivery(let text): return try await delivery(text, sender, language)
        default:
            guard terms.speaksForAll(sender) else { throw .forbidden }
            return try await metrics()
        }
    }

    private func delivery(_ text: String, _ sender: PushSender, _ language: Language) async throws(PushProblem) -> Answer {
        let earlier: EarlierPush?
        do throws(PushTrouble) {
            earlier = if let id = DeliveryID(text) { try await counter.receipt(of: id, for: sender) } else { nil }
        } catch {
            throw PushProblem(error)
        }
        guard let earlier else { throw .noSuchDelivery(String(text.prefix(40))) }
        return .delivery(earlier, language)
    }

    private func metrics() async throws(PushProblem) -> Answer {
        do throws(PushTrouble) {
            let page = try await counter.metrics()
            return Answer(200, mediaType: "text/plain; version=0.0.4; charset=utf-8", body: Array(page.utf8))
        } catch {
            throw PushProblem(error)
        }
    }

    // MARK: - Who

    private func sender(
        of head: RequestHead, _ route: Route, _ target: Target, _ terms: ReceiverTerms
    ) async throws(PushProblem) -> PushSender {
        let password = route == .influxV1 || route == .influxQuery ? target.value("p") : nil
        switch Credential(authorization: head.field("authorization"), password: password) {
        case .token(let token):
            if let sender = await counter.sender(token: token) { return sender }
            await fail(head, terms)
            throw .unknownToken
        case .unusable:
            await fail(head, terms)
            throw .unknownToken
        case .none:
            guard let subject = head.subject else { throw .notAuthenticated }
            if let sender = SubjectName(subject).flatMap({ terms.senders[$0] }) { return sender }
            await fail(head, terms)
            throw .unknownCertificate(subject: String(subject.prefix(200)))
        }
    }

    private func fail(_ head: RequestHead, _ terms: ReceiverTerms) async {
        gate.failedLogin(from: head.address, terms.limits, at: now())
        await counter.noteFailedLogin(from: head.address)
    }

    // MARK: - What

    private func ticket(
        _ head: RequestHead, _ route: Route, _ target: Target, _ sender: PushSender, _ terms: ReceiverTerms
    ) throws(PushProblem) -> PushTicket {
        let limits = terms.limits
        var task = PushTicket.Task.statement
        if route.isPush { task = .push(try order(head, route, target, sender, terms)) }
        let ticket = PushTicket(
            sender: sender, task: task, head: head, target: target, length: try length(of: head, limits), dialect: head.dialect,
            language: head.language)
        if route == .observations {
            try ticket.checkParameters()
            _ = try ticket.isAtomic()
            _ = try ticket.idempotencyKey()
        }
        if gate.isFull(for: sender.name, body: ticket.length ?? 1, limits) { throw busy() }
        return ticket
    }

    /// How long the body will be; nil when it comes in chunks.
    private func length(of head: RequestHead, _ limits: PushLimits) throws(PushProblem) -> Int? {
        guard let text = head.field("content-length") else {
            guard head.field("transfer-encoding") != nil else { throw .lengthRequired }
            return nil
        }
        guard let length = Int(text) else { throw .malformedRequest(.contentLength) }
        guard length <= limits.body else { throw .bodyTooLarge(most: limits.body) }
        return length
    }

    private func order(
        _ head: RequestHead, _ route: Route, _ target: Target, _ sender: PushSender, _ terms: ReceiverTerms
    ) throws(PushProblem) -> PushOrder {
        guard let format = route.format(mediaType: head.mediaType), !head.isNewerRemoteWrite else {
            throw .unsupportedMediaType(found: String((head.field("content-type") ?? "").prefix(80)), expected: route.mediaTypes)
        }
        let coding = (head.field("content-encoding") ?? "identity").lowercased()
        guard route.codings.contains(coding) || (route == .remoteWrite && coding == "identity") else {
            throw .unsupportedCoding(found: String(coding.prefix(40)), expected: route.codings)
        }
        return PushOrder(
            format: format, coding: ContentCoding(rawValue: coding) ?? .identity, sender: sender, limits: terms.limits,
            precision: target.value("precision"), receivedAt: now(), mapping: terms.mapping)
    }
}

extension PushFormat {
    /// Whether it is samples of a running system, of which the last in a period holds.
    var isSampled: Bool {
        switch self {
        case .json, .ndjson, .csv: false
        case .lineProtocol, .remoteWrite, .otlpJSON, .otlpProtobuf: true
        }
    }
}
