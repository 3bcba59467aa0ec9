extension FetchRequest {
    /// The address, when everything in the request may be written onto the wire: a line end inside a header would be a second header.
    func checked() throws(TransportError) -> WebAddress {
        let address = try WebAddress(url)
        if let objection { throw TransportError(.malformedRequest, subject: address.description, detail: objection) }
        return address
    }

    private var objection: String? {
        if !method.isToken { return "the method is not a plain word" }
        for (name, value) in headers {
            if !name.isToken { return "a header has the name '\(PrintableText.clip(name))'" }
            if !value.isOneLine { return "the value of the header '\(name)' has a line end or a control character in it" }
        }
        if !(entityTag ?? "").isOneLine || !(lastModified ?? "").isOneLine { return "an ETag or date has a line end in it" }
        switch credential {
        case .none: return nil
        case .bearer(let token):
            return token.reveal().isOneLine && !token.reveal().isEmpty ? nil : "the token is empty or has a line end in it"
        case .basic(let user, let password):
            if user.isEmpty || user.contains(":") || !user.isOneLine { return "the user name is empty or has a colon or a line end in it" }
            return password.reveal().isOneLine ? nil : "the password has a line end in it"
        }
    }
}

extension String {
    /// RFC 9110 `token`.
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }

    /// No control characters but the tab.
    var isOneLine: Bool { utf8.allSatisfy { ($0 >= 32 && $0 != 127) || $0 == 9 } }
}
