import Model
import TestSupport
import Testing

@testable import Reports

/// What findings keep in English, said in Vietnamese, and the same for letters, lists and previews.
struct FindingTextTests {
    private func said(_ kind: Finding.Kind, place: String? = nil, found: String? = nil, expected: String? = nil) -> FindingText {
        FindingText(Finding(kind, place: place, found: found, expected: expected), .vietnamese)
    }

    @Test func aNameSpelledAlikeIsAGuessAndNoDemand() throws {
        let finding = Finding(.unknownAgency, found: "H52.999", expected: "H52.099")
        let now = Instant(milliseconds: 0)
        let record = FindingRecord(id: 1, finding: finding, firstSeen: now, lastSeen: now, count: 1, delivery: nil)

        #expect(said(.unknownAgency, expected: "H52.099").expected == nil)
        #expect(said(.unknownAgency, expected: "H52.099").nearest == "H52.099")
        #expect(
            try FindingsReport.sheet([record], language: .vietnamese).column("expected") == [
                .code("H52.099", title: "gần giống: H52.099", tone: .plain)
            ])
        #expect(
            try FindingsReport.sheet([record], language: .english).column("expected") == [
                .code("H52.099", title: "did you mean: H52.099", tone: .plain)
            ])
    }

    @Test(arguments: [
        (Finding.Kind.negativeCount, "0 or more", "từ 0 trở lên"), (.futureDay, "≤ 2026-09-10", "≤ 10/09/2026"),
        (.unsupportedDay, "2000-01-01..2099-12-31", "01/01/2000 đến 31/12/2099"),
        (.misalignedInterval, "admin15", "một ngày, hoặc trọn kỳ từ ngày 15 đến ngày 14"),
        (.duplicateInDelivery, "7 (line 8, column 'nhan')", "một giá trị; giá trị kia: 7 (dòng 8, cột 'nhan')"),
        (.ambiguousAgency, "H52.01, H52.02", "một trong: H52.01, H52.02"), (.cumulativeFall, "≥ 7 (2026-08-31)", "≥ 7 (31/08/2026)"),
        (.noContact, "an address in agencies.csv", "địa chỉ trong agencies.csv"),
        (.contactBounced, "an address that takes letters", "địa chỉ nhận được thư"),
        (.noContact, "a succession of H52.09 in successions.csv", "cơ quan kế thừa của H52.09 trong successions.csv"),
        (.calendarYearMissing, "the year 2027 in calendar.yaml", "năm 2027 trong calendar.yaml"),
        (
            .calendarYearEstimated, "status: confirmed, once the year's notice of days off is published",
            "status: confirmed, khi đã có thông báo nghỉ lễ, tết của năm"
        ),
    ])
    func whatWasExpected(kind: Finding.Kind, english: String, vietnamese: String) {
        #expect(said(kind, expected: english).expected == vietnamese)
    }

    @Test(arguments: [
        (Finding.Kind.undecodableDelivery, "'tu' is '31/02/2026', expected a day as dd/MM/yyyy", "'tu' là '31/02/2026', cần ngày dạng dd/MM/yyyy"),
        (.undecodableDelivery, "there is no column 'nhan'; the header is ma, ten", "không có cột 'nhan'; dòng tiêu đề là ma, ten"),
        (.undecodableDelivery, "expected a comma or a closing brace", "cần dấu phẩy hoặc dấu ngoặc nhọn đóng"),
        (.fetchFailed, "the source answered 503; it is asked again later", "nguồn trả lời 503; sẽ được hỏi lại sau"),
        (
            .fetchFailed, "https://a.vn/x: the connection was refused (port 1); check the port in the settings and whether the server runs",
            "https://a.vn/x: kết nối bị từ chối (port 1); kiểm tra cổng trong cấu hình và máy chủ có đang chạy không"
        ),
        (.noContact, "no agency answers for H52.09 on 2026-09-10", "không cơ quan nào chịu trách nhiệm về H52.09 vào ngày 10/09/2026"),
        (.signingFailed, "openssl refused: no such file", "openssl từ chối: no such file"),
        (.agencyNotInForce, "2026-08-01..2026-08-31", "01/08/2026 đến 31/08/2026"), (.restatedClosedPeriod, "null", "không có số liệu"),
    ])
    func whatWasFound(kind: Finding.Kind, english: String, vietnamese: String) {
        #expect(said(kind, found: english).found == vietnamese)
    }

    @Test func whatASourceWroteIsNobodysToTranslate() {
        for text in ["at most 5", "2026-13-01", "the answer is empty"] { #expect(said(.unreadableValue, found: text).found == text) }
        #expect(said(.undecodableDelivery, found: "something nobody has words for").found == "something nobody has words for")
        #expect(FindingText(Finding(.negativeCount, place: "line 8", expected: "0 or more"), .english).expected == "0 or more")
    }

    @Test func placesAreSaidAsInAPreview() {
        #expect(said(.unreadableValue, place: "line 8, column 'nhan'").place == "dòng 8, cột 'nhan'")
        #expect(said(.mailUnclear, place: "unassigned").place == "chưa rõ nội dung")
    }
}
