import Model
import Testing

@testable import Reports

/// Values that the tests of this module print.
enum Samples {
    static func agency(_ code: String, _ name: String, _ level: Agency.Level = .commune) throws -> Agency {
        Agency(code: try #require(AgencyCode(code)), name: name, level: level, validFrom: try #require(Day("2025-07-01")))
    }

    static let measure = MeasureID("dossiers.received")

    static func indicator() throws -> Indicator {
        let numerator = try #require(Expression("dossiers.resolved.on_time"))
        let wording = LocalizedText(
            vietnamese: "Hồ sơ giải quyết đúng hạn trên tổng số hồ sơ đã giải quyết.", english: "Dossiers resolved on time over all resolved.")
        return Indicator(
            id: "dossier.on_time", title: LocalizedText(vietnamese: "Tỷ lệ hồ sơ giải quyết đúng hạn", english: "Dossiers resolved on time"),
            clause: "1.5", direction: .higherIsBetter, unit: .percent, scheme: .calendar, period: .month,
            definitions: [
                .init(version: 1, numerator: numerator, denominator: Expression("dossiers.resolved"), wording: wording, legalBasis: "QĐ 766/QĐ-TTg")
            ])
    }

    static func period(_ text: String = "2026-08", _ scheme: PeriodScheme = .calendar) throws -> Period {
        try #require(Period(text, scheme: scheme))
    }

    static func reading(_ code: String, _ state: Reading.State, _ numerator: Int64?, _ denominator: Int64?, days: Int = 31) throws -> Reading {
        Reading(
            indicator: "dossier.on_time", definitionVersion: 1, agency: try #require(AgencyCode(code)), period: try period(), state: state,
            numerator: numerator, denominator: denominator, coverage: Coverage(days: days, of: 31))
    }

    static func rank(_ language: Language) throws -> Sheet {
        let entries = [
            RankEntry(rank: 1, agency: try agency("H52.07.003", "Xã Mường La"), reading: try reading("H52.07.003", .figure, 26_972, 27_480)),
            RankEntry(rank: 2, agency: try agency("H52.07.011", "Phường Chiềng Sinh"), reading: try reading("H52.07.011", .figure, 17, 20, days: 24)),
            RankEntry(
                rank: nil, agency: try agency("H52.15", "Sở Nông nghiệp và Môi trường", .department),
                reading: try reading("H52.15", .notReported, nil, nil, days: 0)),
            RankEntry(rank: nil, agency: try agency("H52.07.020", "Xã Vân Hồ"), reading: try reading("H52.07.020", .nothingToCount, 0, 0)),
        ]
        return RankReport.sheet(entries, of: try indicator(), over: try period(), language: language)
    }

    static func alert() throws -> Alert {
        let judged = Reason.Judged(
            reading: try reading("H52.07.011", .figure, 17, 20), unit: .percent, direction: .higherIsBetter, bound: ExactDecimal(90),
            legalBasis: "Kế hoạch 12/KH-UBND", consecutive: 2)
        return Alert(
            key: AlertKey(rule: "on-time", subject: "dossier.on_time", agency: AgencyCode("H52.07.011")), state: .firing, severity: .critical,
            since: Instant(try #require(Day("2026-09-03")), hour: 7, minute: 30), period: try period(), reason: .beyondThreshold(judged))
    }

    static func explanation() throws -> AlertExplanation {
        let range = try period().range
        let id = try #require(MeasureID("dossiers.resolved.on_time"))
        let measure = Measure(id: id, title: LocalizedText(vietnamese: "Hồ sơ giải quyết đúng hạn", english: "Resolved on time"))
        let alert = try alert()
        let delivery = DeliveryRecord(
            id: DeliveryID(42), source: "one-stop", receivedAt: Instant(try #require(Day("2026-09-02")), hour: 2, minute: 15),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", byteCount: 482, mediaType: "application/json", asked: range,
            outcome: IngestOutcome(stored: 2))
        let account = Account(terms: [
            Account.Term(
                side: .numerator, term: .init(measure: id), value: 17, isReported: true, days: 31, isMixed: false,
                entries: [.init(cell: Cell(range: range, value: 17, delivery: DeliveryID(42)), role: .counted, contribution: 17)])
        ])
        let basis = Explanation(
            reading: try reading("H52.07.011", .figure, 17, 20), indicator: try indicator(), account: account, measures: [id: measure],
            deliveries: [delivery], kept: [delivery.id])
        return AlertExplanation(
            alert: alert, basis: basis, current: try reading("H52.07.011", .figure, 18, 20),
            transitions: [
                TransitionEntry(
                    transition: Transition(
                        key: alert.key, from: nil, to: .firing, severity: .critical, at: alert.since, period: alert.period, reason: alert.reason),
                    letter: "<1@sonla.example>")
            ])
    }
}
