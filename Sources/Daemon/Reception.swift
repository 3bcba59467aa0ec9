import Assembly
import Correspondence
import Model
import Settings
import Store
import Transport

/// What follows from a mail that came in: whose it is, which letter it speaks of, what it answers. Everything is worked out here and stored by one call.
///
/// Nothing is ever sent in answer to a mail, so two dondocs that write to each other fall silent after one letter each.
struct Reception {
    let core: CoreSettings
    let mail: MailSettings
    let store: Store
    let now: Instant

    /// The furthest day that a promise is taken from a mail; one that lies beyond is a slip of the pen, or an excuse.
    private static let furthestPromise = Remediation.furthestPromise

    /// The arrival of a mail as it was fetched.
    func arrival(_ fetched: FetchedMail, at place: Arrival.Place) throws(StoreError) -> Arrival {
        let incoming = IncomingMail(fetched.bytes, isCut: fetched.isCut)
        let letters = try store.letters(withMessageIDs: incoming.mentioned)
        let contacts = Set(core.register.agencies.flatMap { $0.contacts + $0.heads }.map { $0.lowercased() })
        let own = Set([mail.from.address, mail.envelopeFrom, mail.replyTo ?? mail.from.address].map { $0.lowercased() })
        let sorted = incoming.sorted(
            MailSurroundings(own: own, isLetter: { letters[$0] != nil }, isContact: { contacts.contains($0) }))
        let letter = sorted.letters.lazy.compactMap { letters[$0] }.first
        var received = ReceivedMail(
            messageID: incoming.messageID, kind: sorted.kind, by: sorted.by, receivedAt: now, sender: incoming.sender, subject: incoming.subject,
            agency: letter?.agency, letter: letter?.id, remarks: incoming.remarks)
        switch sorted.kind {
        case .bounce: return try bounce(&received, sorted.notices, letter, fetched, place)
        case .delay, .unclearBounce:
            received.remarks += sorted.notices.map(Reception.line)
            var arrival = try Arrival(received, bytes: fetched.bytes, at: place)
            if sorted.kind == .unclearBounce { arrival.findings = [unclear(received)] }
            return arrival
        case .receipt, .automatic, .own: return try Arrival(received, bytes: fetched.bytes, at: place)
        case .reply, .unassigned, .other: return try words(&received, of: incoming, sorted.keys, letter, fetched, place)
        }
    }

    /// Only the addresses of a letter that is known can bounce: anybody can send a report about somebody else.
    private func bounce(
        _ received: inout ReceivedMail, _ notices: [DeliveryNotice], _ letter: ToldLetter?, _ fetched: FetchedMail, _ place: Arrival.Place
    ) throws(StoreError) -> Arrival {
        received.remarks += notices.map(Reception.line)
        let ours = notices.filter { letter?.recipients.contains($0.address) ?? false }
        guard let letter, !ours.isEmpty else {
            received.kind = .unclearBounce
            received.remarks.append("no letter went to such an address")
            var arrival = try Arrival(received, bytes: fetched.bytes, at: place)
            arrival.findings = [unclear(received)]
            return arrival
        }
        var arrival = try Arrival(received, bytes: fetched.bytes, at: place)
        arrival.bounces = ours.map { Arrival.Bounce(address: $0.address, status: $0.status, diagnostic: Reception.line($0)) }
        arrival.findings = [
            Finding(
                .contactBounced, agency: letter.agency?.text, place: "letter \(letter.id)", found: ours.map(Reception.line).joined(separator: "; "),
                expected: "an address that takes letters")
        ]
        return arrival
    }

    /// What a person wrote: the answer of an agency when its sender speaks for it, otherwise something for an operator to look at. So is a mail in which
    /// nothing could be read: a reminder that is left out for it would leave the agency without one and us without an answer.
    private func words(
        _ received: inout ReceivedMail, of incoming: IncomingMail, _ keys: [AlertKey], _ letter: ToldLetter?, _ fetched: FetchedMail,
        _ place: Arrival.Place
    ) throws(StoreError) -> Arrival {
        let answer = AnswerText(incoming.text)
        received.words = answer.words
        received.remarks += answer.remarks
        let speaksFor = SenderCheck.isForged(incoming) ? [] : SenderCheck.agencies(of: incoming.sender, in: core.register, on: now.day)
        let isSilent = incoming.isSilent(but: answer)
        let alerts = isSilent ? [] : try self.alerts(keys, letter, speaksFor)
        received.agency = received.agency ?? alerts.first?.agency ?? keys.first?.agency ?? speaksFor.min()
        received.isVerified = !speaksFor.isEmpty && (alerts.isEmpty ? received.agency.map(speaksFor.contains) ?? false : true)
        received.alerts = alerts
        if isSilent {
            received.remarks.append("no words of its writer's own could be read in it")
        } else if received.kind == .reply, alerts.isEmpty {
            received.remarks.append(unverified(received, incoming))
        }
        received.due = promise(answer.due, &received.remarks)
        let files = received.kind == .other ? [] : incoming.files.map { (name: $0.name, bytes: $0.bytes) }
        var arrival = try Arrival(received, bytes: fetched.bytes, at: place, files: files)
        arrival.cause = answer.cause
        arrival.plan = answer.plan
        if received.isOpen { arrival.findings = [unclear(received)] }
        return arrival
    }

    /// The alerts that a mail answers: those its letter told of, or those whose keys it quotes, and of these the ones that the sender answers for. Keys
    /// that are quoted beside a letter choose among its alerts.
    private func alerts(_ keys: [AlertKey], _ letter: ToldLetter?, _ speaksFor: Set<AgencyCode>) throws(StoreError) -> [AlertKey] {
        let known = Dictionary(try store.alerts().map { ($0.key, $0.state) }, uniquingKeysWith: { first, _ in first })
        var told: [AlertKey]
        if let letter {
            guard let agency = letter.agency, speaksFor.contains(agency) else { return [] }
            let chosen = letter.alerts.filter(keys.contains)
            told = chosen.isEmpty ? letter.alerts : chosen
        } else {
            told = keys.filter { key in
                guard known[key] != nil, let agency = key.agency else { return false }
                let measure = core.measuresOfSubjects[key.subject] ?? MeasureID(key.subject)
                return core.register.answerable(for: agency, measure: measure, on: now.day).contains { speaksFor.contains($0.code) }
            }
        }
        let open = told.filter { known[$0]?.isOpen ?? false }
        return open.isEmpty ? told : open
    }

    private func unverified(_ received: ReceivedMail, _ incoming: IncomingMail) -> String {
        if SenderCheck.isForged(incoming) { return "our mail server found that it does not come from where it says (DMARC)" }
        return "its sender does not speak for \(received.agency?.text ?? "any agency") in agencies.csv\(ReceivedMail.answersNothing)"
    }

    private func promise(_ day: Day?, _ remarks: inout [String]) -> Day? {
        guard let day else { return nil }
        guard (now.day...(now.day + Reception.furthestPromise)).contains(day) else {
            remarks.append("the day \(day) was not taken as a promise: it is over, or more than a year away")
            return nil
        }
        return day
    }

    private func unclear(_ received: ReceivedMail) -> Finding {
        let words = [received.sender, received.subject].filter { !$0.isEmpty }.joined(separator: ": ")
        return Finding(
            .mailUnclear, agency: received.agency?.text, place: received.kind.rawValue, found: words.isEmpty ? "no sender and no subject" : words)
    }

    private static func line(_ notice: DeliveryNotice) -> String {
        [notice.address, notice.status, notice.diagnostic].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
