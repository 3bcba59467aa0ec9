import Model
import Mustache

/// Makes letters from notices: templates filled in, wrapped in a mail. The same notice at the same instant gives the same bytes.
public struct LetterWriter: Sendable {
    /// The templates that must exist for each language.
    public static let templateNames = ["letter", "letter-subject", "operators", "operators-subject"]

    /// A letter, and what stood in the way of writing it well.
    public struct Written: Hashable, Sendable {
        public let letter: Letter
        public let findings: [Finding]
    }

    public let head: Letterhead
    public let catalogue: LetterCatalogue
    private let templates: [String: MustacheTemplate]

    /// Parses every template once. `templates` is name → text for the letterhead's language.
    public init(head: Letterhead, catalogue: LetterCatalogue, templates: [String: String]) throws(NotifyError) {
        self.head = head
        self.catalogue = catalogue
        var parsed: [String: MustacheTemplate] = [:]
        for name in LetterWriter.templateNames {
            guard let text = templates[name] else { throw NotifyError.templateMissing(name: name, language: head.language.rawValue) }
            parsed[name] = try LetterWriter.parse(text, name: name)
        }
        self.templates = parsed
    }

    /// The letter of one notice. Without a contact of the addressee it goes to the operators instead, and says so. `provenance` holds lines that
    /// tell where an alert's figure comes from.
    public func letter(for notice: Notice, at now: Instant, provenance: [AlertKey: [String]] = [:]) throws(NotifyError) -> Written {
        var findings: [Finding] = []
        let contacts = notice.addressees.flatMap { agency in
            agency.addresses(for: notice.audience).map { Message.Mailbox(name: agency.name, address: $0) }
        }
        let isForwarded = notice.agency != nil && contacts.isEmpty
        if isForwarded, let agency = notice.agency {
            findings.append(
                Finding(.noContact, agency: agency.code.text, found: "no contact of \(agency.name)", expected: "an address in agencies.csv"))
        }
        let to = contacts.isEmpty ? head.operators.map { Message.Mailbox(name: "", address: $0) } : contacts
        guard !to.isEmpty else { throw NotifyError.noRecipient }
        let context = LetterContext(head: head, catalogue: catalogue, provenance: provenance, today: now.day)
        let answerBy = answerBy(from: now.day, &findings)
        let variables = context.variables(for: notice, at: now, answerBy: answerBy, isForwarded: isForwarded)
        let name = notice.agency == nil ? "operators" : "letter"
        let subject = HeaderText.cleaned(render(name + "-subject", variables))
        let message = Message(
            messageID: messageID(at: now, agency: notice.agency?.code), date: now,
            from: Message.Mailbox(name: head.senderName, address: head.senderAddress), to: to, replyTo: head.replyTo, subject: subject,
            body: render(name, variables))
        let letter = Letter(
            messageID: message.messageID, agency: notice.agency?.code, sender: HeaderText.address(head.envelopeFrom),
            recipients: to.map { HeaderText.address($0.address) }, subject: subject, bytes: message.bytes)
        return Written(letter: letter, findings: findings)
    }

    /// The same instant and addressee always give the same id, so that a letter written again after a crash is the same letter.
    private func messageID(at now: Instant, agency: AgencyCode?) -> String {
        let domain = head.senderAddress.split(separator: "@").last.map(String.init) ?? "localhost"
        return "<dondoc.\(now.milliseconds).\(agency?.text ?? "operators")@\(HeaderText.address(domain))>"
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

    private func render(_ name: String, _ variables: [String: Any]) -> String {
        templates[name]?.render(variables) ?? ""
    }

    /// The first line tells the library that this is plain text: it must not escape "&" and "<" as it does for HTML.
    static func parse(_ text: String, name: String) throws(NotifyError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE: TEXT}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw NotifyError.templateBroken(name: name, line: max(1, error.context.lineNumber - 1), detail: explain(error.error))
        } catch {
            throw NotifyError.templateBroken(name: name, line: 1, detail: explain(error))
        }
    }

    private static func explain(_ error: any Error) -> String {
        switch error as? MustacheTemplate.Error {
        case .sectionCloseNameIncorrect: "a section is closed under another name than it was opened with"
        case .unfinishedName: "a tag is not closed with '}}', or its name holds characters that names cannot have"
        case .expectedSectionEnd: "a section '{{#…}}' is never closed with '{{/…}}'"
        case .invalidSetDelimiter: "a '{{=…=}}' tag is not well-formed"
        default: "it is not well-formed Mustache"
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
