import Model

/// What has become of an alert over a time.
public struct AlertChange: Hashable, Sendable {
    public let newest: Transition
    /// What it was before the first change; nil when it was not there.
    public let before: AlertState?
    /// How often it changed.
    public let count: Int
    /// How many letters told of it.
    public let letters: Int

    public init(newest: Transition, before: AlertState?, count: Int, letters: Int) {
        self.newest = newest
        self.before = before
        self.count = count
        self.letters = letters
    }
}

/// The compact view of the morning: a line for each alert that changed.
public enum AlertChangesReport {
    public static let layout = ReportLayout(
        "alert-changes",
        [
            ReportColumn("alert", "Khóa", "Alert", "the key that alerts show takes"),
            ReportColumn("name", "Cơ quan", "Agency", "the agency's newest name"),
            ReportColumn("before", "Trước", "Before", "its state at the beginning; empty when it was not there"),
            ReportColumn("now", "Nay", "Now", "its state after the last change"),
            ReportColumn("severity", "Mức độ", "Severity", "warning, critical"),
            ReportColumn("at", "Lúc", "At", "when it changed last"),
            ReportColumn("changes", "Số lần", "Changes", "how often it changed", isDetail: true),
            ReportColumn("letters", "Thư", "Letters", "how many letters told of it", isDetail: true),
            ReportColumn("by", "Người", "By", "who changed it last; empty for the rules"),
            ReportColumn("why", "Lý do", "Why", "the operator's reason, or the rule's with its numbers"),
        ])

    /// In the order given.
    public static func sheet(_ changes: [AlertChange], since: Instant, register: Register, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = changes.map { change in
            let newest = change.newest
            return [
                .text(newest.key.description), .text(newest.key.agency.flatMap { register.newest($0)?.name }),
                change.before?.cell(language) ?? .missing, newest.to.cell(language), newest.severity.cell(language), .instant(newest.at),
                .count(change.count), .count(change.letters), .text(newest.actor?.name), .text(newest.actor?.why ?? newest.reason.sentence(language)),
            ]
        }
        let start = Sheet.Value.instant(since).words(language)
        return layout.sheet(
            language.choose("Thay đổi từ \(start)", "Changes since \(start)"), language, rows: rows,
            notes: rows.isEmpty ? [language.choose("Không có thay đổi.", "Nothing has changed.")] : [])
    }
}

/// Times in which nobody is told.
public enum SilencesReport {
    public static let layout = ReportLayout(
        "silences",
        [
            ReportColumn("silence", "Số", "No.", "the silence's number"),
            ReportColumn("state", "Tình trạng", "State", "planned, active, over"),
            ReportColumn("agency", "Mã", "Code", "the agency; empty for all"),
            ReportColumn("subject", "Đối tượng", "Subject", "the indicator, measure or source; empty for all"),
            ReportColumn("rule", "Quy tắc", "Rule", "the rule; empty for all"),
            ReportColumn("from", "Từ lúc", "From", "when it begins"),
            ReportColumn("until", "Đến lúc", "Until", "when it ends"),
            ReportColumn("by", "Người", "By", "who asked for it"),
            ReportColumn("why", "Lý do", "Why", "the reason"),
        ])

    /// In the order given, as of an instant.
    public static func sheet(_ silences: [Silence], at now: Instant, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = silences.map { silence in
            [
                .integer(silence.id), state(silence, now, language), .text(silence.scope.agency?.text), .text(silence.scope.subject),
                .text(silence.scope.rule), .instant(silence.from), .instant(silence.until), .text(silence.actor.name), .text(silence.actor.why),
            ]
        }
        return layout.sheet(language.choose("Tạm dừng đôn đốc", "Silences"), language, rows: rows)
    }

    private static func state(_ silence: Silence, _ now: Instant, _ language: Language) -> Sheet.Value {
        if silence.until <= now { return .code("over", title: language.choose("đã hết", "over"), tone: .faint) }
        if now < silence.from { return .code("planned", title: language.choose("sắp tới", "planned"), tone: .plain) }
        return .code("active", title: language.choose("đang áp dụng", "active"), tone: .warning)
    }
}

