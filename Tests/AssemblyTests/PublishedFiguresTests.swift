import Assembly
import Foundation
import Model
import Store
import TestSupport
import Testing

/// Figures that Vietnamese agencies published with their counts, through the real path: bytes of a delivery, rows, observations, cells, reading.
///
/// Percentages are compared as the decimals that were printed; no test compares binary floating point.
struct PublishedFiguresTests {
    /// One published figure: who counted what, what they printed, and what dondoc prints of the same counts.
    struct Figure: CustomTestStringConvertible, Sendable {
        let name: String
        let numerator: String
        let denominator: String
        /// As it was printed, without the sign; empty when only counts were published.
        let printed: String
        let ours: String
        var isContradicted = false
        /// How numbers stand in the source: thousands with a dot, decimals with a comma.
        var usesDecimalComma = true

        var testDescription: String { name }
    }

    static let figures = [
        // Lạng Sơn, 2026.
        Figure(name: "Lạng Sơn online", numerator: "197476", denominator: "197617", printed: "99.93", ours: "99.93", usesDecimalComma: false),
        Figure(name: "Lạng Sơn direct and postal", numerator: "141", denominator: "197617", printed: "0.07", ours: "0.07", usesDecimalComma: false),
        Figure(name: "Lạng Sơn on time", numerator: "179061", denominator: "197476", printed: "90.67", ours: "90.67", usesDecimalComma: false),
        Figure(name: "Lạng Sơn overdue", numerator: "18415", denominator: "197476", printed: "9.33", ours: "9.33", usesDecimalComma: false),
        Figure(name: "Lạng Sơn services", numerator: "370", denominator: "1881", printed: "19.67", ours: "19.67", usesDecimalComma: false),
        // Thừa Thiên Huế, one decimal, a trailing zero dropped.
        Figure(name: "Huế level 1-2 early", numerator: "124907", denominator: "257141", printed: "48,6", ours: "48.58"),
        Figure(name: "Huế level 1-2 on time", numerator: "102770", denominator: "257141", printed: "40", ours: "39.97"),
        Figure(name: "Huế level 1-2 late", numerator: "19852", denominator: "257141", printed: "7,7", ours: "7.72"),
        Figure(name: "Huế level 3 early", numerator: "43434", denominator: "61827", printed: "70,3", ours: "70.25"),
        Figure(name: "Huế level 3 on time", numerator: "11795", denominator: "61827", printed: "19,1", ours: "19.08"),
        Figure(name: "Huế level 3 late", numerator: "4331", denominator: "61827", printed: "7", ours: "7.01"),
        Figure(name: "Huế level 4 early", numerator: "952", denominator: "1611", printed: "59,1", ours: "59.09"),
        Figure(name: "Huế level 4 on time", numerator: "388", denominator: "1611", printed: "24,1", ours: "24.08"),
        Figure(name: "Huế level 4 late", numerator: "268", denominator: "1611", printed: "16,6", ours: "16.64"),
        Figure(name: "Huế procedures at level 3", numerator: "1856", denominator: "2643", printed: "70,2", ours: "70.22"),
        Figure(name: "Huế procedures at level 4", numerator: "736", denominator: "2643", printed: "27,8", ours: "27.85"),
        // Lâm Đồng, first half of 2022: two rounded half up, one cut off.
        Figure(name: "Lâm Đồng departments", numerator: "175.354", denominator: "175.920", printed: "99,68", ours: "99.68"),
        Figure(name: "Lâm Đồng districts", numerator: "26.473", denominator: "26.972", printed: "98,15", ours: "98.15"),
        Figure(name: "Lâm Đồng communes", numerator: "204.847", denominator: "207.030", printed: "98,94", ours: "98.95"),
        // Sở TN&MT Lâm Đồng, first half of 2021: the published table contradicts its own counts.
        Figure(
            name: "Lâm Đồng environment on time", numerator: "104.814", denominator: "106.014", printed: "98,7", ours: "98.87", isContradicted: true),
        Figure(name: "Lâm Đồng environment late", numerator: "1.200", denominator: "106.014", printed: "1,3", ours: "1.13", isContradicted: true),
        // Bộ TN&MT, first quarter of 2019.
        Figure(name: "Bộ TN&MT resolved of the workload", numerator: "456", denominator: "1.610", printed: "28,3", ours: "28.32"),
        // Hà Nam, from the national measuring system.
        Figure(name: "Hà Nam fully online", numerator: "115.665", denominator: "168.746", printed: "68,54", ours: "68.54"),
        // Bến Tre, October 2020, counts in thousands.
        Figure(name: "Bến Tre resolved", numerator: "8.980", denominator: "10.180", printed: "88,2", ours: "88.21"),
        Figure(name: "Bến Tre on time", numerator: "8.960", denominator: "8.980", printed: "99,8", ours: "99.78"),
        Figure(name: "Bến Tre late", numerator: "17", denominator: "8.980", printed: "0,2", ours: "0.19"),
        // Quảng Nam: cut off at one decimal.
        Figure(name: "Quảng Nam procedures", numerator: "97", denominator: "98", printed: "98,9", ours: "98.98"),
        // Sơn La, plan of 2025, first half.
        Figure(name: "Sơn La plan", numerator: "31", denominator: "75", printed: "41,33", ours: "41.33"),
    ]

