import Model
import Testing

@testable import Reports

extension Samples {
    static var evening: Instant { Instant(milliseconds: 1_788_696_000_000) }

    private static func moment(_ text: String) throws -> Instant { try #require(Instant(text)) }
    private static func days(_ first: String, _ last: String) throws -> DayRange {
        let start = try #require(Day(first))
        let end = try #require(Day(last)) + 1
        return DayRange(start: start, span: end - start)
    }
    private static func measure(_ id: String, _ vietnamese: String, _ english: String, _ kind: Measure.Kind = .flow) throws -> Measure {
        Measure(id: try #require(MeasureID(id)), title: LocalizedText(vietnamese: vietnamese, english: english), kind: kind)
    }
    private static func delivery(_ number: Int64, _ received: String) throws -> DeliveryRecord {
        DeliveryRecord(
            id: DeliveryID(number), source: "one-stop", receivedAt: try moment(received),
            sha256: String(repeating: "9f86d081884c7d65", count: 4), byteCount: 482, mediaType: "application/json",
            asked: try days("2026-08-01", "2026-08-31"), outcome: IngestOutcome(stored: 2))
    }

    /// Days beside a month, a running total, something unknown, an optional measure that never came, and the source's own percentage.
    static func readingExplanation() throws -> Explanation {
        let onTime = try measure("dossiers.resolved.on_time", "Hồ sơ giải quyết đúng hạn", "Resolved on time")
        let resolved = try measure("dossiers.resolved", "Hồ sơ đã giải quyết", "Resolved", .cumulative(since: .calendar))
        let withdrawn = try measure("dossiers.withdrawn", "Hồ sơ rút", "Withdrawn")
        let percent = Measure(
            id: try #require(MeasureID("dossiers.percent")), title: LocalizedText(vietnamese: "Tỷ lệ đúng hạn", english: "On time"), scale: 1)
        func cell(_ first: String, _ last: String, _ value: Int64?, _ delivery: Int64) throws -> Cell {
            Cell(range: try days(first, last), value: value, delivery: DeliveryID(delivery))
        }
        let account = Account(terms: [
            Account.Term(
                side: .numerator, term: .init(measure: onTime.id), value: 17, isReported: true, days: 31, isMixed: false,
                entries: [
                    .init(cell: try cell("2026-08-01", "2026-08-31", 17, 42), role: .counted, contribution: 17),
                    .init(cell: try cell("2026-08-03", "2026-08-03", 2, 41), role: .notCounted),
                    .init(cell: try cell("2026-08-04", "2026-08-04", nil, 41), role: .unknown),
                ]),
            Account.Term(
                side: .denominator, term: .init(measure: resolved.id), value: 20, isReported: true, days: 31, isMixed: true,
                entries: [
                    .init(cell: try cell("2026-07-31", "2026-07-31", 1_100, 40), role: .base),
                    .init(cell: try cell("2026-08-31", "2026-08-31", 1_120, 42), role: .counted, contribution: 20),
                ]),
            Account.Term(
                side: .denominator, term: .init(measure: withdrawn.id, isSubtracted: true, isOptional: true), value: nil, isReported: false, days: 0,
                isMixed: false, entries: []),
            Account.Term(
                side: .reported, term: .init(measure: percent.id), value: 851, isReported: true, days: 31, isMixed: false,
                entries: [.init(cell: try cell("2026-08-01", "2026-08-31", 851, 42), role: .counted, contribution: 851)]),
        ])
        let reading = Reading(
            indicator: "dossier.on_time", definitionVersion: 1, agency: try #require(AgencyCode("H52.07.011")), period: try period(), state: .figure,
            numerator: 17, denominator: 20, coverage: Coverage(days: 31, of: 31), reportedPercent: ExactDecimal(units: 851, scale: 1),
            isMixed: true)
        return Explanation(
            reading: reading, indicator: try indicator(), account: account,
            measures: Dictionary(uniqueKeysWithValues: [onTime, resolved, withdrawn, percent].map { ($0.id, $0) }),
            deliveries: [try delivery(40, "2026-08-01T02:15"), try delivery(41, "2026-08-05T02:15"), try delivery(42, "2026-09-02T02:15")],
            kept: [DeliveryID(42)])
    }

    private static func reading(_ name: String, _ numerator: Int64?, version: Int, _ state: Reading.State = .figure) throws -> Reading {
        Reading(
            indicator: "dossier.on_time", definitionVersion: version, agency: try #require(AgencyCode("H52.07.011")), period: try period(name),
            state: state, numerator: numerator, denominator: numerator.map { _ in 20 }, coverage: Coverage(days: 30, of: 31),
            isProvisional: name == "2022-07", isMixed: name == "2022-05")
    }

    private static func change(refused: [String]) throws -> SeriesBreak {
        SeriesBreak(
            day: Day("2022-06-15"), from: 1, to: 2, refused: try refused.map { try period($0) }, previous: try period("2022-05"),
            next: try period("2022-07"))
    }

    static func joinedTrend(_ language: Language) throws -> Sheet {
        TrendReport.sheet(
            [
                .reading(try reading("2022-05", 17, version: 1)), .gap(try change(refused: ["2022-06"])),
                .reading(try reading("2022-07", nil, version: 2, .notReported)),
            ], of: try indicator(), agency: try agency("H52.07.011", "Phường Chiềng Sinh"), cutBefore: nil, cutAfter: nil, language: language)
    }

    static func cutTrend(_ language: Language) throws -> Sheet {
        TrendReport.sheet(
            [.reading(try reading("2022-07", 18, version: 2))], of: try indicator(), agency: try agency("H52.07.011", "Phường Chiềng Sinh"),
            cutBefore: try change(refused: ["2022-06"]), cutAfter: nil, language: language)
    }

    /// Cut after the break, with a definition that begins, one that ends, and none at all.
    static func trendThatEnds(_ language: Language) throws -> Sheet {
        let begins = SeriesBreak(day: Day("2022-06-15"), from: nil, to: 1, refused: [try period("2022-06")], previous: nil, next: nil)
        let months = try ["2022-07", "2022-08", "2022-09", "2022-10"].map { try period($0) }
        let ends = SeriesBreak(
            day: Day("2022-06-15"), from: 1, to: nil, refused: [try period("2022-06")], uncovered: months, previous: nil, next: nil)
        let none = SeriesBreak(day: nil, from: nil, to: nil, refused: [], uncovered: [try period("2022-06")], previous: nil, next: nil)
        return TrendReport.sheet(
            [.reading(try reading("2022-05", 17, version: 1)), .gap(begins), .gap(ends), .gap(none)], of: try indicator(),
            agency: try agency("H52.07.011", "Phường Chiềng Sinh"), cutBefore: nil, cutAfter: try change(refused: []), asOf: evening,
            language: language)
    }

    static func restatements(_ language: Language) throws -> Sheet {
        let measure = try measure("dossiers.resolved", "Hồ sơ đã giải quyết", "Resolved")
        let agency = try agency("H52.07.011", "Phường Chiềng Sinh")
        func entry(_ old: Int64?, _ new: Int64?, isClosed: Bool) throws -> RestatementEntry {
            RestatementEntry(
                cell: CellKey(agency: agency.code, measure: measure.id, range: try days("2026-08-01", "2026-08-31")), old: old, new: new,
                replaced: DeliveryID(40), by: DeliveryID(42), at: try moment("2026-09-02T02:15"), source: "one-stop", month: try period(),
                isClosed: isClosed)
        }
        return RestatementsReport.sheet(
            [try entry(17, 20, isClosed: true), try entry(nil, 0, isClosed: false), try entry(.min, .max, isClosed: false)],
            measures: [measure.id: measure], register: Register(agencies: [agency]), limit: 3, asOf: evening,
            language: language)
    }

    static func history(_ language: Language) throws -> Sheet {
        let first = try delivery(40, "2026-08-01T02:15")
        let second = try delivery(42, "2026-09-02T02:15")
        let day = try days("2026-08-01", "2026-08-01")
        let entries = [
            HistoryEntry(
                range: day, value: nil, recordedAt: first.receivedAt, delivery: first.id, record: first, replacedAt: second.receivedAt,
                replacedBy: second.id),
            HistoryEntry(
                range: day, value: 0, recordedAt: second.receivedAt, delivery: second.id, record: second, replacedAt: nil, replacedBy: nil),
        ]
        return HistoryReport.sheet(
            entries, of: try measure("dossiers.resolved", "Hồ sơ đã giải quyết", "Resolved"), agency: try agency("H52.07.011", "Phường Chiềng Sinh"),
            on: day.start, asOf: evening, language: language)
    }

    static func noHistory(_ language: Language) throws -> Sheet {
        HistoryReport.sheet(
            [], of: try measure("dossiers.resolved", "Hồ sơ đã giải quyết", "Resolved"), agency: try agency("H52.07.011", "Phường Chiềng Sinh"),
            on: try #require(Day("2026-08-02")), language: language)
    }

    static func findings() throws -> [FindingRecord] {
        let day = try days("2026-08-01", "2026-08-01")
        func record(_ id: Int64, last: Instant, count: Int) throws -> FindingRecord {
            let finding = Finding(
                .restatedClosedPeriod, source: "one-stop", agency: "H52.0\(id)", measure: "dossiers.resolved", range: day, found: "20",
                expected: "17")
            return FindingRecord(
                id: id, finding: finding, firstSeen: try moment("2026-09-02T02:15"), lastSeen: last, count: count, delivery: DeliveryID(42))
        }
        return [
            try record(1, last: try moment("2026-09-20T02:15"), count: 9), try record(2, last: try moment("2026-09-02T02:15"), count: 1),
        ]
    }
}
