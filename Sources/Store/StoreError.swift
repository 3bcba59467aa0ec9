import Model

/// Why the store could not do what it was asked: operation, file, cause and remedy. Never a value of a row and never a body.
public struct StoreError: Error, Hashable {
    /// What stands behind it; the caller decides by this, people read the description.
    public enum Kind: String, CaseIterable, Sendable {
        /// The disk, or the limit `store.maximum`, leaves no room. Nothing was changed.
        case full
        /// Another process holds a lock for longer than the store waits.
        case busy
        /// A daemon already has the database.
        case inUse
        /// The file was written by a newer dondoc.
        case newerSchema
        /// The file was written by an older dondoc and is open for reading only.
        case olderSchema
        /// A file, but not one of dondoc's databases.
        case foreign
        /// The file contradicts itself.
        case corrupt
        case permission
        /// There is no file to read, or no record of that number.
        case missing
        /// Figures have changed since what was to be stored was prepared; nothing was stored.
        case changed
        /// The task that asked was cancelled; nothing was changed.
        case cancelled
        /// What was handed in contradicts itself: a bug of the caller.
        case inconsistent
        /// Anything else that SQLite reports.
        case other
    }

    public let kind: Kind
    /// What was being done, "recording a delivery".
    public let operation: String
    /// The database file.
    public let path: String
    /// What went wrong, without values.
    public let cause: String
    /// The cause in Vietnamese; nil where only SQLite or the system could put it into words.
    private let vietnamese: String?
    private let remedy: LocalizedText

    public init(_ kind: Kind, operation: String, path: String, cause: String, vietnamese: String? = nil, hint: LocalizedText? = nil) {
        self.kind = kind
        self.operation = operation
        self.path = path
        self.cause = cause
        self.vietnamese = vietnamese
        remedy = hint ?? kind.remedy
    }

    /// What to do about it.
    public var hint: String { remedy.english }

    /// Whether the same call can succeed later without anybody changing what is handed in.
    public var isRetryable: Bool { kind == .full || kind == .busy || kind == .inUse || kind == .cancelled }
}

extension StoreError {
    /// What went wrong, for people. Where nobody could foresee the cause, Vietnamese words for its kind stand before the English ones.
    public func cause(_ language: Language) -> String {
        language == .english ? cause : vietnamese ?? "\(kind.vietnamese) (\(cause))"
    }

    /// What was being done and what went wrong, for people.
    public func message(_ language: Language) -> String {
        language == .english ? "\(operation): \(cause)" : vietnamese ?? "\(kind.vietnamese) (\(operation): \(cause))"
    }

    /// What to do about it, for people.
    public func hint(_ language: Language) -> String { remedy[language] }
}

extension StoreError: CustomStringConvertible {
    /// `/var/lib/dondoc/dondoc.db: recording a delivery: database or disk is full; free space on the disk …`
    public var description: String { "\(path): \(operation): \(cause); \(hint)" }
}

extension StoreError.Kind {
    /// What an operator does about errors of this kind.
    var remedy: LocalizedText {
        switch self {
        case .full:
            LocalizedText(
                vietnamese: "giải phóng dung lượng đĩa, tăng store.maximum hoặc giảm store.keep_raw; chưa có gì thay đổi và sẽ được thử lại",
                english: "free space on the disk, raise store.maximum or shorten store.keep_raw; nothing was changed and it will be tried again")
        case .busy:
            LocalizedText(
                vietnamese: "chờ tiến trình kia xong việc, hoặc dừng nó", english: "wait until the other process has finished, or stop it")
        case .inUse:
            LocalizedText(
                vietnamese: "dừng dondocd kia trước, hoặc đặt store.path khác cho dịch vụ này",
                english: "stop the other daemon first, or give this one another store.path")
        case .newerSchema:
            LocalizedText(
                vietnamese: "cài phiên bản dondoc đã ghi tệp này, hoặc mới hơn; chương trình cũ không bao giờ ghi vào tệp mới hơn",
                english: "install the dondoc that wrote it, or a newer one; a newer file is never written by an older program")
        case .olderSchema:
            LocalizedText(
                vietnamese: "khởi động dondocd của phiên bản này một lần để cập nhật tệp",
                english: "start dondocd of this version once, which brings the file up to date")
        case .foreign:
            LocalizedText(
                vietnamese: "kiểm tra store.path; tệp vẫn giữ nguyên", english: "check store.path; the file was left untouched")
        case .corrupt:
            LocalizedText(
                vietnamese: "dừng dịch vụ, giữ một bản sao của tệp rồi khôi phục bản sao lưu gần nhất",
                english: "stop the daemon, keep a copy of the file and restore the last backup")
        case .permission:
            LocalizedText(
                vietnamese: "cho người dùng đang chạy lệnh này quyền đọc và ghi tệp cùng thư mục chứa nó",
                english: "let the user who runs this read and write the file and its directory")
        case .missing:
            LocalizedText(
                vietnamese: "kiểm tra đường dẫn, hoặc khởi động dondocd một lần để tạo cơ sở dữ liệu",
                english: "check the path, or start dondocd once to create the database")
        case .changed:
            LocalizedText(
                vietnamese: "chưa ghi gì; xem lại những gì sẽ thay đổi", english: "nothing was stored; look at what would change now")
        case .cancelled: LocalizedText(vietnamese: "chưa có gì thay đổi; hãy yêu cầu lại", english: "nothing was changed; ask again")
        case .inconsistent:
            LocalizedText(
                vietnamese: "chưa có gì thay đổi; xin báo lại, đây là lỗi của dondoc",
                english: "nothing was changed; please report this as a bug of dondoc")
        case .other:
            LocalizedText(
                vietnamese: "chưa có gì thay đổi; xem nhật ký hệ thống để biết đĩa có lỗi không",
                english: "nothing was changed; see the journal of the machine for trouble with the disk")
        }
    }

    /// What happened, as far as the kind alone tells it.
    var vietnamese: String {
        switch self {
        case .full: "đĩa hoặc giới hạn store.maximum không còn chỗ"
        case .busy: "cơ sở dữ liệu đang bận"
        case .inUse: "cơ sở dữ liệu đang được dùng"
        case .newerSchema: "tệp do dondoc phiên bản mới hơn ghi"
        case .olderSchema: "tệp do dondoc phiên bản cũ hơn ghi"
        case .foreign: "tệp không phải cơ sở dữ liệu của dondoc"
        case .corrupt: "dữ liệu bị hỏng"
        case .permission: "không đọc hoặc không ghi được tệp"
        case .missing: "không tìm thấy"
        case .changed: "số liệu đã thay đổi trong khi chờ"
        case .cancelled: "yêu cầu đã bị hủy"
        case .inconsistent: "dữ liệu đưa vào tự mâu thuẫn"
        case .other: "cơ sở dữ liệu gặp lỗi"
        }
    }
}
