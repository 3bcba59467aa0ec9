import Model

/// What was found and what was expected is kept with findings in English; the few phrases of it are said here in Vietnamese.
enum FindingWords {
    static func expected(_ text: String, _ language: Language) -> String {
        language == .vietnamese ? words.reduce(text) { $0.replacing($1.english, with: $1.vietnamese) } : text
    }

    /// What stood there is nobody's to translate, unless it is our word for nothing that stands there.
    static func found(_ text: String, _ language: Language) -> String { language == .vietnamese ? nothing[text] ?? text : text }

    /// A cell for what was found or expected: programs get what is kept.
    static func cell(_ text: String?, _ words: (String, Language) -> String, _ language: Language) -> Sheet.Value {
        guard let text, language == .vietnamese else { return .text(text) }
        return .code(text, title: words(text, language), tone: .plain)
    }

    private static let nothing = [
        "a formula that was never calculated": "công thức chưa được tính", "no sender and no subject": "không có người gửi, không có tiêu đề",
    ]

    /// In this order: a phrase before the words in it.
    private static let words: [(english: String, vietnamese: String)] = [
        ("a whole number", "số nguyên"), ("a number with ", "số có "), ("at most ", "nhiều nhất "), (" decimals", " chữ số thập phân"),
        ("a smaller number", "số nhỏ hơn"), ("a number, or null where there is no figure", "số, hoặc null khi không có số liệu"),
        ("a first day, because 'to' is given", "ngày đầu, vì đã có 'to'"), ("a day as ", "ngày dạng "), (" or later", " trở đi"),
        ("from and to, or --period for the whole file", "from và to, hoặc --period cho cả tệp"),
        ("either from and to, or day, or period", "chỉ một trong: from và to; day; period"), ("a period beside it", "có period đi kèm"),
        ("a period as ", "kỳ dạng "), ("an agency's code", "mã cơ quan"), ("an agency's name", "tên cơ quan"),
        ("is it a sum? Then add how it begins to skip under answer", "nếu là dòng tổng thì thêm chữ đầu dòng vào skip của answer"),
        ("a measure's id", "mã chỉ tiêu"),
        ("a text in quotes", "chuỗi trong ngoặc kép"),
        ("an object with agency, measure, from, to and value", "đối tượng có agency, measure, from, to và value"), ("one of ", "một trong: "),
        (" fields, not ", " trường, không phải "),
        ("a decimal comma splits a number, write 12.5", "dấu phẩy thập phân tách đôi con số, hãy viết 12.5"),
        ("an address that takes letters", "địa chỉ nhận được thư"), ("an address in agencies.csv", "địa chỉ trong agencies.csv"),
        ("a succession of ", "việc kế thừa của "), (" in successions.csv", " trong successions.csv"), ("the year ", "năm "),
        (" in calendar.yaml", " trong calendar.yaml"),
        ("status: confirmed, once the year's notice of days off is published", "status: confirmed, khi có thông báo nghỉ lễ của năm"),
        (" or ", " hoặc "),
    ]
}
