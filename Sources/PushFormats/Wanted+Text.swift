import Model

extension Wanted {
    /// The words that follow "expected" or "cần".
    func text(_ language: Language) -> String { language == .vietnamese ? vietnamese : english }

    private var vietnamese: String {
        switch self {
        case .sign(let text): text
        case .either(let one, let other): "\(one) hoặc \(other)"
        case .observationList: "'[' rồi đến các số liệu"
        case .bodyEnd: "hết nội dung"
        case .lineEnd: "hết dòng"
        case .jsonValue: "một giá trị"
        case .string: "một chuỗi trong dấu ngoặc kép"
        case .stringWithoutControls: "chuỗi không có ký tự điều khiển"
        case .endOfString(let start): "dấu ngoặc kép đóng chuỗi bắt đầu ở byte thứ \(start)"
        case .nesting(let most): "lồng nhau nhiều nhất \(most) cấp"
        case .escape: "một trong các ký hiệu thoát \(Wanted.escapes)"
        case .onceInObject(let name): "tên '\(name)' chỉ một lần trong đối tượng"
        case .objectPerLine: "mỗi dòng một đối tượng JSON"
        case .object: "một đối tượng"
        case .numberOrNull: "một số, hoặc null khi biết chắc là không có số liệu"
        case .quotedText: "chữ trong dấu ngoặc kép"
        case .once: "chỉ xuất hiện một lần"
        case .columns(let count, let hasMore): "\(count) cột" + (hasMore ? "; dấu phẩy thập phân tách đôi con số, hãy viết 12.5" : "")
        case .number: "một số"
        case .fittingNumber(let trouble): trouble.expected(.vietnamese)
        case .agencyCode: "mã cơ quan"
        case .measureID: "mã chỉ tiêu"
        case .day(let example): "một ngày, như \(example)"
        case .dayOrPeriod: "một ngày, như 2026-11-01, hoặc một kỳ"
        case .period: "một kỳ, như 2026-11, 2026-Q4, 2026-W45, 2026"
        case .dayFrom(let day): "\(day) hoặc muộn hơn"
        case .periodOrDays: "period, hoặc from và to, không dùng cả hai"
        case .schemeBesidePeriod: "scheme chỉ đi cùng period"
        case .agencyLabel(let label): "nhãn '\(label)' ghi mã cơ quan"
        case .metricOrLabel(let label): "tên số đo, hoặc nhãn '\(label)'"
        case .timeInPrecision: "thời điểm theo đúng đơn vị mà yêu cầu nêu"
        case .timestamp(let unit): "thời điểm tính bằng \(unit) ở cuối dòng"
        case .wholeTimestamp(let unit): "số nguyên \(unit) kể từ năm 1970"
        case .measurement: "tên phép đo ở đầu dòng"
        case .equalsSign: "dấu '=' sau tên thẻ"
        case .tag: "thẻ có tên và giá trị"
        case .blankBeforeFields: "dấu cách trước các trường"
        case .namedField: "trường viết là tên=giá_trị"
        case .fieldValue: "giá trị của trường"
        case .endAfterTimestamp: "hết dòng sau thời điểm"
        case .closingQuote: "dấu ngoặc kép đóng"
        case .oneField: "một trường, vì thẻ đã nêu chỉ tiêu"
        case .singleCount(let kind): "gauge hoặc sum; \(kind) không phải một con số"
        case .gaugeOrWholeDays: "gauge, hoặc delta trọn ngày theo giờ Việt Nam"
        case .gaugeOfNoFlow: "gauge, vì chỉ tiêu không phải số phát sinh"
        case .wholeDays: "trọn ngày theo giờ Việt Nam, hoặc thuộc tính from và to"
        case .nanoseconds: "số nano giây kể từ năm 1970"
        case .sample: "một mẫu đơn; biểu đồ phân bố không phải số đếm"
        }
    }

