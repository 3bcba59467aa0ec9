import Model
import Notify

/// Short ways to say agencies, transitions and letters.
enum Fixture {
    static let now = Instant(day("2026-11-23"), hour: 8, minute: 5)
    static let secret = Array("nobody knows".utf8)
    static let october = Period("2026-10") ?? fail("2026-10")
    static let department = agency("H52.01", "Sở Xây dựng", contacts: ["vanthu.sxd@sonla.example"])

    static func code(_ text: String) -> AgencyCode { AgencyCode(text) ?? fail(text) }
    static func day(_ text: String) -> Day { Day(text) ?? fail(text) }

    static func agency(_ text: String, _ name: String, contacts: [String] = [], to: String? = nil) -> Agency {
        Agency(code: code(text), name: name, level: .department, validFrom: day("2000-01-01"), validTo: to.map(day), contacts: contacts)
    }

    static func key(_ agency: String?, rule: String = "late", subject: String = "dossier.late") -> AlertKey {
        AlertKey(rule: rule, subject: subject, agency: agency.map(code))
    }

    static func late(_ agency: String = "H52.01", own reason: String? = nil) -> Reason {
        let reading = Reading(
            indicator: "dossier.late", definitionVersion: 1, agency: code(agency), period: october, state: .figure, numerator: 1499,
            denominator: 26_972, coverage: Coverage(days: 31, of: 31))
        return .beyondThreshold(
            Reason.Judged(
                reading: reading, unit: .percent, direction: .lowerIsBetter, bound: ExactDecimal(5), legalBasis: "Kế hoạch số 12/KH-UBND",
                consecutive: 2, reason: reason, goal: ExactDecimal(3)))
    }

    static func transition(
        _ key: AlertKey, _ from: AlertState? = nil, _ to: AlertState = .firing, _ severity: Severity = .warning, _ reason: Reason = late()
    ) -> Transition {
        Transition(key: key, from: from, to: to, severity: severity, at: now, period: october, reason: reason)
    }

    static func head(
        _ language: Language = .vietnamese, sender: String = "Sở Nội vụ tỉnh Sơn La", operators: [String] = ["truc@sonla.example"],
        at domain: String = "sonla.example"
    ) -> Letterhead {
        Letterhead(
            senderName: sender, senderAddress: "dondoc@\(domain)", replyTo: "cchc@sonla.example", envelopeFrom: "bounce@sonla.example",
            operators: operators, answerWithin: 5, provinceName: "ỦY BAN NHÂN DÂN TỈNH SƠN LA", language: language)
    }

    static func catalogue(_ agencies: [Agency] = [department], calendar: WorkCalendar = WorkCalendar(years: [2026: .confirmed])) -> LetterCatalogue {
        let definition = Indicator.Definition(
            version: 1, numerator: Expression("late") ?? fail("late"), denominator: Expression("received"),
            wording: LocalizedText(vietnamese: "hồ sơ trễ hạn / hồ sơ tiếp nhận & xử lý", english: "late dossiers / dossiers received & handled"),
            legalBasis: "QĐ 766/QĐ-TTg")
        let indicator = Indicator(
            id: "dossier.late", title: LocalizedText(vietnamese: "Tỷ lệ hồ sơ trễ hạn", english: "Late dossiers"), clause: "1.5",
            direction: .lowerIsBetter, unit: .percent, scheme: .calendar, period: .month, definitions: [definition])
        return LetterCatalogue(
            register: Register(agencies: agencies), calendar: calendar, indicators: [indicator],
            actions: ["late": LocalizedText(vietnamese: "rà soát hồ sơ quá hạn, có thư xin lỗi", english: "review overdue dossiers")],
            sources: ["one-stop": LocalizedText(vietnamese: "Hệ thống một cửa", english: "One-stop system")])
    }

    static func fail<T>(_ text: String) -> T { preconditionFailure("the fixture is wrong: \(text)") }
}
