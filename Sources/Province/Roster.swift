/// The agencies of the simulated province: the departments after the merger of early 2025 and the 75 communes of 1/7/2025.
///
/// Names are real, codes are not: no list of Sơn La's codes is published, so these are marked as the demo's by the group `DM`.
public enum Roster {
    /// One agency as its systems know it.
    public struct Entry: Hashable, Sendable {
        public let code: String
        public let name: String
        /// Its place in the roster, from which its figures are drawn.
        let index: Int
        let isCommune: Bool
    }

    /// The department that was merged into `Roster.successor`; its systems answer for the months in which it existed.
    public static let merged = Entry(code: "H52.DM.S90", name: "Sở Giao thông vận tải", index: 90, isCommune: false)

    /// The department that took over from `merged`: Sở Xây dựng.
    public static let successor = departments[6]

    public static let departments = departmentNames.enumerated().map { index, name in
        Entry(code: "H52.DM.S" + padded(index + 1, to: 2), name: name, index: index, isCommune: false)
    }

    public static let communes = (wardNames.map { "Phường " + $0 } + communeNames.map { "Xã " + $0 }).enumerated().map { index, name in
        Entry(code: "H52.DM.X" + padded(index + 1, to: 2), name: name, index: 100 + index, isCommune: true)
    }

    /// Everyone who exists today.
    public static let all = departments + communes

    private static let departmentNames = [
        "Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Công Thương", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng",
        "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Sở Dân tộc và Tôn giáo",
        "Thanh tra tỉnh", "Ban Quản lý các khu công nghiệp",
    ]

    private static let wardNames = [
        "Tô Hiệu", "Chiềng An", "Chiềng Cơi", "Chiềng Sinh", "Mộc Châu", "Mộc Sơn", "Vân Sơn", "Thảo Nguyên",
    ]

    private static let communeNames = [
        "Đoàn Kết", "Lóng Sập", "Chiềng Sơn", "Vân Hồ", "Song Khủa", "Tô Múa", "Xuân Nha", "Quỳnh Nhai", "Mường Chiên", "Mường Giôn", "Mường Sại",
        "Thuận Châu", "Chiềng La", "Nậm Lầu", "Muổi Nọi", "Mường Khiêng", "Co Mạ", "Bình Thuận", "Mường É", "Long Hẹ", "Mường La", "Chiềng Lao",
        "Mường Bú", "Chiềng Hoa", "Bắc Yên", "Tà Xùa", "Tạ Khoa", "Xím Vàng", "Pắc Ngà", "Chiềng Sại", "Phù Yên", "Gia Phù", "Tường Hạ",
        "Mường Cơi", "Mường Bang", "Tân Phong", "Kim Bon", "Yên Châu", "Chiềng Hặc", "Lóng Phiêng", "Yên Sơn", "Chiềng Mai", "Mai Sơn",
        "Phiêng Pằn", "Chiềng Mung", "Phiêng Cằm", "Mường Chanh", "Tà Hộc", "Chiềng Sung", "Bó Sinh", "Chiềng Khương", "Mường Hung",
        "Chiềng Khoong", "Mường Lầm", "Nậm Ty", "Sông Mã", "Huổi Một", "Chiềng Sơ", "Sốp Cộp", "Púng Bánh", "Mường Lạn", "Phiêng Khoài", "Suối Tọ",
        "Ngọc Chiến", "Tân Yên", "Mường Bám", "Mường Lèo",
    ]

    private static func padded(_ number: Int, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
