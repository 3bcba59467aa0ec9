import Testing
import Transport

/// Requests and letters that are refused before a byte is sent, with the full text an operator reads.
struct RequestCheckTests {
    let courier = Courier(concurrent: 1, perHost: 1)

    @Test(arguments: [
        ("", ": the request cannot be sent as it is (not a complete URL); "),
        ("no spaces/ ?token=s3cret", "no spaces/: the request cannot be sent as it is (not a complete URL); "),
        (
            "https://user:s3cret@host/path?token=s3cret",
            "https://host/path: the request cannot be sent as it is (the URL holds a user name; a credential belongs into a file of its own); "
        ),
        ("https://user:s3cret@ho st/", "…ho st/: the request cannot be sent as it is (not a complete URL); "),
    ])
    func badURL(url: String, text: String) async {
        let error = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: url)) }.error

        #expect(error?.description == text + "correct the URL, headers or addresses in the settings")
        #expect(error?.isRetryable == false)
    }

    @Test func protocolsOtherThanTheWebAreForbidden() async {
        for scheme in ["file", "ftp", "gopher", "dict", "smtp"] {
            let kind = await outcome { () throws(TransportError) in try await courier.fetch(FetchRequest(url: "\(scheme)://127.0.0.1/x")) }.kind

            #expect(kind == .protocolForbidden(scheme: scheme))
        }
    }

    @Test(arguments: [
        (FetchRequest(url: "http://h/", method: "GET /x HTTP/1.1\r\nX: y"), "the method is not a plain word"),
        (FetchRequest(url: "http://h/", headers: [("A b", "c")]), "a header has the name 'A b'"),
        (
            FetchRequest(url: "http://h/", headers: [("A", "s3cret\r\nB: d")]),
            "the value of the header 'A' has a line end or a control character in it"
        ),
        (FetchRequest(url: "http://h/", credential: .bearer(Secret("s3cret\n"))), "the token is empty or has a line end in it"),
        (
            FetchRequest(url: "http://h/", credential: .basic(user: "a:b", password: Secret("s3cret"))),
            "the user name is empty or has a colon or a line end in it"
        ),
        (FetchRequest(url: "http://h/", credential: .basic(user: "a", password: Secret("s3cret\r"))), "the password has a line end in it"),
        (FetchRequest(url: "http://h/", entityTag: "a\r\nb"), "an ETag or date has a line end in it"),
    ])
    func injection(request: FetchRequest, objection: String) async {
        let error = await outcome { () throws(TransportError) in try await courier.fetch(request) }.error

        #expect(
            error?.description
                == "http://h/: the request cannot be sent as it is (\(objection)); correct the URL, headers or addresses in the settings")
    }

    @Test(arguments: [
        (Parcel(sender: "a@b", recipients: [], bytes: []), "the letter has no recipient"),
        (Parcel(sender: "a@b>\r\nDATA", recipients: ["a@b"], bytes: []), "the sender 'a@b> DATA' is not a mail address"),
        (Parcel(sender: "a@b", recipients: ["a@b", "x"], bytes: []), "the recipient 'x' is not a mail address"),
        (Parcel(sender: "", recipients: ["a@b> SIZE=1"], bytes: []), "the recipient 'a@b> SIZE=1' is not a mail address"),
    ])
    func badEnvelope(parcel: Parcel, objection: String) async {
        let relay = Relay(host: "mail", port: 25, security: .none)

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(
            error?.description
                == "smtp://mail:25: the request cannot be sent as it is (\(objection)); correct the URL, headers or addresses in the settings")
    }

    @Test(arguments: [
        (Relay(host: "a/b?c", port: 25, security: .none), "the relay's host is not a host name or address"),
        (Relay(host: "a", port: 0, security: .none), "the relay's port is not between 1 and 65535"),
        (Relay(host: "a", port: 25, security: .none, helloName: "x\r\n"), "the name for EHLO is not a host name"),
        (
            Relay(host: "a", port: 25, security: .none, username: "u", password: Secret("s3cret\n")),
            "the user name is empty, or it or the password has a line end in it"
        ),
    ])
    func badRelay(relay: Relay, objection: String) async {
        let parcel = Parcel(sender: "a@b", recipients: ["a@b"], bytes: [])

        let error = await outcome { () throws(TransportError) in try await courier.hand(parcel, to: relay) }.error

        #expect(error?.kind == .malformedRequest)
        #expect(error?.detail == objection)
    }

    @Test func secretsDoNotPrint() {
        let secret = Secret("s3cret")
        let request = FetchRequest(url: "http://h/", credential: .basic(user: "u", password: secret))
        var dumped = ""

        dump(request, to: &dumped)

        #expect("\(secret)" == "<redacted>")
        #expect(String(reflecting: secret) == "<redacted>")
        #expect(!"\(request)".contains("s3cret"))
        #expect(!dumped.contains("s3cret"))
    }
}
