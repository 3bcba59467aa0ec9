import Model
import TestSupport
import Testing

/// Tables as their publishers printed them, each with the configuration an operator would write for it and what it must come out as.
struct PublishedTable: Sendable, CustomTestStringConvertible {
    struct Share: Sendable {
        let id: String
        let numerator: String
        let denominator: String
        /// The measure that holds the publisher's own percentage; nil where none was printed.
        var reported: String?
    }

    struct Figure: Sendable {
        let agency: String
        let share: String
        let numerator: Int64
        let denominator: Int64
        let printed: String
        var rounding = Ratio.Rounding.halfUp
    }

    let name: String
    /// What the publisher's percentages have behind the comma.
    let decimals: Int
    let period: String
    let counts: [String]
    let shares: [Share]
    /// Vietnamese CSV: semicolons, thousands dots, decimal commas, dd/MM/yyyy; the header's columns are named like the measures.
    let csv: String
    let figures: [Figure]

    var testDescription: String { name }
    var percentages: [String] { shares.compactMap(\.reported) }

    static let all = [
        PublishedTable(
            name: "hue-dossiers", decimals: 1, period: "2020-12", counts: ["total", "processed", "open", "early", "on_time", "late"],
            shares: [
                Share(id: "early", numerator: "early", denominator: "processed", reported: "early_percent"),
                Share(id: "on-time", numerator: "on_time", denominator: "processed", reported: "on_time_percent"),
                Share(id: "late", numerator: "late", denominator: "processed", reported: "late_percent"),
                Share(id: "open", numerator: "total - processed", denominator: "open"),
            ],
            csv: """
                agency;from;to;total;processed;open;early;early_percent;on_time;on_time_percent;late;late_percent
                H52.02;01/12/2020;31/12/2020;268.763;257.141;11.622;124.907;48,6%;102.770;40%;19.852;7,7%
                H52.03;01/12/2020;31/12/2020;68.544;61.827;6.717;43.434;70,3%;11.795;19,1%;4.331;7%
                H52.04;01/12/2020;31/12/2020;1665;1611;54;952;59,1%;388;24,1%;268;16,6%

                """,
            figures: [
                Figure(agency: "H52.02", share: "early", numerator: 124_907, denominator: 257_141, printed: "48.6"),
                Figure(agency: "H52.02", share: "on-time", numerator: 102_770, denominator: 257_141, printed: "40.0"),
                Figure(agency: "H52.02", share: "late", numerator: 19_852, denominator: 257_141, printed: "7.7"),
                Figure(agency: "H52.03", share: "early", numerator: 43_434, denominator: 61_827, printed: "70.3"),
                Figure(agency: "H52.03", share: "on-time", numerator: 11_795, denominator: 61_827, printed: "19.1"),
                Figure(agency: "H52.03", share: "late", numerator: 4331, denominator: 61_827, printed: "7.0"),
                Figure(agency: "H52.04", share: "early", numerator: 952, denominator: 1611, printed: "59.1"),
                Figure(agency: "H52.04", share: "on-time", numerator: 388, denominator: 1611, printed: "24.1"),
                Figure(agency: "H52.04", share: "late", numerator: 268, denominator: 1611, printed: "16.6"),
                // total = processed + open.
                Figure(agency: "H52.02", share: "open", numerator: 11_622, denominator: 11_622, printed: "100.0"),
                Figure(agency: "H52.03", share: "open", numerator: 6717, denominator: 6717, printed: "100.0"),
                Figure(agency: "H52.04", share: "open", numerator: 54, denominator: 54, printed: "100.0"),
            ]),
        PublishedTable(
            name: "hue-procedures", decimals: 1, period: "2020-12", counts: ["offered", "procedures"],
            shares: [Share(id: "offered", numerator: "offered", denominator: "procedures", reported: "offered_percent")],
            csv: """
                agency;from;to;offered;procedures;offered_percent
                H52.01;01/12/2020;31/12/2020;2643;2643;100%
                H52.02;01/12/2020;31/12/2020;2643;2643;100%
                H52.03;01/12/2020;31/12/2020;1856;2643;70,2%
                H52.04;01/12/2020;31/12/2020;736;2643;27,8%

                """,
            figures: [
                Figure(agency: "H52.01", share: "offered", numerator: 2643, denominator: 2643, printed: "100.0"),
                Figure(agency: "H52.02", share: "offered", numerator: 2643, denominator: 2643, printed: "100.0"),
                Figure(agency: "H52.03", share: "offered", numerator: 1856, denominator: 2643, printed: "70.2"),
                Figure(agency: "H52.04", share: "offered", numerator: 736, denominator: 2643, printed: "27.8"),
            ]),
        PublishedTable(
            name: "lam-dong", decimals: 2, period: "2022-H1", counts: ["resolved", "on_time"],
            shares: [Share(id: "on-time", numerator: "on_time", denominator: "resolved", reported: "on_time_percent")],
            csv: """
                agency;from;to;resolved;on_time;on_time_percent
                H52.01;01/01/2022;30/06/2022;175.920;175.354;99,68%
                H52.02;01/01/2022;30/06/2022;26.972;26.473;98,15%
                H52.03;01/01/2022;30/06/2022;207.030;204.847;98,94%

                """,
            figures: [
                Figure(agency: "H52.01", share: "on-time", numerator: 175_354, denominator: 175_920, printed: "99.68"),
                Figure(agency: "H52.02", share: "on-time", numerator: 26_473, denominator: 26_972, printed: "98.15"),
                Figure(agency: "H52.03", share: "on-time", numerator: 204_847, denominator: 207_030, printed: "98.94", rounding: .truncated),
            ]),
        PublishedTable(
            name: "carry-over", decimals: 1, period: "2019-Q1", counts: ["carried", "received", "resolved", "open_in_time", "open_late"],
            shares: [
                Share(id: "resolved", numerator: "resolved", denominator: "carried + received", reported: "resolved_percent"),
                Share(id: "open", numerator: "carried + received - resolved", denominator: "open_in_time + open_late"),
            ],
            csv: """
                agency;from;to;carried;received;resolved;open_in_time;open_late;resolved_percent
                H52.01;01/01/2019;31/03/2019;1.246;364;456;868;286;28,3%

                """,
            figures: [
                Figure(agency: "H52.01", share: "resolved", numerator: 456, denominator: 1610, printed: "28.3"),
                Figure(agency: "H52.01", share: "open", numerator: 1154, denominator: 1154, printed: "100.0"),
            ]),
        PublishedTable(
            name: "ha-nam", decimals: 2, period: "2023", counts: ["online", "dossiers"],
            shares: [Share(id: "online", numerator: "online", denominator: "dossiers", reported: "online_percent")],
            csv: "agency;from;to;online;dossiers;online_percent\nH52.01;01/01/2023;31/12/2023;115.665;168.746;68,54%\n",
            figures: [Figure(agency: "H52.01", share: "online", numerator: 115_665, denominator: 168_746, printed: "68.54")]),
        PublishedTable(
            name: "ben-tre", decimals: 1, period: "2020-10", counts: ["received", "resolved", "on_time", "late"],
            shares: [
                Share(id: "resolved", numerator: "resolved", denominator: "received", reported: "resolved_percent"),
                Share(id: "on-time", numerator: "on_time", denominator: "resolved", reported: "on_time_percent"),
                Share(id: "late", numerator: "late", denominator: "resolved", reported: "late_percent"),
            ],
            csv: """
                agency;from;to;received;resolved;resolved_percent;on_time;on_time_percent;late;late_percent
                H52.01;01/10/2020;31/10/2020;10.180;8.980;88,2%;8.960;99,8%;17;0,2%

                """,
            figures: [
                Figure(agency: "H52.01", share: "resolved", numerator: 8980, denominator: 10_180, printed: "88.2"),
                Figure(agency: "H52.01", share: "on-time", numerator: 8960, denominator: 8980, printed: "99.8"),
                Figure(agency: "H52.01", share: "late", numerator: 17, denominator: 8980, printed: "0.2"),
            ]),
        PublishedTable(
            name: "quang-nam", decimals: 1, period: "2022-12", counts: ["done", "procedures"],
            shares: [Share(id: "done", numerator: "done", denominator: "procedures", reported: "done_percent")],
            csv: "agency;from;to;done;procedures;done_percent\nH52.01;01/12/2022;31/12/2022;97;98;98,9%\n",
            figures: [Figure(agency: "H52.01", share: "done", numerator: 97, denominator: 98, printed: "98.9", rounding: .truncated)]),
        PublishedTable(
            name: "son-la", decimals: 2, period: "2025-H1", counts: ["done", "tasks"],
            shares: [Share(id: "done", numerator: "done", denominator: "tasks", reported: "done_percent")],
            csv: "agency;from;to;done;tasks;done_percent\nH52.01;01/01/2025;30/06/2025;31;75;41,33%\n",
            figures: [Figure(agency: "H52.01", share: "done", numerator: 31, denominator: 75, printed: "41.33")]),
    ]

