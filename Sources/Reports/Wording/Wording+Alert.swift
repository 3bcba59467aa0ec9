import Model

extension AlertState {
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
