extension Parcel {
    /// Throws when envelope or relay could not be written as SMTP; a line end inside an address would be a command of its own.
    func check(for relay: Relay) throws(TransportError) {
        if let objection = relay.objection ?? objection { throw TransportError(.malformedRequest, subject: relay.description, detail: objection) }
    }

    private var objection: String? {
        if recipients.isEmpty { return "the letter has no recipient" }
        if !sender.isEmpty, !Parcel.isAddress(sender) { return "the sender '\(PrintableText.clip(sender))' is not a mail address" }
        guard let wrong = recipients.first(where: { !Parcel.isAddress($0) }) else { return nil }
        return "the recipient '\(PrintableText.clip(wrong))' is not a mail address"
    }

    /// Something around one `@`, without spaces, angle brackets or control characters. Whether it exists is the relay's to say.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.isOneLine && text.utf8.count <= 320
            && !text.utf8.contains { " \t<>,;\"\\".utf8.contains($0) }
    }
}

extension Relay: CustomStringConvertible {
    /// `smtp://host:25`; nothing secret.
    public var description: String { PrintableText.clip("\(scheme)://\(bracketedHost):\(port)") }

    /// What libcurl is told; the path is the name given in EHLO.
    var url: String { "\(scheme)://\(bracketedHost):\(port)/\(helloName)" }

    /// What keeps this from being a relay at all.
    var objection: String? {
        if host.isEmpty || !host.utf8.allSatisfy(Relay.isHostByte) { return "the relay's host is not a host name or address" }
        if !(1...65535).contains(port) { return "the relay's port is not between 1 and 65535" }
        if !helloName.utf8.allSatisfy({ Relay.isHostByte($0) || $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "]") }) {
            return "the name for EHLO is not a host name"
        }
        if username?.isEmpty == true || username?.isOneLine == false || password?.reveal().isOneLine == false {
            return "the user name is empty, or it or the password has a line end in it"
        }
        return nil
    }

    private var scheme: String { security == .tls ? "smtps" : "smtp" }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || ".-_:".utf8.contains(byte)
    }
}
