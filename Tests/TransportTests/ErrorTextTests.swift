import Testing
import Transport

/// The texts and retry decisions of the kinds that no loopback server can bring about reliably.
struct ErrorTextTests {
    @Test(arguments: [
        (
            TransportError.Kind.unreachable, true,
            "the network does not lead there; check this machine's network and the firewall"
        ),
        (.connectTimedOut, true, "no connection within the time allowed; check the firewall and whether the server runs"),
        (
            .tooSlow, true,
            "the answer came too slowly; it is tried again; if this stays, ask for less at once or allow more time"
        ),
        (.tlsFailed, true, "the TLS handshake failed; the server must speak TLS 1.2 or newer on this port"),
        (
            .caFileUnreadable, true,
            "the file of certificate authorities cannot be used; check that ca_file exists, is readable and holds PEM certificates"
        ),
        (.rejected(code: 451, text: "4.3.0 later"), true, "the relay refused: 451 4.3.0 later; it is tried again"),
        (
            .rejected(code: 554, text: "5.7.1 no"), false,
            "the relay refused: 554 5.7.1 no; check the addresses, then send it again by hand"
        ),
        (
            .loginRefused(text: "NO wrong"), true,
            "the login was refused: NO wrong; check the user name and the password or token file in the settings"
        ),
        (
            .folderRefused(text: "NO no such folder"), true,
            "the mail server refused: NO no such folder; check the names of the folders in the settings and what this user may do there"
        ),
        (.unexpected(code: 99), true, "the exchange failed with libcurl's code 99; it is tried again; if this stays, report it"),
    ])
    func everyKindSaysWhatHappenedAndWhatToDo(kind: TransportError.Kind, isRetryable: Bool, text: String) {
        let error = TransportError(kind, subject: "https://host/")

        #expect(error.description == "https://host/: " + text)
        #expect(error.isRetryable == isRetryable)
    }
}
