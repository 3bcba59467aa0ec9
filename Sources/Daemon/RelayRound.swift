import Model
import Settings
import Transport

/// The relays of one pass in their order. One that could not be reached, or would not talk to us, is not asked again in the pass.
struct RelayRound {
    /// What became of a letter at the relays.
    struct Word {
        /// Who answered; empty when nobody did.
        var relay = ""
        /// For every address that `refused` does not name.
        var answer: PostalMachine.Answer
        /// Addresses of which the relay, or the form of the address, says something of its own.
        var refused: [String: PostalMachine.Answer] = [:]
        /// Whether so much time went by in vain that other work should have its turn.
        var wasSlow = false

        /// What became of it for one address.
        func answer(for address: String) -> PostalMachine.Answer { refused[address] ?? answer }
    }

    private var open: [Relay] = []
    /// The relays that were passed over, with the reason, in the order in which it showed.
    private(set) var troubles: [(relay: String, error: String)] = []

    /// Reads the secrets anew, so that a changed one needs no reload. A relay whose secret cannot be read is passed over.
    init(_ mail: MailSettings) {
        for settings in mail.relays {
            do throws(Secret.FileError) {
                open.append(try Relay(settings, helloName: mail.from.domain))
            } catch {
                troubles.append(("smtp://\(settings.host):\(settings.port)", error.description))
            }
        }
    }

    /// Hands a letter to the first relay that will talk to us. What a relay says about the letter itself is final for this attempt: another one
    /// is asked only as long as none has heard of it.
    mutating func hand(_ parcel: Parcel, with courier: Courier) async -> Word {
        var parcel = parcel
        var word = Word(answer: .temporary(""))
        for address in parcel.recipients where !Parcel.isAddress(address) { word.refused[address] = .permanent("this is not a mail address") }
        parcel.recipients.removeAll { word.refused[$0] != nil }
        guard !parcel.recipients.isEmpty else { return word }
        while let relay = open.first {
            do throws(TransportError) {
                let receipt = try await courier.hand(parcel, to: relay)
                word.relay = relay.description
                word.answer = .taken(receipt.answer)
                word.note(receipt.refused)
                return word
            } catch {
                guard error.isAboutRelay else {
                    word.relay = error.progress == .notOffered ? "" : relay.description
                    word.answer = error.isRetryable ? .temporary(error.description) : .permanent(error.description)
                    word.note(error.refused)
                    word.wasSlow = error.kind == .timedOut
                    return word
                }
                troubles.append((relay.description, error.description))
                open.removeFirst()
            }
        }
        word.answer = .temporary(troubles.map(\.error).joined(separator: " | "))
        return word
    }
}

extension RelayRound.Word {
    fileprivate mutating func note(_ recipients: [Receipt.RefusedRecipient]) {
        for recipient in recipients {
            let text = "\(recipient.code) \(recipient.text)"
            refused[recipient.address] = recipient.isRetryable ? .temporary(text) : .permanent(text)
        }
    }
}

extension TransportError {
    /// Whether it says something about the way to a relay and nothing about the letter, so that another relay may be asked at once.
    fileprivate var isAboutRelay: Bool {
        switch kind {
        case .cancelled, .shutDown, .crowded, .malformedRequest: false
        default: progress == .notOffered
        }
    }
}

extension Relay {
    /// A relay with its secret, which is read from its file.
    fileprivate init(_ settings: RelaySettings, helloName: String) throws(Secret.FileError) {
        var secret: Secret?
        if let file = settings.secretFile { secret = try Secret(firstLineOf: file) }
        let security: Relay.Security =
            switch settings.security {
            case .none: .none
            case .starttls: .starttls
            case .tls: .tls
            }
        let login: Relay.Login? =
            switch settings.login {
            case .plain: .plain
            case .login: .login
            case .xoauth2: .xoauth2
            case nil: nil
            }
        self.init(
            host: settings.host, port: settings.port, security: security, login: login, username: settings.username, password: secret,
            caFile: settings.caFile, timeout: settings.timeout, helloName: helloName)
    }
}
