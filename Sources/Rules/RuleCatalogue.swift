import Model
import Settings

/// The kinds of rules. A new kind is one file and one line here.
public enum RuleCatalogue {
    /// How a block of rules.yaml becomes a rule.
    public struct Kind: Sendable {
        public let name: String
        /// One sentence for the command line and the documentation.
        public let summary: LocalizedText
        let make: @Sendable (String, SettingsReader, RuleContext) -> (any Rule)?
    }

    public static let kinds: [Kind] = [
        Kind(
            name: "threshold",
            summary: LocalizedText(vietnamese: "chỉ số của kỳ đã khóa vượt ngưỡng", english: "an indicator of a closed period is beyond its target"),
            make: { ThresholdRule($0, $1, $2) }),
        Kind(
            name: "not-reported",
            summary: LocalizedText(vietnamese: "quá hạn báo cáo mà chưa có số liệu", english: "nothing was delivered by the due day"),
            make: { NotReportedRule($0, $1, $2) }),
        Kind(
            name: "stale",
            summary: LocalizedText(vietnamese: "quá lâu không có gì mới", english: "nothing new for longer than allowed"),
            make: { StaleRule($0, $1, $2) }),
        Kind(
            name: "drop",
            summary: LocalizedText(
                vietnamese: "giảm quá mức so với kỳ trước hoặc cùng kỳ", english: "fell too far since the period before or last year"),
            make: { ChangeRule($0, $1, $2, isDrop: true) }),
        Kind(
            name: "rise",
            summary: LocalizedText(
                vietnamese: "tăng quá mức so với kỳ trước hoặc cùng kỳ", english: "rose too far since the period before or last year"),
            make: { ChangeRule($0, $1, $2, isDrop: false) }),
        Kind(
            name: "trend",
            summary: LocalizedText(vietnamese: "xấu đi nhiều kỳ liên tiếp", english: "worse several periods in a row"),
            make: { TrendRule($0, $1, $2) }),
        Kind(
            name: "rank",
            summary: LocalizedText(vietnamese: "đứng cuối trong các cơ quan cùng cấp", english: "at the end of its level"),
            make: { RankRule($0, $1, $2) }),
        Kind(
            name: "contradiction",
            summary: LocalizedText(
                vietnamese: "số đếm không khớp nhau hoặc không khớp tỷ lệ do nguồn công bố",
                english: "counts contradict each other or the percentage that the source prints"),
            make: { contradiction($0, $1, $2) }),
        Kind(
            name: "budget",
            summary: LocalizedText(
                vietnamese: "theo nhịp độ hiện nay cả năm không đạt chỉ tiêu", english: "at today's pace the year misses its target"),
            make: { BudgetRule($0, $1, $2) }),
        Kind(
            name: "restated",
            summary: LocalizedText(vietnamese: "đã sửa số liệu của kỳ đã chốt", english: "a figure of a closed period was changed"),
            make: { RestatedRule($0, $1, $2) }),
        Kind(
            name: "obligation",
            summary: LocalizedText(vietnamese: "chưa gửi báo cáo phải nộp", english: "a document that is owed has not come"),
            make: { ObligationRule($0, $1, $2) }),
    ]

    /// Either sums that should be equal, or counts beside the percentage that the source prints.
    private static func contradiction(_ id: String, _ reader: SettingsReader, _ context: RuleContext) -> (any Rule)? {
        if reader.has("identity") { return IdentityRule(id, reader, context) }
        return ContradictionRule(id, reader, context)
    }

    /// The rule of one block; nil when the block has problems, which are with the reader. Unread keys are among them.
    public static func make(id: String, kind: String, _ reader: SettingsReader, _ context: RuleContext) -> (any Rule)? {
        guard let entry = kinds.first(where: { $0.name == kind }) else {
            let hint = TextFolding.didYouMean(kind, among: kinds.map(\.name))
            reader.problem("kind", "unknown kind '\(kind)', expected one of \(kinds.map(\.name).joined(separator: ", "))\(hint)")
            return nil
        }
        let rule = entry.make(id, reader, context)
        reader.finish()
        return rule
    }
}
