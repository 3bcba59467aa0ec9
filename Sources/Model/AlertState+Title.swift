extension AlertState {
    /// What people read for it.
    public func title(_ language: Language) -> String {
        switch self {
        case .pending: language == .vietnamese ? "Chờ xác nhận" : "Pending"
        case .firing: language == .vietnamese ? "Đang đôn đốc" : "Firing"
        case .reopened: language == .vietnamese ? "Tái diễn" : "Reopened"
        case .acknowledged: language == .vietnamese ? "Đã tiếp nhận" : "Acknowledged"
        case .silenced: language == .vietnamese ? "Tạm dừng đôn đốc" : "Silenced"
        case .suppressed: language == .vietnamese ? "Gộp vào cảnh báo khác" : "Suppressed"
        case .resolved: language == .vietnamese ? "Đã khắc phục" : "Resolved"
        case .closed: language == .vietnamese ? "Đã đóng" : "Closed"
        }
    }
}
