import Model

/// What somebody wrote in answer to a letter: their own words, without the letter below them and without the lines that sign a mail.
public struct AnswerText: Hashable, Sendable {
    /// Their own words, at most 20 000 letters.
    public let words: String
    /// What stands on lines that say so: `Nguyên nhân: …`, or `Cause: …`; everything else is the plan.
    public let cause: String
    public let plan: String
    /// The day that stands on a line of its own, `Thời hạn: 15/12/2026`; nil when there is none, or no single one that everybody reads alike.
    public let due: Day?
    /// Why nothing is promised although a line says so, for whoever looks at the answer. Such lines stay in the plan.
    public let remarks: [String]

    public static let longest = 20_000

    public init(_ text: String) {
        let lines = AnswerText.ownLines(text)
        words = AnswerText.joined(lines)
        let promise = Promise(lines)
        due = promise.day
        remarks = promise.remarks
        var causes: [String] = []
        var plans: [String] = []
        var isInCause = false
        for line in lines {
            switch AnswerText.labelled(line) {
            case (.due, _)?:
                isInCause = false
                if promise.day == nil { plans.append(line) }
            case (.cause, let value)?:
                isInCause = true
                causes.append(value)
            case (.plan, let value)?:
                isInCause = false
                plans.append(value)
            case nil:
                if isInCause { causes.append(line) } else { plans.append(line) }
            }
        }
        cause = AnswerText.joined(causes)
        plan = AnswerText.joined(plans)
    }

    /// What the lines that name a day promise together: one day, or nothing.
    private struct Promise {
        var day: Day?
        var remarks: [String] = []

        private static let mostRemarks = 3

        init(_ lines: [String]) {
            var days: Set<Day> = []
            for line in lines {
                guard case (.due, let value)? = AnswerText.labelled(line), !value.isEmpty else { continue }
                if let day = AnswerDay.day(value) {
                    days.insert(day)
                } else if remarks.count < Promise.mostRemarks {
                    remarks.append("no day could be read in '\(line.oneLine)'")
                }
            }
            if days.count > 1 { remarks.append("it names \(days.count) different days, so none is taken as a promise") }
            day = remarks.isEmpty ? days.first : nil
        }
    }

    private enum Label { case due, cause, plan }

    private static let labels: [(String, Label)] = [
        ("thời hạn", .due), ("thời hạn hoàn thành", .due), ("thời hạn khắc phục", .due), ("hạn hoàn thành", .due), ("due", .due), ("deadline", .due),
        ("nguyên nhân", .cause), ("cause", .cause), ("reason", .cause), ("biện pháp", .plan), ("giải pháp", .plan), ("plan", .plan),
    ]

    /// A line of the form `Thời hạn: …`, whatever stands before it in the way of dashes, stars and quotation marks.
    private static func labelled(_ line: String) -> (Label, String)? {
        let bare = line.drop { $0.isWhitespace || "-*•+\"“".contains($0) }
        guard let colon = bare.firstIndex(of: ":") else { return nil }
        let name = TextFolding.key(String(bare[..<colon].filter { $0 != "*" }))
        guard let label = labels.first(where: { $0.0 == name })?.1 else { return nil }
        return (label, bare[bare.index(after: colon)...].filter { $0 != "*" }.trimmed)
    }

    /// Up to the letter that is quoted below or the signature; lines with `>` are somebody else's wherever they stand.
    static func ownLines(_ text: String) -> [String] {
        var own: [String] = []
        for piece in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(5000) {
            let line = piece.trimmed
            if piece == "-- " || piece == "--" || piece == "-- \r" || beginsQuotation(line) { break }
            if !line.hasPrefix(">") { own.append(line) }
        }
        return own
    }

    private static func beginsQuotation(_ line: String) -> Bool {
        let folded = TextFolding.key(line)
        if folded.hasPrefix("-----original message") || folded.hasPrefix("-----thư gốc") || folded.hasPrefix("--------- forwarded message") {
            return true
        }
        if line.count >= 20, line.allSatisfy({ $0 == "_" }) { return true }
        if (folded.hasPrefix("on ") && folded.hasSuffix("wrote:")) || (folded.hasPrefix("vào ") && folded.hasSuffix("đã viết:")) { return true }
        // Outlook's head of the quoted mail: "Từ: …" or "From: …" with an address.
        return (folded.hasPrefix("từ:") || folded.hasPrefix("from:")) && line.contains("@")
    }

    private static func joined(_ lines: [String]) -> String {
        var text = ""
        for line in lines where !(line.isEmpty && (text.isEmpty || text.hasSuffix("\n\n"))) { text += line + "\n" }
        return String(text.prefix(longest)).trimmed
    }
}

extension IncomingMail {
    /// The keys of alerts, `rule/subject/H52.07`, that stand in the subject or in the writer's own words; when there are none, in what they quote.
    var quotedKeys: [AlertKey] {
        let own = IncomingMail.keys(in: subject + "\n" + AnswerText.ownLines(text).joined(separator: "\n"))
        return own.isEmpty ? IncomingMail.keys(in: text) : own
    }

    private static func keys(in text: String) -> [AlertKey] {
        var found: [AlertKey] = []
        let isPart: (UInt8) -> Bool = { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (48...57).contains(byte) || "._-/".utf8.contains(byte)
        }
        for run in Array(text.utf8).split(whereSeparator: { !isPart($0) }) where found.count < 50 && run.count <= 200 {
            var word = String(decoding: run, as: UTF8.self)
            while let last = word.last, ".-_/".contains(last) { word.removeLast() }
            let parts = word.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, Identifier.isValid(parts[0]), Identifier.isValid(parts[1]), let agency = AgencyCode(parts[2]) else { continue }
            let key = AlertKey(rule: String(parts[0]), subject: String(parts[1]), agency: agency)
            if !found.contains(key) { found.append(key) }
        }
        return found
    }
}