/// An agency's answer and how it stands.
public struct RemediationEntry: Hashable, Sendable {
    public let answer: Remediation
    public let state: Remediation.State

    public init(answer: Remediation, state: Remediation.State) {
        self.answer = answer
        self.state = state
    }
}

/// What agencies have answered and promised.
public enum RemediationReport {
    public static let layout = ReportLayout(
        "remediation",
        [
            ReportColumn("answer", "Số", "No.", "the answer's number"),
            ReportColumn("alert", "Khóa", "Alert", "the alert it answers"),
            ReportColumn("name", "Cơ quan", "Agency", "the agency's newest name"),
            ReportColumn("state", "Tình trạng", "State", "answered, promised, overdue, done"),
            ReportColumn("due", "Cam kết", "Due", "the last day by which it is to be mended"),
            ReportColumn("cause", "Nguyên nhân", "Cause", "why it came about, in the agency's words"),
            ReportColumn("plan", "Biện pháp", "Plan", "what is being done"),
            ReportColumn("entered", "Nhập lúc", "Entered", "when it was entered", isDetail: true),
            ReportColumn("by", "Người nhập", "By", "who entered it", isDetail: true),
            ReportColumn("evidence", "Tài liệu", "Evidence", "the name of the document", isDetail: true),
            ReportColumn("sha256", "SHA-256", "SHA-256", "its checksum", isDetail: true),
        ])

    /// In the order given.
    public static func sheet(_ entries: [RemediationEntry], register: Register, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { entry in
            let answer = entry.answer
            return [
                .integer(answer.id), .text(answer.key.description), .text(answer.key.agency.flatMap { register.newest($0)?.name }),
                entry.state.cell(language), .day(answer.due), .text(answer.cause), .text(answer.plan), .instant(answer.at), .text(answer.enteredBy),
                .text(answer.evidence?.name), .text(answer.evidence?.sha256),
            ]
        }
        return layout.sheet(language.choose("Giải trình và cam kết của cơ quan", "Answers of agencies"), language, rows: rows)
    }
}

extension Remediation.State {
    /// What people read for it.
    func title(_ language: Language) -> String {
        switch self {
        case .answered: language.choose("đã giải trình", "answered")
        case .promised: language.choose("đang thực hiện", "promised")
        case .overdue: language.choose("quá hạn cam kết", "overdue")
        case .done: language.choose("đã xong", "done")
        }
    }

    func cell(_ language: Language) -> Sheet.Value {
        .code(rawValue, title: title(language), tone: self == .overdue ? .critical : self == .done ? .good : .plain)
    }
}

/// A remark or an assignment at an alert.
public struct AlertNoteEntry: Hashable, Sendable {
    public let at: Instant
    public let author: String
    /// `comment` or `assign`.
    public let kind: String
    public let text: String

    public init(at: Instant, author: String, kind: String, text: String) {
        self.at = at
        self.author = author
        self.kind = kind
        self.text = text
    }
}

/// What people have noted at an alert.
public enum AlertNotesReport {
    public static let layout = ReportLayout(
        "alert-notes",
        [
            ReportColumn("at", "Lúc", "At", "when it was noted"),
            ReportColumn("by", "Người", "By", "who noted it"),
            ReportColumn("kind", "Loại", "Kind", "comment, assign"),
            ReportColumn("text", "Nội dung", "Text", "the remark, or who was put in charge"),
        ])

    static func sheet(_ notes: [AlertNoteEntry], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = notes.map { note in
            let title = note.kind == "assign" ? language.choose("giao việc", "assigned to") : language.choose("ghi chú", "comment")
            return [.instant(note.at), .text(note.author), .code(note.kind, title: title, tone: .plain), .text(note.text)]
        }
        return layout.sheet(language.choose("Ghi chú", "Notes"), language, rows: rows)
    }
}
