/// Every shape of trouble that the demo shows, each once and by name. docs/demo.md describes them in this order.
public enum Troubles {
    /// Is in the register and in nobody's answers: the loudest state.
    public static let neverReports = "Xã Xím Vàng"
    /// Its portal has had no news for `staleDays`.
    public static let stalePortal = "Xã Tà Xùa"
    public static let staleDays = 75
    /// Dossiers resolved late, percent of those processed. The demo warns above 5 and is critical above 20.
    public static let lateShares = ["Sở Y tế": 12, "Xã Mường Bám": 35, "Sở Giao thông vận tải": 28]
    /// The one-stop system is busy for its first two requests.
    public static let busyAnswers = 2
    /// Said `restatedFrom` percent late about last month, and the truth when it is asked again.
    public static let restates = "Sở Tài chính"
    public static let restatedFrom = 26
    /// Has had no procedure to publish: 0 of 0.
    public static let nothingToPublish = "Ban Quản lý các khu công nghiệp"
    /// Prints a late percentage half a point beside its own counts.
    public static let contradicts = "Xã Chiềng Mai"
    /// Staff who use their official mailbox, percent.
    public static let mailShares = ["Xã Mường Lạn": 38]
    /// Documents signed digitally, percent.
    public static let signedShares = ["Sở Khoa học và Công nghệ": 55]
}
