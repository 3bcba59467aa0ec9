import Assembly
import Model
import TestSupport
import Testing

/// Published counts come out as the published percentages on the real way: bytes, decoding, checks, store, reading.
@Suite struct PublishedTableTests {
    private static let arrival = instant("2026-09-01T02:15")

    @Test(arguments: PublishedTable.all)
    func publishedTableIsReproducedFromItsBytes(table: PublishedTable) async throws {
        let office = try Office(table.files)

        let findings = try await office.receive(table.csv, from: table.name, at: PublishedTableTests.arrival)

        #expect(findings == [])
        for figure in table.figures {
            let reading = try office.reading(figure.share, of: figure.agency, over: period(table.period), today: PublishedTableTests.arrival.day)
            #expect(reading.state == .figure)
            #expect(reading.coverage.isComplete)
            #expect(reading.numerator == figure.numerator)
            #expect(reading.denominator == figure.denominator)
            #expect(reading.ratio?.percent(scale: table.decimals, rounding: figure.rounding)?.description == figure.printed)
            let isPrinted = table.shares.contains { $0.id == figure.share && $0.reported != nil }
            #expect(reading.reportedPercent?.description == (isPrinted ? figure.printed : nil))
        }
    }

    @Test func percentagesThatContradictTheirCountsAreToldAndTheCountsWin() async throws {
        let table = PublishedTable.wrong
        let office = try Office(table.files)

        let findings = try await office.receive(table.csv, from: table.name, at: PublishedTableTests.arrival)
        let onTime = try office.reading("on-time", of: "H52.01", over: period("2021-H1"), today: PublishedTableTests.arrival.day)
        let late = try office.reading("late", of: "H52.01", over: period("2021-H1"), today: PublishedTableTests.arrival.day)

        #expect(findings.map(\.kind) == [.contradictingPercentage, .contradictingPercentage])
        #expect(findings.map(\.found) == ["98.7%", "1.3%"])
        #expect(findings.map(\.expected) == ["98.87% (104814/106014)", "1.13% (1200/106014)"])
        #expect(findings.map(\.place) == ["line 2, column 'on_time_percent'", "line 2, column 'late_percent'"])
        #expect([onTime, late].map { $0.figure(in: .percent)?.description } == ["98.87", "1.13"])
        #expect([onTime, late].map { $0.reportedPercent?.description } == ["98.7", "1.3"])
    }

    @Test func screenshotsOfLangSonAreReproducedFromJSON() async throws {
        let office = try Office(LangSon.files)

        let findings = try await office.receive(
            LangSon.json, from: "lang-son", at: PublishedTableTests.arrival, asked: days("2026-07-01", "2026-07-31"))

        #expect(findings == [])
        for (id, printed) in LangSon.printed {
            let reading = try office.reading(id, of: "H52.01", over: period("2026-07"), today: PublishedTableTests.arrival.day)
            #expect(reading.figure(in: .percent)?.description == printed, "\(id)")
        }
    }
}

/// Lạng Sơn's online services of July 2026, as its system answers in JSON.
private enum LangSon {
    static let json = """
        {"data": {"rows": [{"code": "H52.01", "authority": 49, "partial": 0, "full": 49, "services": {"all": 1881, "used": 370},
          "online": 197476, "direct": 141, "postal": 0, "onTime": 179061, "overdue": 18415}]}}
        """
    static let shares = [
        ("partial", "partial", "authority"), ("full", "full", "authority"), ("rest", "authority - partial - full", "authority"),
        ("online", "online", "online + direct + postal"), ("elsewhere", "direct + postal", "online + direct + postal"),
        ("on-time", "on_time", "online"), ("overdue", "overdue", "online"), ("services", "services.used", "services"),
    ]
    static let printed = [
        ("partial", "0.00"), ("full", "100.00"), ("rest", "0.00"), ("online", "99.93"), ("elsewhere", "0.07"), ("on-time", "90.67"),
        // 9.325184 %: cut off it would be 9.32.
        ("overdue", "9.33"), ("services", "19.67"),
    ]
    static let measures = [
        ("authority", "authority"), ("partial", "partial"), ("full", "full"), ("services", "services.all"), ("services.used", "services.used"),
        ("online", "online"), ("direct", "direct"), ("postal", "postal"), ("on_time", "onTime"), ("overdue", "overdue"),
    ]

    static var files: Office.Files {
        Office.Files(
            agencies: [("H52.01", "Sở Một")], measures: measures.map { "  - {id: \($0.0), title: {vi: \($0.0), en: \($0.0)}}\n" }.joined(),
            indicators: shares.map { id, part, whole in
                """
                  - id: \(id)
                    title: {vi: \(id), en: \(id)}
                    clause: "1"
                    direction: higher
                    unit: percent
                    definitions: [{version: 1, numerator: "\(part)", denominator: "\(whole)", wording: {vi: a, en: b}, legal_basis: c}]

                """
            }.joined(),
            sources: [
                "lang-son": """
                id: lang-son
                kind: http
                schedule: "15 2 * * *"
                request: {each: month, url: "https://one-stop.example/${year}/${month}"}
                answer:
                  rows: data.rows
                  agency: {code: code}
                  measures: {\(measures.map { "\($0.0): \($0.1)" }.joined(separator: ", "))}

                """
            ])
    }
}
