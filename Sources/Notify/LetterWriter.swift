import Crypto
import Model

/// Makes letters from notices and reports: templates filled in, wrapped in a mail. The same notice at the same instant gives the same bytes
/// from the same writer.
public struct LetterWriter: Sendable {
    /// A letter, and what stood in the way of writing it well.
    public struct Written: Hashable, Sendable {
        public let letter: Letter
        public let findings: [Finding]
    }

    public let head: Letterhead
    public let catalogue: LetterCatalogue
    private let templates: TemplateSet
    private let secret: [UInt8]

    /// How many pictures a letter shows: of the alerts that stand first.
    private static let mostPictures = 6

    /// Parses every template once. `templates` is name → text for the letterhead's language, `kinds` what will be written beside letters about
    /// alerts, `secret` what nobody else knows, for Message-IDs.
    public init(
        head: Letterhead, catalogue: LetterCatalogue, templates: [String: String], kinds: [LetterKind] = [], secret: [UInt8]
    ) throws(NotifyError) {
        self.secret = secret
        self.head = head
        self.catalogue = catalogue
        self.templates = try TemplateSet(templates, for: LetterKind.indispensable + kinds, language: head.language.rawValue)
    }

    /// The letter of one notice. Without a contact of the addressee it goes to the operators instead, and says so.
    public func letter(for notice: Notice, at now: Instant, material: LetterMaterial = LetterMaterial()) throws(NotifyError) -> Written {
        var findings: [Finding] = []
        let all = notice.addressees.flatMap { agency in
            agency.addresses(for: notice.audience).map { Message.Mailbox(name: agency.name, address: $0) }
        }
        let contacts = all.filter { !material.bounced.contains($0.address.lowercased()) }
        let isForwarded = notice.agency != nil && contacts.isEmpty
        if isForwarded, let agency = notice.agency {
            findings.append(
                Finding(
                    .noContact, agency: agency.code.text,
                    found: all.isEmpty ? "no contact of \(agency.name)" : "letters to every contact of \(agency.name) came back",
                    expected: "an address in agencies.csv"))
        }
        let context = LetterContext(head: head, catalogue: catalogue, material: shown(material, of: notice), today: now.day)
        let answerBy = answerBy(from: now.day, &findings)
        let draft = Draft(
            kind: LetterKind(of: notice, after: material.earlierLetters), to: contacts.isEmpty ? operators : contacts, agency: notice.agency?.code,
            tag: notice.agency?.code.text ?? "operators",
            variables: context.variables(for: notice, at: now, answerBy: answerBy, isForwarded: isForwarded), thread: material.thread,
            pictures: notice.transitions.compactMap { context.picture(of: $0) },
            files: head.attachesFigures ? FigureTable.attachment(notice, catalogue, head.language).map { [$0] } ?? [] : [])
        return Written(letter: try finished(draft, at: now), findings: findings)
    }

    /// How everything stands: a digest for the operators, or the summary for whom it is for.
    public func report(_ kind: LetterKind, _ standing: Standing, to addresses: [String], at now: Instant) throws(NotifyError) -> Letter {
        try finished(
            Draft(kind: kind, to: mailboxes(addresses), tag: kind.rawValue, variables: context(now).variables(for: standing, at: now)), at: now)
    }

    /// What was not taken of deliveries, for those who look after its source.
    public func rejection(_ rejection: Rejection, to addresses: [String], at now: Instant) throws(NotifyError) -> Letter {
        let draft = Draft(
            kind: .rejection, to: mailboxes(addresses), tag: "rejection.\(rejection.parts[0].delivery)",
            variables: context(now).variables(for: rejection, at: now))
        return try finished(draft, at: now)
    }

    /// Which addresses letters did not reach, for the operators.
    public func undelivered(_ mails: [UndeliveredMail], to addresses: [String], at now: Instant) throws(NotifyError) -> Letter {
        let draft = Draft(
            kind: .undelivered, to: mailboxes(addresses), tag: "undelivered", variables: context(now).variables(for: mails, at: now))
        return try finished(draft, at: now)
    }

    /// Whether there are templates of a kind's own.
    public func canWrite(_ kind: LetterKind) -> Bool { templates.has(kind) }

