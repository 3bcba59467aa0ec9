extension Reason {
    /// Whether an alert that ends with it merely ends: nobody has put anything right, so nobody is told that it was.
    public var isMereEnd: Bool {
        switch self {
        case .excepted, .noLongerJudged, .restated: true
        default: false
        }
    }

    /// Why an alert is no longer judged, in words; what is not known is told as it stands.
    public static func end(_ why: String, _ language: Language) -> String {
        switch (why, language) {
        case ("agency", .vietnamese): "cơ quan đã kết thúc hoạt động"
        case ("agency", .english): "the agency has ended"
        case ("rule", .vietnamese): "quy tắc theo dõi đã được gỡ khỏi cấu hình"
        case ("rule", .english): "the rule is no longer in the configuration"
        case ("scope", .vietnamese): "quy tắc theo dõi không còn áp dụng cho cơ quan hoặc chỉ số này"
        case ("scope", .english): "the rule is no longer about this agency or indicator"
        case ("source", .vietnamese): "nguồn số liệu đã được gỡ khỏi cấu hình"
        case ("source", .english): "the source is no longer in the configuration"
        case ("target", .vietnamese): "không còn chỉ tiêu có hiệu lực cho chỉ số này"
        case ("target", .english): "no target for this indicator is in force any more"
        case ("due", .vietnamese): "thời hạn đã được lùi"
        case ("due", .english): "the due day has been put off"
        case ("from", .vietnamese): "kỳ này không còn phải báo cáo"
        case ("from", .english): "this period need not be reported any more"
        case ("year", .vietnamese): "năm theo dõi đã kết thúc"
        case ("year", .english): "the year is over"
        default: why
        }
    }
}
