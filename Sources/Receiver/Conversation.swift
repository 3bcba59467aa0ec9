/// Where one connection stands in its exchange of requests and answers.
///
/// ```
/// header ─▶ admitting ─▶ body ─▶ working ─▶ writing ─▶ idle ─▶ header …
///               └──────────┴── turned away ──▶ writing ─▶ draining ─▶ closed
/// ```
struct Conversation {
    enum Phase: Equatable {
        /// Nothing of a request has come; the time between requests.
        case idle
        /// The first bytes of a request have come, or the connection is new.
        case header
        /// The header is being judged; nothing is read meanwhile.
        case admitting
        case body
        /// The request is complete and is being answered.
        case working
        case writing
        /// An answer came before the request's end; what still comes is thrown away, so that the sender can read the answer.
        case draining
        case closed
    }

    /// What happened.
    enum Event: Equatable {
        case bytes
        case head
        case piece
        case end
        /// The header was found good and a body is wanted.
        case admitted
        /// An answer is ready.
        case answered(keepsAlive: Bool)
        case written
        case deadline
        /// What came is no HTTP.
        case broken
    }

    /// What is to be done.
    enum Action: Equatable {
        case nothing
        case admit
        /// Read the body, of which pieces may wait already.
        case receive
        case keep
        case work
        case write
        /// Look at what came meanwhile and read on.
        case next
        case turnAway(Refusal)
        case close
    }

    enum Refusal: Equatable {
        case late
        case noHTTP
    }

    private(set) var phase = Phase.header
    /// Something of a request has come, so that a late one gets an answer rather than silence.
    private var hasBytes = false
    private var hasEnd = false
    private var closesAfter = false

    mutating func handle(_ event: Event) -> Action {
        switch (event, phase) {
        case (.bytes, .idle), (.bytes, .header):
            hasBytes = true
            phase = .header
            return .nothing
        case (.head, .header), (.head, .idle):
            hasEnd = false
            phase = .admitting
            return .admit
        case (.piece, .admitting), (.piece, .body): return .keep
        case (.end, .admitting):
            hasEnd = true
            return .nothing
        case (.end, .body):
            hasEnd = true
            phase = .working
            return .work
        case (.end, .writing):
            hasEnd = true
            return .nothing
        case (.end, .draining): return shut()
        case (.admitted, .admitting):
            phase = hasEnd ? .working : .body
            return hasEnd ? .work : .receive
        case (.answered(let keepsAlive), .admitting), (.answered(let keepsAlive), .body), (.answered(let keepsAlive), .working):
            closesAfter = closesAfter || !keepsAlive || !hasEnd
            phase = .writing
            return .write
        case (.written, .writing): return written()
        case (.deadline, _): return late()
        case (.broken, _): return broken()
        default: return .nothing
        }
    }

    /// Whether the answer that is written next ends the connection.
    var closes: Bool { closesAfter }

    /// Whether a whole request is being answered; what comes now belongs to the next one.
    var isComplete: Bool { hasEnd && [.admitting, .working, .writing].contains(phase) }

    private mutating func written() -> Action {
        guard closesAfter else {
            phase = .idle
            hasEnd = false
            hasBytes = false
            return .next
        }
        guard hasEnd else {
            phase = .draining
            return .nothing
        }
        return shut()
    }

    private mutating func late() -> Action {
        switch phase {
        case .header where hasBytes, .body:
            closesAfter = true
            hasEnd = true
            phase = .writing
            return .turnAway(.late)
        case .admitting, .working, .closed: return .nothing
        default: return shut()
        }
    }

    private mutating func broken() -> Action {
        switch phase {
        case .admitting where hasEnd, .working, .writing:
            // The request before it was good and gets its answer; nothing after it does.
            closesAfter = true
            return .nothing
        case .idle, .header, .body, .admitting:
            closesAfter = true
            hasEnd = true
            phase = .writing
            return .turnAway(.noHTTP)
        case .draining: return shut()
        case .closed: return .nothing
        }
    }

    private mutating func shut() -> Action {
        phase = .closed
        return .close
    }
}
