import Model

extension Finding.Kind {
    /// What was found, in a few words.
    public func title(_ language: Language) -> String { wording.title[language] }

    /// What an operator does about it, in one or two sentences.
    public func remedy(_ language: Language) -> String { wording.remedy[language] }

    var tone: Sheet.Tone {
        switch self {
        case .storeFull, .backupFailed, .pushNotListening, .letterRefused, .signingFailed, .contactBounced, .mailboxFailed, .calendarYearMissing,
            .undecodableDelivery:
            .critical
        case .calendarYearEstimated: .faint
        default: .warning
        }
    }

    func cell(_ language: Language) -> Sheet.Value { .code(rawValue, title: title(language), tone: tone) }

    private typealias Wording = (title: LocalizedText, remedy: LocalizedText)

    private static func words(_ vietnamese: String, _ english: String, do remedyInVietnamese: String, _ remedyInEnglish: String) -> Wording {
        (LocalizedText(vietnamese: vietnamese, english: english), LocalizedText(vietnamese: remedyInVietnamese, english: remedyInEnglish))
    }

    private var wording: Wording {
        switch self {
        case .unknownAgency, .ambiguousAgency, .agencyNotInForce, .unknownMeasure: wordingOfNames
        case .unreadableValue, .unreadableRow, .negativeCount, .partAboveWhole, .futureDay, .unsupportedDay, .misalignedInterval,
            .duplicateInDelivery, .outOfScope:
            wordingOfRefusals
        case .contradictingPercentage, .cumulativeFall, .overlappingGranularity, .restatedClosedPeriod, .totalsDiffer: wordingOfDoubts
        case .undecodableDelivery, .emptyDelivery, .moreFindings, .fetchFailed, .storeFull, .backupFailed: wordingOfDeliveries
        case .contactBounced, .mailUnclear, .mailboxFailed: wordingOfMails
        case .noContact, .letterRefused, .signingFailed, .calendarYearMissing, .calendarYearEstimated: wordingOfUrging
        case .pushNotListening:
            Self.words(
                "Cổng nhận số liệu không lắng nghe được", "The push listener cannot listen",
                do: "Sửa push.address hoặc bật dondocd.socket (push.socket_activation) theo lỗi đã nêu; dondoc status cho biết còn lỗi hay không.",
                "Correct push.address, or enable dondocd.socket for push.socket_activation, by the error; dondoc status says whether it lasts.")
        case .remoteWriteRefused:
            Self.words(
                "Đích remote write từ chối số liệu", "Refused by a remote write target",
                do: "Sửa cấu hình của đích theo lời từ chối, rồi gửi lại bằng dondoc remote-write replay.",
                "Mend the target by what it said, then send again with dondoc remote-write replay.")
        case .eventRefused:
            Self.words(
                "Hệ thống khác không nhận cảnh báo", "Not taken by another system",
                do: "Sửa bên nhận hoặc ways_out theo lời trả lời, rồi chạy dondoc outbox retry SỐ.",
                "Mend the receiver or ways_out by what it said, then run dondoc outbox retry NUMBER.")
        }
    }

    private var wordingOfMails: Wording {
        switch self {
        case .contactBounced:
            Self.words(
                "Thư bị trả lại", "Letter bounced",
                do: "Sửa địa chỉ trong agencies.csv rồi nạp lại; nếu địa chỉ vẫn đúng thì chạy dondoc contacts clear ĐỊA_CHỈ.",
                "Correct the address in agencies.csv and reload; if it is right after all, run dondoc contacts clear ADDRESS.")
        case .mailUnclear:
            Self.words(
                "Thư đến chưa rõ", "Mail that nobody's answer was taken from",
                do: "Xem dondoc answers list; gán cho cảnh báo bằng dondoc answers assign SỐ KHÓA.",
                "See dondoc answers list; dondoc answers assign NUMBER KEY makes it the answer to an alert.")
        default:
            Self.words(
                "Không đọc được hộp thư", "The mailbox cannot be read",
                do: "Kiểm tra mail.mailbox trong dondoc.yaml và xem dondoc mailbox status.",
                "Check mail.mailbox in dondoc.yaml and see dondoc mailbox status.")
        }
    }