    /// The first half of 2021 of Sở Tài nguyên và Môi trường Lâm Đồng, whose percentages do not follow from its counts.
    static let wrong = PublishedTable(
        name: "lam-dong-2021", decimals: 1, period: "2021-H1", counts: ["received", "resolved", "on_time", "late"],
        shares: [
            Share(id: "on-time", numerator: "on_time", denominator: "resolved", reported: "on_time_percent"),
            Share(id: "late", numerator: "late", denominator: "resolved", reported: "late_percent"),
        ],
        csv: """
            agency;from;to;received;resolved;on_time;on_time_percent;late;late_percent
            H52.01;01/01/2021;30/06/2021;114.126;106.014;104.814;98,7%;1.200;1,3%

            """,
        figures: [])

    /// The operator's directory for this table.
    var files: Office.Files {
        let measures = counts.map { "  - {id: \($0), title: {vi: \($0), en: \($0)}}\n" }
        let percents = percentages.map { "  - {id: \($0), title: {vi: \($0), en: \($0)}, scale: \(decimals)}\n" }
        let indicators = shares.map { share in
            """
              - id: \(share.id)
                title: {vi: \(share.id), en: \(share.id)}
                clause: "1"
                direction: higher
                unit: percent
                definitions:
                  - {version: 1, numerator: "\(share.numerator)", denominator: "\(share.denominator)", wording: {vi: a, en: b}\
            \(share.reported.map { ", reported_percent: \($0)" } ?? ""), legal_basis: c}

            """
        }
        let mapping = (counts + percentages).map { "\($0): \($0)" }.joined(separator: ", ")
        let source = """
            id: \(name)
            kind: http
            schedule: "15 2 * * *"
            request: {each: month, url: "https://one-stop.example/${year}/${month}"}
            answer:
              format: csv
              separator: ";"
              decimal_comma: true
              agency: {code: agency}
              days: {from: from, to: to, pattern: dd/MM/yyyy}
              measures: {\(mapping)}

            """
        return Office.Files(
            agencies: (1...4).map { ("H52.0\($0)", "Sở \($0)") }, measures: (measures + percents).joined(), indicators: indicators.joined(),
            sources: [name: source])
    }
}
