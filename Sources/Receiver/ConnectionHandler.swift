import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Settings

/// One connection: HTTP/1.1 in and out, by the machine `Conversation`. An idle connection holds no task and no thread; a body is held in
/// memory once, counted by the `Gate`, and never beyond its bounds. Everything here runs on the connection's event loop.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// What came while a request is being answered, and must not overtake it.
    private enum Waiting {
        case part(HTTPServerRequestPart)
        /// What came behind those parts is no HTTP.
        case broken(HTTPParserError)
    }

    /// What comes in chunks begins with so many bytes.
    private static let step = 65_536
    /// How long a request that is on its way when the daemon stops may take to arrive.
    private static let lastPatience = Duration.seconds(2)

    private let door: PushDoor
    private let address: String
    private let registry: ConnectionRegistry
    private let id: Int
    private var conversation = Conversation()
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?
    private var limits: PushLimits
    private var head: RequestHead?
    private var expectsContinue = false
    private var isAlive = true
    private var admission: Admission?
    private var body: [UInt8] = []
    /// Bytes that the gate has set aside for the body, and for whom.
    private var held = 0
    private var holder = ""
    private var waiting: [Waiting] = []
    private var isQuiescing = false

    init(door: PushDoor, address: String, registry: ConnectionRegistry, id: Int) {
        self.door = door
        self.address = address
        self.registry = registry
        self.id = id
        limits = door.terms.current.limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        // One that came in the moment of the end would not hear of it.
        isQuiescing = registry.isEnding
        wait()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
        // A push that is being worked on holds its bytes until it is answered, even to nobody.
        if conversation.phase != .working { releaseBody() }
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Waiting.part(ConnectionHandler.unwrapInboundIn(data))
        if conversation.isComplete { waiting.append(part) } else { take(part) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ByteWatch.BytesCame:
            let before = conversation.phase
            _ = conversation.handle(.bytes)
            if before != conversation.phase { wait() }
        case is ChannelShouldQuiesceEvent:
            isQuiescing = true
            switch conversation.phase {
            case .idle, .draining: context.close(promise: nil)
            // Its request is on its way, and is answered: with systemd's socket a restart then cuts nobody off.
            case .header: wait()
            case .body: respond(.problem(.stopping, head?.dialect ?? .native, head?.language ?? .vietnamese))
            case .admitting, .working, .writing, .closed: break
            }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            // TLS that fails, a connection that breaks: there is nobody to answer.
            context.close(promise: nil)
            return
        }
        if conversation.isComplete { waiting.append(.broken(error)) } else { take(.broken(error)) }
    }

    private func take(_ next: Waiting) {
        switch next {
        case .part(.head(let head)):
            guard conversation.handle(.head) == .admit else { return }
            admit(head)
        case .part(.body(let buffer)):
            guard conversation.handle(.piece) == .keep else { return }
            keep(buffer)
        case .part(.end):
            perform(conversation.handle(.end))
        case .broken(let error):
            guard conversation.handle(.broken) == .turnAway(.noHTTP) else { return }
            write(.problem(error.problem, head?.dialect ?? .native, head?.language ?? .vietnamese))
        }
    }

    private func perform(_ action: Conversation.Action) {
        guard let context else { return }
        switch action {
        case .work: work()
        case .next: next()
        case .close: context.close(promise: nil)
        case .turnAway(.late):
            let problem = PushProblem.timedOut(within: head == nil ? limits.headerTimeout : limits.bodyTimeout)
            write(.problem(problem, head?.dialect ?? .native, head?.language ?? .vietnamese))
        case .receive:
            if expectsContinue {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
            }
            read(true)
            wait()
        case .nothing, .admit, .keep, .write, .turnAway(.noHTTP): break
        }
    }

    // MARK: - A request

    private func admit(_ head: HTTPRequestHead) {
        guard let context else { return }
        limits = door.terms.current.limits
        let request = RequestHead(head, address: address, certificate: certificate(context))
        self.head = request
        expectsContinue = head.headers.first(name: "expect")?.lowercased() == "100-continue"
        isAlive = head.isKeepAlive
        registry.works(id)
        read(false)
        wait()
        let (door, loop, handler) = (door, context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
        // One for each connection at most, because nothing is read meanwhile; it ends with the answer of the counter.
        Task {
            let admission = await door.admit(request)
            loop.execute { handler.value.admitted(admission) }
        }
    }

    private func admitted(_ admission: Admission) {
        guard context != nil else { return }
        switch admission {
        case .answer(let answer): respond(answer)
        case .body:
            self.admission = admission
            if isQuiescing {
                respond(.problem(.stopping, head?.dialect ?? .native, head?.language ?? .vietnamese))
            } else if let problem = makeRoom(for: body.count) {
                respond(problem)
            } else {
                perform(conversation.handle(.admitted))
            }
        }
    }

    private func keep(_ buffer: ByteBuffer) {
        if conversation.phase == .body, let problem = makeRoom(for: body.count + buffer.readableBytes) { return respond(problem) }
        body.append(contentsOf: buffer.readableBytesView)
    }

    /// Sets room aside for a body of so many bytes until now; the answer to one that has none. A body with a length gets it whole before it is read,
    /// one in chunks twice as much whenever it is full, so that no body is larger in memory than it counts.
    private func makeRoom(for count: Int) -> Answer? {
        guard case .body(let ticket) = admission else { return nil }
        guard count <= limits.body else { return .problem(.bodyTooLarge(most: limits.body), ticket.dialect, ticket.language) }
        let grown = min(limits.body, max(count, 2 * held, ConnectionHandler.step))
        let room = ticket.length ?? (count > held ? grown : held)
        guard room > held else { return nil }
        guard door.gate.holds(room - held, of: ticket.sender.name, limits) else { return .problem(door.busy(), ticket.dialect, ticket.language) }
        (held, holder) = (room, ticket.sender.name)
        body.reserveCapacity(room)
        return nil
    }

    private func work() {
        guard let context, case .body(let ticket) = admission else { return }
        admission = nil
        read(false)
        wait()
        let bytes = body
        body = []
        let (door, loop, handler) = (door, context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
        // One for each connection at most, because the next request waits for this one's answer; how many work at once the door bounds.
        Task {
            let answer = await door.answer(ticket, body: bytes)
            loop.execute { handler.value.respond(answer) }
        }
    }

    // MARK: - An answer

    private func respond(_ answer: Answer) {
        guard context != nil, conversation.handle(.answered(keepsAlive: isAlive && !isQuiescing)) == .write else {
            releaseBody()
            return
        }
        write(answer)
    }

    private func write(_ answer: Answer) {
        guard let context else { return }
        releaseBody()
        admission = nil
        var headers = HTTPHeaders(answer.headers)
        if answer.status != 204 { headers.add(name: "Content-Length", value: String(answer.body.count)) }
        headers.add(name: "Date", value: HTTPDate.text(door.now()))
        if conversation.closes { headers.add(name: "Connection", value: "close") }
        let status = HTTPResponseStatus(statusCode: answer.status)
        context.write(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: status, headers: headers))), promise: nil)
        if !answer.body.isEmpty, head?.method != "HEAD" {
            context.write(wrapOutboundOut(.body(.byteBuffer(context.channel.allocator.buffer(bytes: answer.body)))), promise: nil)
        }
        let (loop, handler) = (context.eventLoop, NIOLoopBound(self, eventLoop: context.eventLoop))
        head = nil
        wait()
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
            loop.execute { handler.value.written() }
        }
    }

    private func written() {
        guard context != nil else { return }
        let action = conversation.handle(.written)
        // One that is drained waits for a sender that has its answer; it must not keep others out either.
        if [.idle, .draining].contains(conversation.phase) { registry.rests(id) }
        if conversation.phase == .draining { read(true) }
        wait()
        perform(action)
    }

    /// Goes on with what came meanwhile; the rest of a request is taken before anything is read again.
    private func next() {
        guard !isQuiescing else {
            context?.close(promise: nil)
            return
        }
        let parts = waiting
        waiting = []
        for (place, part) in parts.enumerated() {
            if conversation.isComplete {
                waiting += parts[place...]
                return
            }
            take(part)
        }
        if conversation.phase == .idle { read(true) }
    }

    // MARK: - The edges

    /// Sets the deadline of the phase that has begun; there is none while the daemon itself is at work.
    private func wait() {
        deadline?.cancel()
        deadline = nil
        guard let context, let patience = patience else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: .milliseconds(patience.milliseconds)) {
            handler.value.perform(handler.value.conversation.handle(.deadline))
        }
    }

    private var patience: Duration? {
        switch conversation.phase {
        case .idle: limits.idleTimeout
        case .header where isQuiescing: min(limits.headerTimeout, ConnectionHandler.lastPatience)
        case .header, .draining, .writing: limits.headerTimeout
        case .body: limits.bodyTimeout
        case .admitting, .working, .closed: nil
        }
    }

    private func releaseBody() {
        body = []
        if held > 0 { door.gate.releases(held, of: holder) }
        held = 0
    }

    private func read(_ isOn: Bool) {
        // A channel without the option is a closed one; there is nothing to read from it.
        try? context?.channel.syncOptions?.setOption(.autoRead, value: isOn)
    }

    private func certificate(_ context: ChannelHandlerContext) -> [UInt8]? {
        // Without TLS there is no such handler, and without a certificate nothing behind it: both mean a sender without one.
        guard let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate() else { return nil }
        return try? certificate.toDERBytes()
    }
}