    @Test(arguments: figures)
    func aPublishedFigureIsReproducedFromItsCounts(figure: Figure) async throws {
        let decimals = figure.printed.split(whereSeparator: { $0 == "," || $0 == "." }).dropFirst().first?.count ?? 1
        let office = try Office(percentScale: max(1, decimals), usesDecimalComma: figure.usesDecimalComma)
        let csv = "code;part;whole;percent\nH52.01;\(figure.numerator);\(figure.denominator);\(figure.printed)%\n"

        let checked = try await office.deliver(csv)
        let reading = try office.reading()

        #expect(reading.figure(in: .percent)?.description == figure.ours)
        #expect(checked.findings.map(\.kind) == (figure.isContradicted ? [.contradictingPercentage] : []))
        #expect(checked.observations.count == 3)
        #expect(reading.reportedPercent != nil)
    }

    @Test func theWrongTableIsFlaggedWithBothFiguresAndTheCountsWin() async throws {
        let office = try Office(percentScale: 1, usesDecimalComma: true)

        let checked = try await office.deliver("code;part;whole;percent\nH52.01;104.814;106.014;98,7%\n")
        let finding = try #require(checked.findings.first)

        #expect(finding.found == "98.7%")
        #expect(finding.expected == "98.87% (104814/106014)")
        #expect(try office.reading().numerator == 104_814)
        #expect(try office.reading().denominator == 106_014)
    }

    /// An operator's directory with one source and one indicator, and a store.
    private struct Office {
        let directory: TemporaryDirectory
        let configuration: Configuration
        let store: Store

        init(percentScale: Int, usesDecimalComma: Bool) throws {
            directory = try TemporaryDirectory()
            let files = [
                "dondoc.yaml": "province: {code: H52, name: Sơn La}\nstore: {path: d.db}\nlisten: {control: s}\n",
                "agencies.csv":
                    "code,name,level,parent,valid_from,valid_to,contacts,aliases\nH52,Tỉnh,province,,2000-01-01,,,\nH52.01,Sở,department,H52,2000-01-01,,,\n",
                "successions.csv": "predecessor,successor,effective,measures,note\n",
                "calendar.yaml": "years: [{year: 2026, status: estimated, days_off: []}]\n",
                "targets.yaml": "targets: []\n",
                "rules.yaml": "rules: []\n",
                "measures.yaml": """
                measures:
                  - {id: part, title: {vi: Phần, en: Part}}
                  - {id: whole, title: {vi: Toàn bộ, en: Whole}}
                  - {id: part.percent, title: {vi: Tỷ lệ, en: Percent}, kind: stock, scale: \(percentScale)}

                """,
                "indicators.yaml": """
                indicators:
                  - id: share
                    title: {vi: Tỷ lệ, en: Share}
                    clause: "(f)"
                    direction: higher
                    unit: percent
                    definitions:
                      - {version: 1, numerator: part, denominator: whole, reported_percent: part.percent, wording: {vi: p, en: p}, legal_basis: b}

                """,
                "sources.d/published.yaml": """
                id: published
                kind: http
                schedule: "0 2 * * *"
                request: {each: month, url: "http://127.0.0.1/?m=${month}"}
                answer:
                  format: csv
                  separator: ";"
                  decimal_comma: \(usesDecimalComma)
                  agency: {code: code}
                  measures: {part: part, whole: whole, part.percent: percent}

                """,
            ]
            for (name, text) in files { try directory.write(text, to: name) }
            configuration = try Configuration.load(directory.path).get()
            store = try Store(path: configuration.core.province.store.path, mode: .readWrite)
        }

        /// Decodes, checks and records a delivery about June 2026.
        func deliver(_ text: String) async throws -> (observations: [Observation], findings: [Finding]) {
            let delivery = Delivery(
                source: "published", receivedAt: instant("2026-07-02T02:00"), bytes: Array(text.utf8), asked: days("2026-06-01", "2026-06-30"))
            let source = try #require(configuration.sources.first)
            let checked = try source.check(delivery, core: configuration.core, store: store, today: day("2026-07-02"))
            _ = try await store.record(delivery, observations: checked.observations, findings: checked.findings)
            return (checked.observations, checked.findings)
        }

        func reading() throws -> Reading {
            let indicator = try #require(configuration.core.indicators.first)
            let june = period("2026-06")
            let room = try ReadingRoom(core: configuration.core, store: store, for: [(indicator, june)], today: day("2026-07-02"))
            return room.reading(of: indicator, agency: code("H52.01"), over: june)
        }
    }
}