    /// An invented letter of a kind, in which everything occurs that can.
    public func sample(_ kind: LetterKind, to address: String, at now: Instant) throws(NotifyError) -> Letter {
        let draft = Draft(
            kind: kind, to: mailboxes([address]), tag: "sample.\(kind.rawValue)", variables: LetterSample.variables(kind, head.language),
            pictures: LetterSample.pictures(kind, head.language))
        return try finished(draft, at: now)
    }

    private struct Draft {
        let kind: LetterKind
        let to: [Message.Mailbox]
        var agency: AgencyCode?
        /// What tells this letter from others of the same instant.
        let tag: String
        let variables: [String: Any]
        var thread: [String] = []
        var pictures: [LetterPicture] = []
        var files: [Attachment] = []
    }

    private func finished(_ draft: Draft, at now: Instant) throws(NotifyError) -> Letter {
        guard !draft.to.isEmpty else { throw NotifyError.noRecipient }
        guard let text = templates.render(draft.kind, .text, draft.variables) else {
            throw NotifyError.templateMissing(name: draft.kind.rawValue, language: head.language.rawValue)
        }
        var versions = [MailPart.text(text)]
        if let html = templates.render(draft.kind, .html, draft.variables) {
            let shown = draft.pictures.filter { html.contains("cid:\($0.id)") }
            versions.append(.related([.text(html, "html")] + shown.map(\.part)))
        }
        let message = Message(
            messageID: messageID(at: now, tag: draft.tag), date: now, from: Message.Mailbox(name: head.senderName, address: head.senderAddress),
            to: draft.to, replyTo: head.replyTo, listID: head.listID,
            subject: HeaderText.cleaned(templates.render(draft.kind, .subject, draft.variables) ?? ""), thread: draft.thread,
            content: .mixed([.alternative(versions)] + draft.files.map { .attachment($0) }))
        return Letter(
            messageID: message.messageID, agency: draft.agency, sender: HeaderText.address(head.envelopeFrom),
            recipients: draft.to.map { HeaderText.address($0.address) }, subject: message.subject, bytes: message.bytes)
    }

    private func context(_ now: Instant) -> LetterContext {
        LetterContext(head: head, catalogue: catalogue, material: LetterMaterial(), today: now.day)
    }

    private var operators: [Message.Mailbox] { mailboxes(head.operators) }

    private func mailboxes(_ addresses: [String]) -> [Message.Mailbox] { addresses.map { Message.Mailbox(name: "", address: $0) } }

    /// Histories of the alerts that are shown as pictures, and of no others.
    private func shown(_ material: LetterMaterial, of notice: Notice) -> LetterMaterial {
        var shown = material
        let keys = notice.transitions.lazy.filter { $0.to != .resolved }.map(\.key).prefix(LetterWriter.mostPictures)
        shown.histories = head.showsPictures ? material.histories.filter { keys.contains($0.key) } : [:]
        return shown
    }

    /// Nobody but its addressees can know it: who names it in a report or an answer has had the letter in hand. The instant and the addressee alone
    /// could be guessed, and an agency could have another's addresses marked by a report about a letter that it never saw.
    ///
    /// The id is stored with the letter and its judging, so that a letter that goes out again after a crash is the same letter.
    private func messageID(at now: Instant, tag: String) -> String {
        let domain = head.senderAddress.split(separator: "@").last.map(String.init) ?? "localhost"
        // In base 36, because a line of the head has 78 characters and the domain wants most of them.
        let name = "\(String(now.milliseconds, radix: 36)).\(tag)"
        let code = HMAC<SHA256>.authenticationCode(for: Array(name.utf8), using: SymmetricKey(data: secret))
        let mark = code.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
        return "<dondoc.\(name).\(String(mark, radix: 36))@\(HeaderText.address(domain))>"
    }

    /// Nil, with a finding, when the calendar does not know the days up to it.
    private func answerBy(from day: Day, _ findings: inout [Finding]) -> Day? {
        do {
            return try catalogue.calendar.day(head.answerWithin, workingDaysAfter: day)
        } catch {
            findings.append(.missingYear(error.year, askedBy: "answer-by"))
            return nil
        }
    }
}

extension Agency {
    /// Where a letter goes: to the head first when it is for the head, each address once.
    fileprivate func addresses(for audience: EscalationStep.Audience) -> [String] {
        var seen: Set<String> = []
        return ((audience == .head ? heads : []) + contacts).filter { seen.insert($0).inserted }
    }
}
