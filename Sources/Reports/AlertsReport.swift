import Model

/// The alerts, whom they concern and why.
public enum AlertsReport {
    public static let layout = ReportLayout(
        "alerts",
        [
            ReportColumn("alert", "Khóa", "Alert", "the key that alerts show and explain take: rule/subject/agency"),
            ReportColumn(
                "state", "Trạng thái", "State",
                "pending, firing, reopened, acknowledged, silenced, suppressed, resolved, closed"),
            ReportColumn("severity", "Mức độ", "Severity", "warning, critical", isDetail: true),
            ReportColumn("agency", "Mã", "Code", "the agency's code; empty for alerts to the operator", isDetail: true),
            ReportColumn("name", "Cơ quan", "Agency", "its newest name"),
            ReportColumn("rule", "Quy tắc", "Rule", "the rule's id", isDetail: true),
            ReportColumn("subject", "Đối tượng", "Subject", "the id of the indicator, measure or source it looks at", isDetail: true),
            ReportColumn("period", "Kỳ", "Period", "the period last judged; empty for rules that look at today", isDetail: true),
            ReportColumn("since", "Từ lúc", "Since", "when it entered this state", isDetail: true),
            ReportColumn("assignee", "Phụ trách", "Assignee", "who looks after it", isDetail: true),
            ReportColumn("reason", "Lý do", "Reason", "why, with the numbers, in the language asked for"),
        ])

    /// In the order given; `names` are looked up in the register.
    public static func sheet(
        _ alerts: [Alert], flapping: [AlertKey] = [], register: Register, asOf: Instant? = nil, language: Language
    ) -> Sheet {
        let firing = alerts.count { $0.state.isFiring }
        let note = language.choose(
            "\(alerts.count) cảnh báo, trong đó \(firing) đang đôn đốc.",
            "\(alerts.count == 1 ? "1 alert" : "\(alerts.count) alerts"), \(firing) firing.")
        return layout.sheet(
            language.choose("Cảnh báo", "Alerts"), language, rows: alerts.map { row($0, register, language) },
            notes: [note] + (flapping.isEmpty ? [] : [damped(flapping, language)]) + (asOf.map { [Remarks.known($0, language)] } ?? []))
    }

    private static func damped(_ keys: [AlertKey], _ language: Language) -> String {
        let names = keys.map(\.description).joined(separator: ", ")
        return language.choose(
            "Dao động nhiều lần trong 30 ngày, chỉ gửi thư khi đã ổn định (urging.calm): \(names).",
            "Up and down within thirty days, so letters wait until they have settled (urging.calm): \(names).")
    }

    /// One alert with its whole life.
    public static func document(
        _ alert: Alert, transitions: [TransitionEntry], notes: [AlertNoteEntry] = [], answers: [RemediationEntry] = [], register: Register,
        asOf: Instant? = nil, language: Language
    ) -> Document {
        Document(
            [
                .sheet(record(alert, register, language)), .sheet(TransitionsReport.sheet(transitions, language: language)),
            ] + (notes.isEmpty ? [] : [.sheet(AlertNotesReport.sheet(notes, language: language))])
                + (answers.isEmpty ? [] : [.sheet(RemediationReport.sheet(answers, register: register, language: language))]) + [
                    .text(
                        language.choose(
                            "Giải trình số liệu: dondoc alerts explain \(alert.key)",
                            "Where the figures come from: dondoc alerts explain \(alert.key)"))
                ] + (asOf.map { [.text(Remarks.known($0, language))] } ?? []))
    }

    /// That another alert, or a source by its alert, speaks for one; to be put behind what is shown of it.
    public static func spokenFor(by speaker: AlertKey, _ language: Language) -> Document.Block {
        .text(
            language.choose(
                "Gộp vào cảnh báo \(speaker): không gửi thư riêng khi cảnh báo đó chưa kết thúc.",
                "Spoken for by the alert \(speaker): no letters of its own while that one is open."))
    }

    static func record(_ alert: Alert, _ register: Register, _ language: Language) -> Sheet {
        let basis = alert.reason.legalBasis.map { [language.choose("Căn cứ: \($0)", "Legal basis: \($0)")] } ?? []
        return layout.record(language.choose("Cảnh báo \(alert.key)", "Alert \(alert.key)"), language, row(alert, register, language), notes: basis)
    }

    private static func row(_ alert: Alert, _ register: Register, _ language: Language) -> [Sheet.Value] {
        [
            .text(alert.key.description), alert.state.cell(language), alert.severity.cell(language), .text(alert.key.agency?.text),
            .text(alert.key.agency.flatMap { register.newest($0)?.name }), .text(alert.key.rule), .text(alert.key.subject),
            alert.period?.cell(language) ?? .missing, .instant(alert.since), .text(alert.assignee), .text(alert.reason.sentence(language)),
        ]
    }
}

/// A transition with the letter that told of it.
public struct TransitionEntry: Hashable, Sendable {
    public let transition: Transition
    /// The Message-ID; nil when no letter was due.
    public let letter: String?

    public init(transition: Transition, letter: String?) {
        self.transition = transition
        self.letter = letter
    }
}

/// The life of an alert.
public enum TransitionsReport {
    public static let layout = ReportLayout(
        "transitions",
        [
            ReportColumn("at", "Lúc", "At", "when it changed"),
            ReportColumn("from", "Từ", "From", "the state before; empty for the first"),
            ReportColumn("to", "Sang", "To", "the state after"),
            ReportColumn("severity", "Mức độ", "Severity", "warning, critical"),
            ReportColumn("period", "Kỳ", "Period", "the period judged; empty for rules that look at today"),
            ReportColumn("reason", "Lý do", "Reason", "why, with the numbers, in the language asked for"),
            ReportColumn("by", "Người", "By", "who brought it about; empty for the rules"),
            ReportColumn("why", "Vì sao", "Why", "the operator's words"),
            ReportColumn("rules", "Phiên bản quy tắc", "Rules", "the version of the rules that judged: a digest of their files", isDetail: true),
            ReportColumn("letter", "Thư", "Letter", "the Message-ID of the letter that told of it"),
        ])

    /// Oldest first.
    public static func sheet(_ entries: [TransitionEntry], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = entries.sorted { $0.transition.at < $1.transition.at }.map { entry in
            let transition = entry.transition
            return [
                .instant(transition.at), transition.from?.cell(language) ?? .missing, transition.to.cell(language),
                transition.severity.cell(language),
                transition.period?.cell(language) ?? .missing, .text(transition.reason.sentence(language)), .text(transition.actor?.name),
                .text(transition.actor?.why), .text(transition.ruleVersion), .text(entry.letter),
            ]
        }
        return layout.sheet(language.choose("Diễn biến", "History"), language, rows: rows)
    }
}
