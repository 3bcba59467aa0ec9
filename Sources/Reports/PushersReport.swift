import Model

/// Somebody who may push or has pushed, and what came last.
public struct PusherEntry: Hashable, Sendable {
    public let name: String
    /// Whether one of its tokens is accepted now; those who come with a certificate have none.
    public let hasToken: Bool
    public let last: DeliveryRecord?
    /// Its pushes that are being checked or wait for a commit.
    public let waiting: Int

    public init(name: String, hasToken: Bool, last: DeliveryRecord?, waiting: Int) {
        self.name = name
        self.hasToken = hasToken
        self.last = last
        self.waiting = waiting
    }
}

/// Attempts to push that were not let in, from one address.
public struct FailedLoginEntry: Hashable, Sendable {
    public let address: String
    public let count: Int
    public let last: Instant

    public init(address: String, count: Int, last: Instant) {
        self.address = address
        self.count = count
        self.last = last
    }
}

/// Who pushes, for the status. Who never did although it may is louder than who did long ago.
public enum PushersReport {
    public static let layout = ReportLayout(
        "pushers",
        [
            ReportColumn("sender", "Bên gửi", "Sender", "the sender's name; deliveries carry it as push:NAME"),
            ReportColumn("state", "Tình trạng", "State", "delivered, never"),
            ReportColumn("token", "Có mã", "Token", "whether one of its tokens is accepted now: yes, no"),
            ReportColumn("last_push", "Gửi gần nhất", "Last push", "when its last delivery came"),
            ReportColumn("delivery", "Lần nhận", "Delivery", "that delivery, for deliveries show"),
            ReportColumn("stored", "Mới", "Stored", "values of it that were new"),
            ReportColumn("restated", "Sửa", "Restated", "values of it that replaced others"),
            ReportColumn("refused", "Từ chối", "Refused", "values of it that were refused"),
            ReportColumn("waiting", "Đang chờ", "Waiting", "its pushes that are being checked or stored now"),
        ])

    /// In the order given.
    public static func sheet(_ entries: [PusherEntry], language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = entries.map { entry in
            let outcome = entry.last?.outcome
            return [
                .text(entry.name),
                entry.last == nil
                    ? .code("never", title: language.choose("chưa từng gửi", "never delivered"), tone: .critical)
                    : .code("delivered", title: language.choose("đã gửi", "delivered"), tone: .good),
                .flag(entry.hasToken, language), .instant(entry.last?.receivedAt), .text(entry.last?.id.description),
                outcome.map { .count($0.stored) } ?? .missing, outcome.map { .count($0.restated) } ?? .missing,
                outcome.map { .count($0.refused) } ?? .missing, .count(entry.waiting),
            ]
        }
        return layout.sheet(language.choose("Các bên gửi số liệu", "Senders"), language, rows: rows)
    }
}

/// Who tried to push and was not let in, over the last day.
public enum FailedLoginsReport {
    public static let layout = ReportLayout(
        "failed-logins",
        [
            ReportColumn("address", "Địa chỉ", "Address", "where the attempts came from; … for those beyond the first thousand addresses"),
            ReportColumn("count", "Số lần", "Count", "attempts of the last day, since the daemon started"),
            ReportColumn("last", "Gần nhất", "Last", "when the last one was"),
        ])

    /// In the order given.
    public static func sheet(_ entries: [FailedLoginEntry], language: Language) -> Sheet {
        layout.sheet(
            language.choose("Đăng nhập không thành công trong 24 giờ qua", "Failed log-ins of the last 24 hours"), language,
            rows: entries.map { [.text($0.address), .count($0.count), .instant($0.last)] })
    }
}
