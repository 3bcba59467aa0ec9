import Model

extension BodyFault {
    func text(_ language: Language) -> String { language == .vietnamese ? vietnamese : english }

    private var vietnamese: String {
        switch self {
        case .ends(let expected): "JSON kết thúc ở đây; cần \(expected.text(.vietnamese))"
        case .instead(let found, let expected): "gặp '\(found)'; cần \(expected.text(.vietnamese))"
        case .otherName(let name, let shape): "gặp tên '\(name)'; cần \(shape) và không có gì khác bên cạnh"
        case .emptyTable(let header): "nội dung trống; cần dòng tiêu đề \(header)"
        case .separator(let separator):
            "các cột cách nhau bằng \(separator == "\t" ? "dấu tab" : "'\(separator)'"); cần ','."
                + " Trong Excel và LibreOffice hãy lưu thành CSV ngăn cách bằng dấu phẩy, và viết 12.5, không viết 12,5"
        case .unknownColumn(let name, let nearest):
            "không có cột '\(name)'; " + (nearest.map { "có phải là '\($0)'?" } ?? "cần \(CSVObservations.header), period, scheme")
        case .columnTwice(let name): "cột '\(name)' xuất hiện hai lần"
        case .missingColumn(let name, let header): "dòng tiêu đề thiếu cột '\(name)'; cần \(header)"
        case .missingHeader(let found, let header): "thiếu dòng tiêu đề; cần \(header), gặp '\(found)'"
        case .openQuote: "dấu ngoặc kép không được đóng trước khi hết nội dung"
        case .textAfterQuote: "có chữ sau dấu ngoặc kép đóng; cần ',' hoặc hết dòng"
        case .notUTF8(.body): "không phải UTF-8; hãy lưu hoặc gửi nội dung bằng UTF-8"
        case .notUTF8(.label): "một nhãn không phải UTF-8"
        case .notUTF8(.attribute): "một thuộc tính không phải UTF-8"
        case .notUTF8(.metricName): "tên một số đo không phải UTF-8"
        case .snappy(let fault): "không phải khối Snappy: \(fault.text(.vietnamese)); remote write 1.0 gửi với Content-Encoding snappy"
        case .protobuf(let fault): "không phải thông điệp protobuf cần có: \(fault.text(.vietnamese))"
        }
    }

    private var english: String {
        switch self {
        case .ends(let expected): "the JSON text ends here; expected \(expected.text(.english))"
        case .instead(let found, let expected): "found '\(found)'; expected \(expected.text(.english))"
        case .otherName(let name, let shape): "found the name '\(name)'; expected \(shape) and nothing beside it"
        case .emptyTable(let header): "the body is empty; expected the header \(header)"
        case .separator(let separator):
            "the fields are separated by \(separator == "\t" ? "a tab" : "'\(separator)'"); expected ','."
                + " In Excel and LibreOffice save as CSV with commas, and write 12.5, not 12,5"
        case .unknownColumn(let name, let nearest):
            "unknown column '\(name)'; " + (nearest.map { "did you mean '\($0)'?" } ?? "expected \(CSVObservations.header), period, scheme")
        case .columnTwice(let name): "the column '\(name)' stands twice"
        case .missingColumn(let name, let header): "the header has no column '\(name)'; expected \(header)"
        case .missingHeader(let found, let header): "the header is missing; expected \(header), found '\(found)'"
        case .openQuote: "a quotation mark is not closed before the end of the body"
        case .textAfterQuote: "found a text after a closing quotation mark; expected ',' or the end of the line"
        case .notUTF8(.body): "not UTF-8; save or send the body as UTF-8"
        case .notUTF8(.label): "a label is not UTF-8"
        case .notUTF8(.attribute): "an attribute is not UTF-8"
        case .notUTF8(.metricName): "a metric's name is not UTF-8"
        case .snappy(let fault): "not a Snappy block: \(fault.text(.english)); remote write 1.0 sends Content-Encoding snappy"
        case .protobuf(let fault): "not the protobuf message expected: \(fault.text(.english))"
        }
    }
}

extension SnappyFault {
    func text(_ language: Language) -> String {
        let (vietnamese, english) =
            switch self {
            case .noLength: ("khối không ghi độ dài", "the block has no length")
            case .cutOff: ("khối bị cắt cụt", "the block is cut off")
            case .holdsMore: ("khối chứa nhiều hơn độ dài đã ghi", "the block holds more than it says")
            case .copyBeforeBeginning: ("một đoạn chép lùi quá chỗ bắt đầu", "a copy reaches before the beginning")
            case .ends(let after, let all): ("khối kết thúc sau \(after) trên \(all) byte", "the block ends after \(after) of \(all) bytes")
            }
        return language == .vietnamese ? vietnamese : english
    }
}

extension ProtobufFault {
    func text(_ language: Language) -> String {
        let (vietnamese, english) =
            switch self {
            case .fieldNumber(let number): ("không trường nào có số \(number)", "no field has the number \(number)")
            case .fieldTooLong: ("một trường dài hơn thông điệp chứa nó", "a field is longer than its message")
            case .wireType(let type): ("kiểu mã hóa \(type) không dùng ở đây", "wire type \(type) is not used here")
            case .cutOff: ("thông điệp bị cắt cụt", "the message is cut off")
            case .longNumber: ("một số dài hơn mười byte", "a number has more than ten bytes")
            }
        return language == .vietnamese ? vietnamese : english
    }
}

extension PackingFault {
    func text(_ language: Language) -> String {
        let (vietnamese, english) =
            switch self {
            case .damaged(let place): ("hỏng gần byte thứ \(place)", "damaged near byte \(place)")
            case .endsEarly(let count): ("bị cắt cụt sau \(count) byte", "it ends before its end, after \(count) bytes")
            case .empty: ("trống", "it is empty")
            case .unavailable: ("thư viện giải nén không khởi động", "the library that unpacks it does not start")
            }
        return language == .vietnamese ? vietnamese : english
    }
}
