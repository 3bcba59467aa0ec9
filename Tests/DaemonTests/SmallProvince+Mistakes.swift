import Foundation

extension SmallProvince {
    /// Ten mistakes that people make, in the files they make them in.
    private static let planted: [(file: String, old: String, new: String)] = [
        ("agencies.csv", "H52.02,Sở Gương Mẫu,department", "H52.02,Sở Gương Mẫu,ward"),
        ("agencies.csv", "H52.01,Sở Trượt Dốc,department,H52,2000-01-01", "H52.01,Sở Trượt Dốc,department,H52,2000-13-01"),
        ("calendar.yaml", "status: confirmed", "status: sure"),
        ("dondoc.yaml", "timeout: 5s", "timeout: 5 seconds"),
        ("dondoc.yaml", "limits: {shutdown: 5s}", "limits: {shutdwon: 5s}"),
        ("indicators.yaml", "direction: higher", "direction: up"),
        ("measures.yaml", "id: dossiers.received,", "id: Dossiers Received,"),
        ("rules.yaml", "kind: threshold", "kind: treshold"),
        ("sources.d/one-stop.yaml", "lookback: 45", "lookback: -45"),
        ("targets.yaml", "warning: 80", "warning: eighty"),
    ]

    /// What is said about each.
    static let mistakes: [String] = []

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