    private var wordingOfNames: Wording {
        switch self {
        case .unknownAgency:
            Self.words(
                "Không rõ cơ quan", "Unknown agency",
                do: "Bổ sung mã hoặc tên gọi khác (aliases) của cơ quan vào agencies.csv, rồi nạp lại cấu hình.",
                "Add the agency's code, or the name as one of its aliases, to agencies.csv and reload.")
        case .ambiguousAgency:
            Self.words(
                "Tên trùng nhiều cơ quan", "Ambiguous agency",
                do: "Đề nghị nguồn gửi mã định danh, hoặc sửa tên gọi khác (aliases) trong agencies.csv để mỗi tên chỉ một cơ quan.",
                "Have the source send codes, or change the aliases in agencies.csv so that the name means one agency.")
        case .agencyNotInForce:
            Self.words(
                "Cơ quan không tồn tại trong kỳ", "Agency did not exist then",
                do: "Kiểm tra ngày hiệu lực trong agencies.csv; nếu nguồn gửi sai mã thì đề nghị nguồn sửa.",
                "Check the agency's days in agencies.csv; if the source uses a wrong code, have it corrected there.")
        default:
            Self.words(
                "Không rõ chỉ tiêu thống kê", "Unknown measure",
                do: "Khai báo chỉ tiêu trong measures.yaml hoặc sửa phần answer.measures của nguồn.",
                "Declare the measure in measures.yaml, or correct answer.measures of the source.")
        }
    }

    private var wordingOfRefusals: Wording {
        switch self {
        case .unreadableValue:
            Self.words(
                "Giá trị không đọc được", "Unreadable value",
                do: "Xem giá trị và vị trí; đặt answer.decimal_comma hoặc answer.blank cho đúng, hoặc đề nghị nguồn sửa.",
                "Look at the value and its place; set answer.decimal_comma or answer.blank, or have the source corrected.")
        case .unreadableRow:
            Self.words(
                "Dòng không đọc được", "Unreadable line",
                do: "Sửa chỗ đã nêu trong tệp rồi nhập lại, hoặc đề nghị nguồn sửa; các dòng khác vẫn được nhận.",
                "Correct the place in the file and import it again, or have the source corrected; the other lines are taken.")
        case .negativeCount:
            Self.words(
                "Số đếm âm", "Negative count", do: "Đề nghị nguồn sửa: số đếm không thể nhỏ hơn 0.",
                "Have the source corrected: a count cannot be below zero.")
        case .partAboveWhole:
            Self.words(
                "Tử số lớn hơn mẫu số", "Part above its whole", do: "Đề nghị nguồn đối chiếu hai số liệu; cả hai chưa được ghi nhận.",
                "Have the source compare the two figures; neither was stored.")
        case .futureDay:
            Self.words(
                "Ngày trong tương lai", "Day in the future",
                do: "Kiểm tra mẫu ngày (answer.days.pattern) của nguồn và đồng hồ của máy chủ.",
                "Check the source's answer.days.pattern and the clock of this machine.")
        case .unsupportedDay:
            Self.words(
                "Ngày ngoài phạm vi lưu trữ", "Day outside what is kept",
                do: "Kiểm tra mẫu ngày (answer.days.pattern) của nguồn; số liệu cũ hơn store.keep_figures không được lưu.",
                "Check the source's answer.days.pattern; figures older than store.keep_figures are not kept.")
        case .misalignedInterval:
            Self.words(
                "Khoảng ngày không khớp kỳ", "Interval fits no period",
                do: "Kiểm tra kỳ báo cáo (scheme) của chỉ tiêu trong measures.yaml so với nguồn.",
                "Compare the measure's scheme in measures.yaml with the days the source reports.")
        case .outOfScope:
            Self.words(
                "Ngoài phạm vi của bên gửi", "Outside the sender's scope",
                do: "Nếu bên gửi được phép báo cáo cho cơ quan hoặc chỉ tiêu này thì cấp token có phạm vi phù hợp; nếu không thì nhắc bên gửi.",
                "If the sender may speak for this agency or of this measure, give it a token with that scope; if not, tell the sender.")
        default:
            Self.words(
                "Trùng trong cùng một lần nhận", "Twice in one delivery",
                do: "Đề nghị nguồn sửa: cùng một số liệu có hai giá trị khác nhau; chưa ghi nhận giá trị nào.",
                "Have the source corrected: the same figure came with two values; neither was stored.")
        }
    }

