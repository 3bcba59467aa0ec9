import Model

/// What rules would have done, beside what was.
public enum RulesReplayReport {
    /// One alert on one day.
    public struct Row: Hashable, Sendable {
        public let day: Day
        public let key: AlertKey
        /// The last state it would have come to that day; nil when nothing would have happened.
        public var would: Transition?
        /// The last state it really came to; nil when nothing happened.
        public var really: Transition?
        /// Who would have been written to, a letter each.
        public var letters: [String]

        public init(day: Day, key: AlertKey, would: Transition? = nil, really: Transition? = nil, letters: [String] = []) {
            self.day = day
            self.key = key
            self.would = would
            self.really = really
            self.letters = letters
        }
    }

    public static let layout = ReportLayout(
        "rules-replay",
        [
            ReportColumn("day", "Ngày", "Day", "the day"),
            ReportColumn("alert", "Khóa", "Alert", "rule/subject/agency"),
            ReportColumn("name", "Cơ quan", "Agency", "the agency's newest name", isDetail: true),
            ReportColumn("would", "Theo quy tắc này", "By these rules", "the last state it would have come to that day; empty for none"),
            ReportColumn("severity", "Mức độ", "Severity", "warning, critical"),
            ReportColumn("really", "Thực tế", "Really", "the last state it really came to that day; empty for none"),
            ReportColumn("letter", "Thư cho", "Letter to", "who would have been written to: codes, or operators, with a comma between"),
            ReportColumn("reason", "Lý do", "Reason", "why, with the numbers"),
        ])

    /// - Parameters:
    ///   - fired: how often an alert would have begun to fire, and how often one really did; one may do so and end on one day.
    ///   - letters: how many letters would have been written, and how many really were.
    public static func sheet(
        _ rows: [Row], from first: Day, through last: Day, fired: (would: Int, really: Int), letters: (would: Int, really: Int),
        register: Register, language: Language
    ) -> Sheet {
        let cells: [[Sheet.Value]] = rows.map { row in
            let shown = row.would ?? row.really
            return [
                .day(row.day), .text(row.key.description), .text(row.key.agency.flatMap { register.newest($0)?.name }),
                row.would?.to.cell(language) ?? .missing, shown?.severity.cell(language) ?? .missing, row.really?.to.cell(language) ?? .missing,
                row.letters.isEmpty ? .missing : .text(row.letters.joined(separator: ", ")), .text(shown?.reason.sentence(language)),
            ]
        }
        let counts = language.choose(
            "Phát sinh \(fired.would) (thực tế \(fired.really)), thư \(letters.would) (thực tế \(letters.really)). Không gửi và không ghi gì.",
            "\(fired.would) fired (really \(fired.really)), \(letters.would) letters (really \(letters.really)). Nothing was sent or stored.")
        let span = "\(Sheet.Value.day(first).words(language)) – \(Sheet.Value.day(last).words(language))"
        return layout.sheet(language.choose("Chạy lại quy tắc, \(span)", "Rules replayed, \(span)"), language, rows: cells, notes: [counts])
    }
}

/// How alerts would stand by other rules, where that differs.
public enum RulesDiffReport {
    public static let layout = ReportLayout(
        "rules-diff",
        [
            ReportColumn("alert", "Khóa", "Alert", "rule/subject/agency"),
            ReportColumn("name", "Cơ quan", "Agency", "the agency's newest name"),
            ReportColumn("now", "Hiện nay", "Now", "its state by the rules in force; empty when there is no alert"),
            ReportColumn("then", "Sau thay đổi", "Then", "its state by the other rules; empty when there is no alert"),
            ReportColumn("reason", "Lý do", "Reason", "why, with the numbers"),
        ])

    public static func sheet(_ rows: [(key: AlertKey, now: Alert?, then: Alert?)], register: Register, language: Language) -> Sheet {
        let cells: [[Sheet.Value]] = rows.map { row in
            [
                .text(row.key.description), .text(row.key.agency.flatMap { register.newest($0)?.name }), words(row.now, language),
                words(row.then, language),
                .text((row.then ?? row.now)?.reason.sentence(language)),
            ]
        }
        let note =
            rows.isEmpty
            ? language.choose("Không có gì thay đổi.", "Nothing would be different.")
            : language.choose("\(rows.count) cảnh báo sẽ khác. Chưa áp dụng gì.", "\(rows.count) alerts would be different. Nothing was applied.")
        return layout.sheet(language.choose("Tác động của quy tắc mới", "What the other rules would change"), language, rows: cells, notes: [note])
    }

    private static func words(_ alert: Alert?, _ language: Language) -> Sheet.Value {
        guard let alert else { return .missing }
        let title = "\(alert.state.title(language)), \(alert.severity.title(language).lowercased())"
        return .code("\(alert.state.rawValue) \(alert.severity.rawValue)", title: title, tone: alert.state.tone)
    }
}
