import Foundation
import Model
import NIOCore
import TestSupport
import Testing

@testable import Receiver

/// What stands in a request's head.
@Suite struct RequestTests {
    private static let authorizations: [(String, Credential)] = {
        let long = String(repeating: "x", count: 512)
        func basic(_ text: String) -> String { "Basic " + Data(text.utf8).base64EncodedString() }
        return [
            ("Bearer dd_abc", .token("dd_abc")), ("bearer  dd_abc", .token("dd_abc")), ("Token dd_abc", .token("dd_abc")),
            (basic("any:dd_abc"), .token("dd_abc")), (basic(":dd:abc"), .token("dd:abc")), ("Basic !!!", .unusable),
            (basic("no colon"), .unusable), ("Bearer", .unusable), ("Bearer ", .unusable), ("Digest x", .unusable), ("Bearer a b", .unusable),
            ("Bearer \u{1}", .unusable), ("Bearer \(long)", .token(long)), ("Bearer \(long)x", .unusable),
        ]
    }()

    @Test(arguments: authorizations)
    func authorizationGivesTheToken(_ field: String, _ expected: Credential) {
        #expect(Credential(authorization: field, password: nil) == expected)
    }

    @Test func passwordOfTheQueryIsATokenUnlessThereIsAField() {
        #expect(Credential(authorization: nil, password: "dd_abc") == .token("dd_abc"))
        #expect(Credential(authorization: nil, password: nil) == .none)
        #expect(Credential(authorization: "Token other", password: "dd_abc") == .token("other"))
    }

    @Test func targetIsUnescaped() throws {
        let target = try #require(Target("/v1/deliveries/D%34%32?atomic=true&u=a+b&p=%C4%90&empty&=x"))

        #expect(target.path == "/v1/deliveries/D42")
        #expect(target.value("atomic") == "true")
        #expect(target.value("u") == "a b")
        #expect(target.value("p") == "Đ")
        #expect(target.value("empty") == "")
        #expect(target.value("absent") == nil)
    }

    @Test(arguments: [
        "", "x", "*", "http://", "http:///x", "ftp://host/x", "host:80", "/%", "/%4", "/%zz", "/%ff", "/?a=%C4",
        "/" + String(repeating: "x", count: 8192),
    ])
    func brokenTargetIsNone(_ text: String) {
        #expect(Target(text) == nil)
    }

    @Test(arguments: ["http://host/x?a=b", "HTTPS://host:8443/x?a=b", "http://u@[::1]/x?a=b"])
    func addressAsProxiesAreAskedForItIsItsPath(_ text: String) {
        #expect(Target(text) == Target("/x?a=b"))
        #expect(Target("http://host?a=b") == Target("/?a=b"))
        #expect(Target("http://host") == Target("/"))
    }

    private static let languages: [(String?, Language)] = [
        (nil, .vietnamese), ("", .vietnamese), ("en", .english), ("en-GB,en;q=0.9", .english), ("vi,en", .vietnamese),
        ("en;q=0.8, vi;q=0.9", .vietnamese), ("en;q=0.901,vi;q=0.9", .english), ("fr, de", .vietnamese), ("fr, en;q=0.1", .english),
        ("en;q=0", .vietnamese), ("EN", .english), ("en;q=x, vi;q=0.1", .vietnamese), ("*", .vietnamese), ("en;q=1.", .english),
    ]

    @Test(arguments: languages)
    func languageIsTheBestLiked(_ field: String?, _ expected: Language) {
        #expect(Language(acceptLanguage: field) == expected)
    }

    @Test(arguments: [
        ("2026-11-02T08:05:09", "Mon, 02 Nov 2026 01:05:09 GMT"), ("1994-11-06T15:49:37", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("2027-01-01T06:59:59", "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func dateIsGreenwichTime(_ text: String, _ expected: String) {
        #expect(HTTPDate.text(instant(text)) == expected)
    }

    @Test func addressesOfOneNetworkCountAsOne() throws {
        func text(_ address: String) throws -> String { PeerAddress.text(try SocketAddress(ipAddress: address, port: 1)) }

        #expect(try text("192.0.2.7") == "192.0.2.7")
        #expect(try text("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::/64")
        #expect(try text("2001:db8:1:2:ffff::1") == text("2001:db8:1:2::9"))
        #expect(try text("::ffff:192.0.2.7") == "192.0.2.7")
        #expect(PeerAddress.text(nil) == "local")
    }

    @Test func socketsOfSystemdAreFoundByName() {
        let environment = ["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "control:push"]

        #expect(InheritedSockets(environment: environment, processID: 42).descriptor("push") == 4)
        #expect(InheritedSockets(environment: environment, processID: 42).names == ["control", "push"])
        #expect(InheritedSockets(environment: environment, processID: 43).names == [])
        #expect(InheritedSockets(environment: ["LISTEN_PID": "42", "LISTEN_FDS": "1"], processID: 42).descriptor("unknown") == 3)
        #expect(InheritedSockets(environment: ["LISTEN_PID": "42", "LISTEN_FDS": "-1"], processID: 42).names == [])
        #expect(InheritedSockets(environment: [:], processID: 42).names == [])
    }
}