    private var wordingOfDoubts: Wording {
        switch self {
        case .contradictingPercentage:
            Self.words(
                "Tỷ lệ mâu thuẫn với số đếm", "Percentage contradicts its counts",
                do: "Hệ thống dùng số đếm. Đề nghị nguồn giải trình tỷ lệ đã công bố.",
                "The counts are used. Ask the source to account for the percentage it printed.")
        case .totalsDiffer:
            Self.words(
                "Tổng số khác tổng các đơn vị", "Total differs from its parts",
                do: "Xem dondoc rollup; đề nghị nguồn giải trình số tổng và số của các đơn vị trực thuộc.",
                "See dondoc rollup; ask the source to account for the total and for the agencies below.")
        case .cumulativeFall:
            Self.words(
                "Lũy kế giảm", "Running total fell", do: "Đề nghị nguồn giải trình: số lũy kế kỳ sau nhỏ hơn kỳ trước.",
                "Ask the source: a running total is smaller than the one before it.")
        case .overlappingGranularity:
            Self.words(
                "Trùng giữa số ngày và số kỳ", "Days and periods overlap",
                do: "Chọn một mức chi tiết cho chỉ tiêu: theo ngày hoặc theo kỳ, không dùng cả hai.",
                "Decide on one granularity for the measure: days or periods, not both.")
        default:
            Self.words(
                "Sửa số liệu kỳ đã chốt", "Closed period restated",
                do: "Số mới được dùng, số cũ vẫn được giữ. Xem dondoc restatements --closed và dondoc history; đề nghị nguồn giải trình.",
                "The new figure counts, the old one is kept. See dondoc restatements --closed and dondoc history; ask the source why.")
        }
    }

    private var wordingOfDeliveries: Wording {
        switch self {
        case .undecodableDelivery:
            Self.words(
                "Không giải mã được dữ liệu", "Delivery cannot be decoded",
                do: "Xem dữ liệu gốc bằng dondoc deliveries show … --raw, rồi sửa phần answer của nguồn.",
                "Look at the bytes with dondoc deliveries show … --raw, then correct answer in the source's file.")
        case .emptyDelivery:
            Self.words(
                "Dữ liệu rỗng", "Delivery without figures", do: "Hỏi đơn vị quản lý nguồn; kiểm tra answer.rows.",
                "Ask whoever runs the source; check answer.rows.")
        case .moreFindings:
            Self.words(
                "Còn nhiều cảnh báo khác", "More findings than are listed", do: "Xem lại phần answer của nguồn: phần lớn dữ liệu đang bị từ chối.",
                "Look at answer in the source's file: most of what it delivers is refused.")
        case .fetchFailed:
            Self.words(
                "Không lấy được dữ liệu", "Fetch failed",
                do: "Hệ thống sẽ tự lấy lại. Nếu kéo dài, xem lỗi bằng dondoc sources show và liên hệ đơn vị quản lý nguồn.",
                "It is repeated by itself. If it lasts, see dondoc sources show and tell whoever runs the source.")
        case .backupFailed:
            Self.words(
                "Sao lưu không thành công", "Backup failed",
                do: "Kiểm tra thư mục, dung lượng và quyền ghi, rồi chạy thử dondoc backup; các bản cũ vẫn còn nguyên.",
                "Check the directory, its free space and permissions, then try dondoc backup; older backups are untouched.")
        default:
            Self.words(
                "Kho dữ liệu đầy", "Store is full", do: "Giải phóng đĩa hoặc tăng store.maximum; dữ liệu chưa ghi sẽ được lấy lại.",
                "Free disk space or raise store.maximum; what could not be stored is fetched again.")
        }
    }

    private var wordingOfUrging: Wording {
        switch self {
        case .noContact:
            Self.words(
                "Chưa có địa chỉ nhận thư", "No contact", do: "Bổ sung contacts của cơ quan trong agencies.csv.",
                "Enter the agency's contacts in agencies.csv.")
        case .letterRefused:
            Self.words(
                "Thư bị từ chối", "Letter refused",
                do: "Xem dondoc outbox show; sửa địa chỉ hoặc máy chủ thư rồi chạy dondoc outbox retry.",
                "See dondoc outbox show; correct the address or the relay, then run dondoc outbox retry.")
        case .signingFailed:
            Self.words(
                "Không ký số được thư", "Letter not signed",
                do:
                    "Kiểm tra mail.smime trong dondoc.yaml (chứng thư, khóa, quyền đọc tệp); thư chưa được lập và sẽ được lập lại ở lần đánh giá sau.",
                "Check mail.smime in dondoc.yaml (certificate, key, permissions); the letter was not written and is tried at the next judging.")
        case .calendarYearMissing:
            Self.words(
                "Thiếu lịch của năm", "Calendar year missing",
                do: "Bổ sung năm vào calendar.yaml (xem dondoc calendar check); khi chưa có, hạn báo cáo trong năm đó không được đánh giá.",
                "Add the year to calendar.yaml (see dondoc calendar check); until then deadlines in it are not judged.")
        default:
            Self.words(
                "Lịch của năm là dự kiến", "Calendar year estimated",
                do: "Khi có thông báo chính thức, cập nhật calendar.yaml và đặt status: confirmed.",
                "When the year's notice is published, update calendar.yaml and set status: confirmed.")
        }
    }
}
