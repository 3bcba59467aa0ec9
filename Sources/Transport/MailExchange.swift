import CCurl

/// The hand-over of one letter.
///
/// libcurl 7.88 does not wait for the answer to the final dot, nor for that to QUIT, in its multi interface: it blocks in `curl_multi_perform`.
/// So letters have a thread of their own on which they go one at a time, and `mustStop()`, which libcurl asks every second even then, ends the wait.
final class MailExchange: Exchange {
    private let parcel: Parcel
    private let relay: Relay
    private let answer: (Result<Receipt, TransportError>) -> Void
    private let ticket: Ticket
    private let mailbox: Mailbox
    private var dialogue = MailDialogue()
    private var sentBytes = 0
    private var deadline: ContinuousClock.Instant?
    private weak var handle: EasyHandle?

    init(
        _ parcel: Parcel, to relay: Relay, _ ticket: Ticket, _ mailbox: Mailbox, _ answer: @escaping (Result<Receipt, TransportError>) -> Void
    ) {
        self.parcel = parcel
        self.relay = relay
        self.ticket = ticket
        self.mailbox = mailbox
        self.answer = answer
        super.init(subject: relay.description)
    }

    override func configure(_ handle: EasyHandle) throws(TransportError) {
        deadline = .now + relay.timeout
        self.handle = handle
        handle.connect(self, asMail: true)
        handle.set(CURLOPT_URL, relay.url)
        handle.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        handle.setCommon(timeout: relay.timeout, connectTimeout: relay.timeout, caFile: relay.caFile)
        // Also bounds the wait for the answer to QUIT, which the total time-out does not.
        handle.set(CURLOPT_SERVER_RESPONSE_TIMEOUT, relay.timeout.wholeSeconds)
        handle.set(CURLOPT_USE_SSL, Int((relay.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        logIn(handle)
        handle.set(CURLOPT_MAIL_FROM, "<\(parcel.sender)>")
        handle.set(CURLOPT_MAIL_RCPT, lines: parcel.recipients.map { "<\($0)>" })
        // Without this one bad address keeps the letter from all the others.
        handle.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1)
        // Until the relay has said what became of this letter: libcurl keeps a connection whose last answer it gave up waiting for, and
        // would take that answer for one to the next letter.
        handle.set(CURLOPT_FORBID_REUSE, 1)
        handle.set(CURLOPT_UPLOAD, 1)
        handle.set(CURLOPT_INFILESIZE_LARGE, large: parcel.bytes.count)
    }

    private func logIn(_ handle: EasyHandle) {
        guard let username = relay.username else { return }
        let secret = relay.password?.reveal() ?? ""
        handle.set(CURLOPT_USERNAME, username)
        if let login = relay.login { handle.set(CURLOPT_LOGIN_OPTIONS, "AUTH=\(login.rawValue.uppercased())") }
        handle.set(relay.login == .xoauth2 ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, secret)
    }

    override func receive(header: [UInt8]) -> Bool {
        dialogue.received(header)
        if dialogue.verdict != nil { handle?.set(CURLOPT_FORBID_REUSE, 0) }
        return true
    }

    override func sent(command: [UInt8]) { dialogue.sent(command) }

    override func upload(atMost count: Int) -> ArraySlice<UInt8> {
        let part = parcel.bytes[sentBytes...].prefix(count)
        sentBytes += part.count
        return part
    }

    override func mustStop() -> Bool {
        // What became of the letter is known; what remains is the farewell, which nobody has to wait for.
        if dialogue.stage == .farewell { return true }
        if let verdict = dialogue.verdict, !verdict.isPositive { return true }
        return ticket.isWithdrawn || mailbox.isClosing || deadline.map { $0 < .now } ?? false
    }

    override func finish(_ code: CURLcode, _ handle: EasyHandle) -> Bool {
        // The relay's word decides, whatever libcurl thought of the connection afterwards.
        if let verdict = dialogue.verdict {
            if (200..<300).contains(verdict.code) {
                answer(.success(Receipt(answer: "\(verdict.code) \(verdict.text)", refused: refusedRecipients)))
            } else {
                fail(.rejected(code: verdict.code, text: verdict.text))
            }
        } else if ticket.isWithdrawn {
            fail(.cancelled)
        } else if mailbox.isClosing {
            fail(.shutDown)
        } else if let last = dialogue.last, !last.reply.isPositive {
            fail(kind(ofRefusal: last.reply, at: last.stage))
        } else {
            fail(code, handle)
        }
        return true
    }

    override func fail(_ error: TransportError) {
        var error = error
        error.progress = dialogue.isInDoubt ? .inDoubt : dialogue.wasOffered ? .offered : .notOffered
        error.refused = refusedRecipients
        answer(.failure(error))
    }

    private func fail(_ code: CURLcode, _ handle: EasyHandle) {
        var kind = TransportError.Kind(code, handle)
        if code == CURLE_ABORTED_BY_CALLBACK { kind = .timedOut }
        // The login was begun and broken off at the relay's question: it refuses the token, and says why inside the question.
        if kind == .loginUnsupported, let last = dialogue.last, last.stage == .login {
            kind = .turnedAway(code: last.reply.code, text: ChallengeText.readable(last.reply.text))
        }
        // Success without a verdict, or a reply that is none, cannot be told from a lost answer.
        if dialogue.isInDoubt, kind != .timedOut { kind = .interrupted }
        if code == CURLE_OK, !dialogue.isInDoubt { kind = .malformedAnswer }
        if kind == .timedOut, dialogue.last == nil, dialogue.stage == .greeting, handle.large(CURLINFO_CONNECT_TIME_T) == 0 {
            kind = .connectTimedOut
        }
        if dialogue.isInDoubt {
            fail(kind, detail: "after the text was sent: the relay may have taken the letter")
        } else {
            fail(kind, detail: kind.wantsDetail ? handle.errorText : "")
        }
    }

    private func kind(ofRefusal reply: MailDialogue.Reply, at stage: MailDialogue.Stage) -> TransportError.Kind {
        switch stage {
        case .greeting, .hello, .login: return .turnedAway(code: reply.code, text: reply.text)
        case .starttls: return .tlsMissing
        case .sender, .data, .message, .farewell: return .rejected(code: reply.code, text: reply.text)
        case .recipient:
            // One that may be taken later is reason enough to try again.
            let reason = dialogue.recipients.first { (400..<500).contains($0.code) } ?? dialogue.recipients.first ?? reply
            return .rejected(code: reason.code, text: reason.text)
        }
    }

    private var refusedRecipients: [Receipt.RefusedRecipient] {
        zip(parcel.recipients, dialogue.recipients).compactMap { address, reply in
            reply.isPositive ? nil : Receipt.RefusedRecipient(address: address, code: reply.code, text: reply.text)
        }
    }
}
