import Model

/// What came of a backup, a restoration and a look through the whole store.
public enum KeepingReport {
    public static let backupLayout = ReportLayout(
        "backup",
        [
            ReportColumn("file", "Tệp", "File", "the backup"),
            ReportColumn("bytes", "Dung lượng", "Bytes", "the size of the database in it, before any encryption"),
            ReportColumn("schema", "Lược đồ", "Schema", "the version of the database's schema"),
            ReportColumn("last_delivery", "Lần nhận cuối", "Last delivery", "everything up to this delivery is in it, nothing after"),
            ReportColumn("encrypted", "Mã hóa", "Encrypted", "whether it is encrypted with age"),
        ])

    public static let restoreLayout = ReportLayout(
        "restore",
        [
            ReportColumn("database", "Cơ sở dữ liệu", "Database", "the restored database file"),
            ReportColumn("backup", "Bản sao lưu", "Backup", "the file it was restored from"),
            ReportColumn("last_delivery", "Lần nhận cuối", "Last delivery", "the newest delivery in it; what came later must be fetched again"),
            ReportColumn("former", "Bản trước đó", "Former", "where the database that was there before now lies"),
        ])

    public static let verifyLayout = ReportLayout(
        "verify",
        [
            ReportColumn("sound", "Nguyên vẹn", "Sound", "whether nothing is wrong"),
            ReportColumn("figures", "Số liệu", "Figures", "current values that were read"),
            ReportColumn("replaced", "Đã thay thế", "Replaced", "values in the history that were read"),
            ReportColumn("blocks", "Khối nén", "Blocks", "packed blocks whose checksums were compared"),
            ReportColumn("deliveries", "Lần nhận", "Deliveries", "deliveries whose figures were added up and compared"),
            ReportColumn("bodies", "Dữ liệu gốc", "Raw bodies", "raw bodies whose SHA-256 was compared"),
            ReportColumn("alerts", "Cảnh báo", "Alerts", "alerts compared with their last transitions"),
            ReportColumn("readings", "Số liệu tính lại", "Readings", "cells of newest readings compared with their histories"),
            ReportColumn("problems", "Lỗi", "Problems", "how many problems were found"),
        ])

    public static let rebuildLayout = ReportLayout(
        "rebuild",
        [
            ReportColumn("database", "Cơ sở dữ liệu", "Database", "the database that was built"),
            ReportColumn("deliveries", "Lần nhận", "Deliveries", "deliveries in it"),
            ReportColumn("values", "Giá trị", "Values", "values in it, replaced ones among them"),
            ReportColumn("rows", "Bản ghi khác", "Other rows", "findings, alerts, letters and what else stands beside the figures"),
        ])

    public static func rebuilt(database: String, deliveries: Int, values: Int, rows: Int, language: Language) -> Sheet {
        rebuildLayout.record(
            language.choose("Đã dựng lại", "Rebuilt"), language, [.text(database), .count(deliveries), .count(values), .count(rows)])
    }

    public static let damageLayout = ReportLayout(
        "damage", [ReportColumn("problem", "Lỗi", "Problem", "what is wrong, in English")])

    public static func backup(
        file: String, bytes: Int, schema: Int, lastDelivery: Int64, isEncrypted: Bool, language: Language
    ) -> Sheet {
        backupLayout.record(
            language.choose("Bản sao lưu đã kiểm tra", "Backup, checked"), language,
            [.text(file), .count(bytes), .count(schema), delivery(lastDelivery), .flag(isEncrypted, language)])
    }

    public static func restore(database: String, backup: String, lastDelivery: Int64, former: String?, language: Language) -> Sheet {
        restoreLayout.record(
            language.choose("Đã khôi phục", "Restored"), language, [.text(database), .text(backup), delivery(lastDelivery), .text(former)],
            notes: [
                language.choose(
                    "Khởi động dịch vụ (systemctl start dondocd), rồi lấy lại số liệu đến sau bản sao lưu: dondoc sources backfill NGUỒN.",
                    "Start the service (systemctl start dondocd), then fetch what came after the backup again: dondoc sources backfill SOURCE.")
            ])
    }

    /// Counts of what was read, and the problems when there are any.
    public static func verify(
        figures: Int, replaced: Int, blocks: Int, deliveries: Int, bodies: Int, alerts: Int, readings: Int, problems: [String], language: Language
    ) -> Document {
        let isSound = problems.isEmpty
        let summary = verifyLayout.record(
            language.choose("Kiểm tra toàn bộ cơ sở dữ liệu", "Check of the whole database"), language,
            [
                .flag(isSound, language, tone: isSound ? .good : .critical), .count(figures), .count(replaced), .count(blocks), .count(deliveries),
                .count(bodies), .count(alerts), .count(readings), .count(problems.count),
            ],
            notes: isSound
                ? []
                : [
                    language.choose(
                        "Dừng dịch vụ, giữ lại một bản của tệp và khôi phục bản sao lưu gần nhất: dondoc restore TỆP.",
                        "Stop the service, keep a copy of the file and restore the newest backup: dondoc restore FILE.")
                ])
        guard !isSound else { return Document([.sheet(summary)]) }
        let damage = damageLayout.sheet(language.choose("Lỗi", "Problems"), language, rows: problems.map { [.text($0)] })
        return Document([.sheet(summary), .sheet(damage)])
    }

    private static func delivery(_ number: Int64) -> Sheet.Value { number == 0 ? .missing : .text(DeliveryID(number).description) }
}
