import Testing

@testable import Settings

/// Names of certificates as dondoc, openssl and people write them.
@Suite struct SubjectNameTests {
    private func name(_ text: String) throws -> SubjectName { try #require(SubjectName(text)) }

    @Test(arguments: [
        ("emailAddress=x@y.vn,CN=a,C=VN", "E=x@y.vn,CN=a,C=VN"),
        ("UID=ab,CN=a", "0.9.2342.19200300.100.1.1=ab,CN=a"),
        ("serialNumber=12,title=Ông,SN=Lò,GN=Văn,CN=a", "2.5.4.5=12,2.5.4.12=Ông,2.5.4.4=Lò,2.5.4.42=Văn,CN=a"),
        ("OU=y+CN=x,O=z", "CN=x+OU=y,O=z"),
        ("street=1 Tô Hiệu,postalCode=34000,L=Sơn La", "STREET=1 Tô Hiệu,2.5.4.17=34000,L=Sơn La"),
        ("CN=a, O=b, C = VN", "cn=a,o=b,c=VN"),
        (##"CN=Sở\, ban\+ngành,O=\#hash,OU=\ b\ "##, ##"CN=Sở\2C ban\2Bngành,O=\23hash,OU=\20b\20"##),
        (#"CN=S\E1\BB\9F"#, "CN=Sở"),
        ("1.3.6.1.4.1.99999.1=#0C03414243,CN=a", "OID.1.3.6.1.4.1.99999.1=ABC,CN=a"),
        ("2.5.4.45=#03020780,CN=a", "x500UniqueIdentifier=#03020780,CN=a"),
    ])
    func theSameNameWrittenInAnotherWayIsTheSame(_ left: String, _ right: String) throws {
        #expect(try name(left) == name(right))
    }

    @Test(arguments: [
        ("CN=a,O=b", "O=b,CN=a"), ("CN=a,O=b", "CN=a"), ("CN=a+O=b", "CN=a,O=b"), ("CN=a", "CN=A"), ("CN=a", "OU=a"),
        (#"CN=a\,O=b"#, "CN=a,O=b"), (#"CN=\+5"#, #"CN=\05"#), ("CN=a", #"CN=a\ "#), (#"CN=a\\,O=b"#, #"CN=a\\\,O=b"#),
        ("CN=a,\u{301}O=b", "CN=a,O=b"),
    ])
    func anotherNameIsAnother(_ left: String, _ right: String) throws {
        #expect(SubjectName(left) != SubjectName(right))
    }

    @Test(arguments: ["", "CN", "mail", "/C=VN/O=So Noi vu/CN=mail", "CN=a,,O=b", #"CN=a\"#, "X=y", "2.=a", "CN=#0", "CN=#zz00", #"CN=\ff"#])
    func whatIsNoNameIsRefused(_ text: String) {
        #expect(SubjectName(text) == nil)
    }
}
