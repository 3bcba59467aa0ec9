import Correspondence
import Testing

/// Who wrote a mail, as far as its head leaves no doubt.
struct SenderTests {
    @Test(arguments: [
        ("vanthu@xa.example", "vanthu@xa.example"), ("VanThu@Xa.Example", "vanthu@xa.example"), (" <vanthu@xa.example> ", "vanthu@xa.example"),
        (#""Văn thư" <vanthu@xa.example>"#, "vanthu@xa.example"), (#""Xã \"A\", huyện B" <vanthu@xa.example>"#, "vanthu@xa.example"),
        ("Văn thư (Sở A (mới)) <vanthu@xa.example> (chính)", "vanthu@xa.example"), ("vanthu@xa.example (Văn thư)", "vanthu@xa.example"),
        ("=?UTF-8?B?U+G7nw==?= <vanthu@xa.example>", "vanthu@xa.example"), (#""lan@la.example" <vanthu@xa.example>"#, "vanthu@xa.example"),
        ("VanThu@xa.example <vanthu@xa.example>", "vanthu@xa.example"),
    ])
    func oneAddressIsTheSender(_ header: String, _ address: String) {
        #expect(MailAddressText.address(in: header) == address)
        #expect(IncomingMail(Array("From: \(header)\r\n\r\nx".utf8)).sender == address)
    }

    @Test(arguments: [
        #""x\" <vanthu@xa.example>" <ai.do@la.example>"#, "(<vanthu@xa.example>) ai.do@la.example", #""\\" <ai.do@la.example>"#,
    ])
    func whatLooksLikeAnAddressInANameIsNotTheSender(_ header: String) {
        #expect(MailAddressText.address(in: header) == "ai.do@la.example")
    }

    @Test(arguments: [
        "vanthu@xa.example, ai.do@la.example", "<vanthu@xa.example> <ai.do@la.example>", "vanthu@xa.example <ai.do@la.example>",
        "Nhóm: vanthu@xa.example;", #""x" <vanthu@xa.example>" <ai.do@la.example>"#, #""Văn thư <vanthu@xa.example>"#, "(Văn thư <vanthu@xa.example>",
        "<vanthu@xa.example> ai.do@la.example", #""\" <vanthu@xa.example>"#, "vanthu@xa.example\u{1}", #""van thu"@xa.example"#, "vanthu@[192.0.2.1]",
        "<@la.example:vanthu@xa.example>", "<vanthu@xa.example", "vanthu@xa.example>", "vanthu@xa", "Văn thư", "", "<vanthu(x)@xa.example>",
        "vanthu@xa.e\u{212A}ample", "van thu@xa.example", "\\\"<vanthu@xa.example>",
    ])
    func whatCanBeReadInTwoWaysIsNobody(_ header: String) {
        #expect(MailAddressText.address(in: header).isEmpty)
        let mail = IncomingMail(Array("From: \(header)\r\n\r\nx".utf8))
        #expect(mail.sender.isEmpty)
        #expect(mail.remarks.first?.hasPrefix("its sender is not one address:") == true)
    }

    @Test func twoSenderFieldsAreNobody() {
        let mail = IncomingMail(Array("From: ai.do@la.example\r\nFrom: vanthu@xa.example\r\n\r\nx".utf8))

        #expect(mail.sender.isEmpty)
        #expect(mail.remarks == ["its sender is not one address: ai.do@la.example, vanthu@xa.example"])
    }
}
