import Correspondence
import Testing

struct LetterTextTests {
    @Test func aLetterIsShownAsItsAddresseeReadsIt() {
        let mail = """
            From: =?UTF-8?B?VuG7pQ==?= =?UTF-8?Q?_m=E1=BB=99t?= <a@b.example>\r
            Subject: =?UTF-8?Q?T=E1=BB=89nh_S=C6=A1n_La?=\r
            X-Other: hidden\r
            Content-Transfer-Encoding: quoted-printable\r
            \r
            K=C3=ADnh g=\r
            =E1=BB=ADi\r
            """

        #expect(LetterText.readable(Array(mail.utf8)) == "From: Vụ một <a@b.example>\nSubject: Tỉnh Sơn La\n\nKính gửi")
    }
}
