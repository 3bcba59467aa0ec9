import Model

extension AlertState {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .pending: language.choose("Chờ xác nhận", "Pending")
        case .firing: language.choose("Đang đôn đốc", "Firing")
        case .reopened: language.choose("Tái diễn", "Reopened")
        case .acknowledged: language.choose("Đã tiếp nhận", "Acknowledged")
        case .silenced: language.choose("Tạm dừng đôn đốc", "Silenced")
        case .suppressed: language.choose("Gộp vào cảnh báo khác", "Suppressed")
        case .resolved: language.choose("Đã khắc phục", "Resolved")
        case .closed: language.choose("Đã đóng", "Closed")
        }
    }

    var tone: Sheet.Tone {
        switch self {
        case .pending, .acknowledged: .warning
        case .firing, .reopened: .critical
        case .silenced, .suppressed, .closed: .faint
        case .resolved: .good
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: tone) }
}

extension Severity {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .warning: language.choose("Cảnh báo", "Warning")
        case .critical: language.choose("Nghiêm trọng", "Critical")
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: self == .critical ? .critical : .warning) }
}

extension OutboxItem.State {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .queued: language.choose("Chờ gửi", "Queued")
        case .sent: language.choose("Đã gửi", "Sent")
        case .failed: language.choose("Không gửi được", "Failed")
        }
    }

    var tone: Sheet.Tone {
        switch self {
        case .queued: .plain
        case .sent: .good
        case .failed: .critical
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: tone) }
}
