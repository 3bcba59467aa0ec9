import Correspondence
import Model
import TestSupport
import Testing

/// What an agency promises, in the forms that people write.
struct AnswerTextTests {
    @Test(arguments: [
        "15/12/2026", "15-12-2026", "15.12.2026", "15.12.2026.", "2026-12-15", "15 / 12 / 2026", "ngày 15 tháng 12 năm 2026", "15 tháng 12 năm 2026;",
        "trước ngày 15/12/2026", "Trước 15/12/2026", "đến hết ngày 15/12/2026", "chậm nhất là ngày 15-12-2026", "before 15/12/2026",
        "nga\u{300}y 15 tha\u{301}ng 12 na\u{306}m 2026",
    ])
    func aDayInACustomaryFormIsAPromise(_ day: String) {
        let answer = AnswerText("Biện pháp: lắp máy mới\nThời hạn: \(day)\n")

        #expect(answer.due == Day("2026-12-15"))
        #expect(answer.plan == "lắp máy mới")
        #expect(answer.remarks.isEmpty)
    }

    @Test(arguments: [
        "17/12", "15/12/26", "31/02/2026", "15/12/2026 hoặc muộn hơn", "trong tháng 12 năm 2026", "tuần sau", "trước", "quý IV/2026",
    ])
    func whatIsNoSingleDayStaysInThePlanAndIsRemarked(_ day: String) {
        let answer = AnswerText("Biện pháp: lắp máy mới\nThời hạn: \(day)\n")

        #expect(answer.due == nil)
        #expect(answer.plan == "lắp máy mới\nThời hạn: \(day)")
        #expect(answer.remarks == ["no day could be read in 'Thời hạn: \(day)'"])
    }

    @Test func quotationMarksAroundALineChangeNothing() {
        #expect(AnswerText("\"Thời hạn: 15/12/2026\"").due == Day("2026-12-15"))
    }

    @Test func aDayForEachOfTwoMattersIsKeptInThePlan() {
        let answer = AnswerText("1. Hồ sơ trễ hạn\nThời hạn: 15/12/2026\n2. Chữ ký số\nThời hạn: 31/12/2026\n")

        #expect(answer.due == nil)
        #expect(answer.plan == "1. Hồ sơ trễ hạn\nThời hạn: 15/12/2026\n2. Chữ ký số\nThời hạn: 31/12/2026")
        #expect(answer.remarks == ["it names 2 different days, so none is taken as a promise"])
    }

    @Test func theSameDayTwiceIsOnePromise() {
        #expect(AnswerText("Thời hạn: 15/12/2026\nDeadline: 2026-12-15\n").due == Day("2026-12-15"))
    }

    @Test(arguments: [
        ("Content-Type: text/plain; charset=utf-8\r\n\r\nĐã khắc phục", false), ("\r\n", true), ("\r\n> Kính gửi\r\n", true),
        ("Content-Type: text/plain; charset=koi8-r\r\n\r\nxin chao", true),
        ("Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n\r\n%PDF", false),
        ("Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx", true),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nx", true),
        (
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\nxin chao\r\n--b\r\n"
                + "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--b--\r\n", true
        ),
    ])
    func aMailWithoutReadableWordsOrADocumentIsSilent(_ rest: String, _ isSilent: Bool) {
        let mail = IncomingMail(Array("From: vanthu@xa.example\r\n\(rest)".utf8))

        #expect(mail.isSilent(but: AnswerText(mail.text)) == isSilent)
    }
}
