import Foundation

extension SmallProvince {
    /// Ten mistakes that people make, in the files they make them in.
    private static let planted: [(file: String, old: String, new: String)] = [
        ("agencies.csv", "H52.02,Sở Gương Mẫu,department", "H52.02,Sở Gương Mẫu,ward"),
        ("agencies.csv", "H52.01,Sở Trượt Dốc,department,H52,2000-01-01", "H52.01,Sở Trượt Dốc,department,H52,2000-13-01"),
        ("calendar.yaml", "status: confirmed", "status: sure"),
        ("dondoc.yaml", "timeout: 60s", "timeout: 60 seconds"),
        ("dondoc.yaml", "limits: {shutdown: 5s}", "limits: {shutdwon: 5s}"),
        ("indicators.yaml", "clause:", "claus: x\n    clause:"),
        (
            "measures.yaml", "  - {id: dossiers.received.online",
            "  - {id: dossiers.received, title: {vi: Hai, en: Two}}\n  - {id: dossiers.received.online"
        ),
        ("rules.yaml", "kind: threshold", "kind: treshold"),
        ("sources.d/one-stop.yaml", "lookback: 45", "lookback: -45"),
        ("targets.yaml", "warning: 80", "warning: eighty"),
    ]

    /// What is said about each.
    static let mistakes = [
        "agencies.csv:3:36: 'valid_from' is '2000-13-01', expected a day such as 2026-08-01 or 01/08/2026",
        "agencies.csv:4:21: 'level' is 'ward', expected one of province, department, district, commune",
        "calendar.yaml:1:30: 'status' is 'sure', expected one of confirmed, estimated",
        "dondoc.yaml:7:66: 'timeout' is '60 seconds', expected a duration such as 30s, 5m, 2h or 7d",
        "dondoc.yaml:11:10: unknown key 'shutdwon'; did you mean 'shutdown'?",
        "indicators.yaml:4:5: unknown key 'claus'; did you mean 'clause'?",
        "measures.yaml:3:10: the measure 'dossiers.received' stands twice; ids must differ",
        "rules.yaml:2:24: unknown kind 'treshold', expected one of threshold, not-reported, stale, drop, rise, trend, rank, contradiction, budget, restated, "
            + "obligation; did you mean 'threshold'?",
        "sources.d/one-stop.yaml:4:11: 'lookback' is '-45', expected a whole number from 1 to 800",
        "targets.yaml:2:42: 'warning' is 'eighty', expected a number such as 90 or 98.5",
    ]

    /// - Returns: the files as they were, for `undo`.
    func plantMistakes() throws -> [String: String] {
        var good: [String: String] = [:]
        for mistake in SmallProvince.planted {
            try rewrite(mistake.file) { text in
                good[mistake.file] = good[mistake.file] ?? text
                return text.replacing(mistake.old, with: mistake.new)
            }
        }
        return good
    }

    func undo(_ good: [String: String]) throws {
        for (file, text) in good { try directory.write(text, to: file) }
    }

    /// Changes one of its files.
    func rewrite(_ file: String, _ change: (String) -> String) throws {
        let text = try String(contentsOfFile: directory.file(file), encoding: .utf8)
        let changed = change(text)
        guard changed != text else { throw NothingToChange(file: file) }
        try directory.write(changed, to: file)
    }

    /// The test wants to change what the file does not say.
    struct NothingToChange: Error {
        let file: String
    }
}