    private var english: String {
        switch self {
        case .sign(let text): text
        case .either(let one, let other): "\(one) or \(other)"
        case .observationList: "'[' and the observations"
        case .bodyEnd: "the end of the body"
        case .lineEnd: "the end of the line"
        case .jsonValue: "a value"
        case .string: "a string"
        case .stringWithoutControls: "a string without control characters"
        case .endOfString(let start): "the quotation mark that ends the string of byte \(start)"
        case .nesting(let most): "at most \(most) levels of nesting"
        case .escape: "one of the escapes \(Wanted.escapes)"
        case .onceInObject(let name): "the name '\(name)' once in its object"
        case .objectPerLine: "one JSON object a line"
        case .object: "an object"
        case .numberOrNull: "a number, or null when it is known to be unknown"
        case .quotedText: "a text in quotation marks"
        case .once: "it stands once"
        case .columns(let count, let hasMore): "\(count) fields" + (hasMore ? "; a decimal comma splits a number, write 12.5" : "")
        case .number: "a number"
        case .fittingNumber(let trouble): trouble.expected(.english)
        case .agencyCode: "an agency's code"
        case .measureID: "a measure's id"
        case .day(let example): "a day, \(example)"
        case .dayOrPeriod: "a day, 2026-11-01, or a period"
        case .period: "a period, 2026-11, 2026-Q4, 2026-W45, 2026"
        case .dayFrom(let day): "\(day) or later"
        case .periodOrDays: "a period, or from and to, not both"
        case .schemeBesidePeriod: "a scheme stands beside a period only"
        case .agencyLabel(let label): "a label '\(label)' with an agency's code"
        case .metricOrLabel(let label): "a metric's name, or a label '\(label)'"
        case .timeInPrecision: "a time in the precision that the request names"
        case .timestamp(let unit): "a timestamp in \(unit) at the end of the line"
        case .wholeTimestamp(let unit): "a whole number of \(unit) since 1970"
        case .measurement: "a measurement"
        case .equalsSign: "'=' after a tag's name"
        case .tag: "a tag with a name and a value"
        case .blankBeforeFields: "a blank before the fields"
        case .namedField: "a field, name=value"
        case .fieldValue: "the field's value"
        case .endAfterTimestamp: "the end of the line after the timestamp"
        case .closingQuote: "a closing quotation mark"
        case .oneField: "one field, because a tag names the measure"
        case .singleCount(let kind): "a gauge or a sum; \(kind) holds no single count"
        case .gaugeOrWholeDays: "a gauge, or a delta over whole days of Viet Nam"
        case .gaugeOfNoFlow: "a gauge, because the measure is no flow"
        case .wholeDays: "whole days in Viet Nam, or attributes from and to"
        case .nanoseconds: "nanoseconds since 1970"
        case .sample: "a sample; native histograms are no counts"
        }
    }

    private static let escapes = "\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
}

extension NumberTrouble {
    /// What a refusal says was expected.
    func expected(_ language: Language) -> String {
        let (vietnamese, english) =
            switch self {
            case .notANumber: ("số viết bằng chữ số và dấu chấm thập phân", "a number with digits and a decimal point")
            case .tooLarge: ("số nhỏ hơn 9223372036854775808", "a number below 9223372036854775808")
            case .tooManyDecimals: ("nhiều nhất \(ExactDecimal.largestScale) chữ số thập phân", "at most \(ExactDecimal.largestScale) decimals")
            case .inexact:
                (
                    "số nhỏ hơn 9007199254740992; từ đó trở lên số dấu phẩy động bỏ sót số nguyên",
                    "a number below 9007199254740992, from where on floating point leaves out whole numbers"
                )
            case .ambiguousPoint:
                (
                    "số nguyên không có dấu chấm, hoặc không phải đúng ba chữ số thập phân; dấu chấm là dấu thập phân",
                    "a whole number without a point, or other than three decimals; the point is the decimal mark"
                )
            }
        return language == .vietnamese ? vietnamese : english
    }
}
