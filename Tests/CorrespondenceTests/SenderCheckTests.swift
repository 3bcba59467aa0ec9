import Correspondence
import Model
import TestSupport
import Testing

/// Who speaks for an agency.
struct SenderCheckTests {
    private let register: Register

    init() throws {
        let from = try #require(Day("2020-01-01"))
        func agency(_ code: String, _ contacts: [String], heads: [String] = [], until: Day? = nil) throws -> Agency {
            Agency(
                code: try #require(AgencyCode(code)), name: code, level: .commune, validFrom: from, validTo: until, contacts: contacts, heads: heads)
        }
        register = Register(agencies: [
            try agency("H52.01", ["vanthu@mot.example"], heads: ["chutich@mot.example"]),
            try agency("H52.02", ["hai@chung.example"]), try agency("H52.03", ["ba@chung.example"]),
            try agency("H52.05", ["xa.nam@gmail.com"]), try agency("H52.04", ["bon@cu.example"], until: day("2025-07-01")),
        ])
    }

    @Test(arguments: [
        ("vanthu@mot.example", "H52.01"), ("chutich@mot.example", "H52.01"), ("lan@mot.example", "H52.01"), ("hai@chung.example", "H52.02"),
        ("lan@chung.example", ""), ("vanthu@mot.example.evil.example", ""), ("bon@cu.example", ""), ("", ""),
        ("xa.nam@gmail.com", "H52.05"), ("xa.sau@gmail.com", ""), ("mot.example", ""),
    ])
    func anAddressSpeaksForTheAgencyThatAloneUsesIt(_ address: String, _ code: String) throws {
        let agencies = SenderCheck.agencies(of: address, in: register, on: try #require(Day("2026-11-02")))

        #expect(agencies.map(\.text) == (code.isEmpty ? [] : [code]))
    }

    @Test func aMailThatFailsItsDomainsPolicyIsForged() {
        let forged = IncomingMail(Array("Authentication-Results: mx.sonla.example; spf=fail; dmarc=fail header.from=mot.example\r\n\r\n".utf8))
        let spoofedBelow = IncomingMail(Array("Authentication-Results: mx; dmarc=pass\r\nAuthentication-Results: mx; dmarc=fail\r\n\r\n".utf8))

        #expect(SenderCheck.isForged(forged))
        #expect(!SenderCheck.isForged(spoofedBelow))
    }

    @Test(arguments: [
        ("dmarc=pass (p=reject) header.from=mot.example", false), ("dmarc=pass header.from=Mot.Example; spf=pass", false),
        ("dkim=pass header.d=la.example; dmarc=pass header.from=vanthu@mot.example", false), ("dmarc=none header.from=la.example", true),
        ("dmarc=pass (policy=none) header.from=la.example; spf=pass", true), ("dmarc=pass header.from=ot.example", true), ("spf=pass", false),
    ])
    func aMailOfWhichOurServerLookedAtAnotherDomainIsForged(_ result: String, _ isForged: Bool) {
        let mail = IncomingMail(Array("Authentication-Results: mx.sonla.example; \(result)\r\nFrom: vanthu@mot.example\r\n\r\n".utf8))

        #expect(SenderCheck.isForged(mail) == isForged)
    }
}
