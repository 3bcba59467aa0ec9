import Model

/// The tokens with which agencies push, without the tokens themselves.
public enum TokensReport {
    public static let layout = ReportLayout(
        "tokens",
        [
            ReportColumn("name", "Bên gửi", "Sender", "the sender's name; deliveries carry it as push:NAME"),
            ReportColumn("state", "Tình trạng", "State", "accepted, ending (within 14 days), expired, revoked"),
            ReportColumn("prefix", "Tiền tố", "Prefix", "the token's first characters, to tell tokens apart"),
            ReportColumn("agencies", "Cơ quan", "Agencies", "the codes it may speak for"),
            ReportColumn("below", "Cả cấp dưới", "Below", "whether the agencies below these are meant too: yes, no"),
            ReportColumn("measures", "Số liệu", "Measures", "the measures it may send; empty for all"),
            ReportColumn("expires", "Hết hạn", "Expires", "the moment from which it is no longer accepted"),
            ReportColumn("last_used", "Dùng gần nhất", "Last used", "to the minute; empty before the first time"),
            ReportColumn("created", "Tạo lúc", "Created", "when it was made", isDetail: true),
            ReportColumn("created_by", "Người tạo", "Created by", "who made it", isDetail: true),
            ReportColumn("revoked", "Thu hồi lúc", "Revoked", "when it was revoked", isDetail: true),
            ReportColumn("revoked_by", "Người thu hồi", "Revoked by", "who revoked it", isDetail: true),
            ReportColumn("why", "Lý do", "Why", "why it was revoked", isDetail: true),
        ])

    /// In the order given, as of an instant.
    public static func sheet(_ tokens: [PushToken], at now: Instant, language: Language) -> Sheet {
        let rows: [[Sheet.Value]] = tokens.map { token in
            let scope = token.sender.scope
            return [
                .text(token.sender.name), state(token, now, language), .text(token.prefix),
                .text(scope.agencies.map(\.text).joined(separator: " ")), .flag(scope.includesBelow, language),
                .text(scope.measures?.map(\.text).joined(separator: " ")), .instant(token.expiresAt), .instant(token.lastUsed),
                .instant(token.createdAt), .text(token.createdBy), .instant(token.revokedAt), .text(token.revokedBy?.name),
                .text(token.revokedBy?.why),
            ]
        }
        return layout.sheet(
            language.choose("Mã truy cập của các bên gửi", "Tokens of senders"), language, rows: rows,
            notes: rows.isEmpty
                ? [
                    language.choose(
                        "Chưa có mã nào: dondoc tokens create --agency MÃ --name TÊN.",
                        "There is none: dondoc tokens create --agency CODE --name NAME.")
                ] : [])
    }

    private static func state(_ token: PushToken, _ now: Instant, _ language: Language) -> Sheet.Value {
        if token.revokedAt != nil { return .code("revoked", title: language.choose("đã thu hồi", "revoked"), tone: .faint) }
        guard let end = token.expiresAt else { return .code("accepted", title: language.choose("đang dùng", "accepted"), tone: .good) }
        if end <= now { return .code("expired", title: language.choose("đã hết hạn", "expired"), tone: .critical) }
        return end - now <= .seconds(14 * 86_400)
            ? .code("ending", title: language.choose("sắp hết hạn", "ending"), tone: .warning)
            : .code("accepted", title: language.choose("đang dùng", "accepted"), tone: .good)
    }
}

/// A token that was just made: the only time that it is printed.
public enum NewTokenReport {
    public static let layout = ReportLayout(
        "new-token",
        [
            ReportColumn("name", "Bên gửi", "Sender", "the sender's name"),
            ReportColumn("token", "Mã truy cập", "Token", "the token itself; it is nowhere else"),
            ReportColumn("agencies", "Cơ quan", "Agencies", "the codes it may speak for"),
            ReportColumn("below", "Cả cấp dưới", "Below", "whether the agencies below these are meant too: yes, no"),
            ReportColumn("measures", "Số liệu", "Measures", "the measures it may send; empty for all"),
            ReportColumn("expires", "Hết hạn", "Expires", "the moment from which it is no longer accepted"),
            ReportColumn("others_end", "Mã cũ hết hạn", "Others end", "when the sender's earlier tokens end; empty when there were none"),
        ])

    /// - Parameter othersEnd: when the tokens it replaces are no longer accepted.
    public static func sheet(_ text: String, of sender: PushSender, expires: Instant?, othersEnd: Instant?, language: Language) -> Sheet {
        layout.record(
            language.choose("Mã truy cập mới", "New token"), language,
            [
                .text(sender.name), .text(text), .text(sender.scope.agencies.map(\.text).joined(separator: " ")),
                .flag(sender.scope.includesBelow, language), .text(sender.scope.measures?.map(\.text).joined(separator: " ")), .instant(expires),
                .instant(othersEnd),
            ],
            notes: [
                language.choose(
                    "Hãy chuyển mã này cho bên gửi ngay: dondoc chỉ giữ bản băm và không in lại được.",
                    "Hand it to the sender now: dondoc keeps only its digest and cannot print it again.")
            ])
    }
}
