import Model

/// What was found and what was expected is kept with findings in English; its phrases are said here in Vietnamese.
enum FindingWords {
    static func expected(_ text: String, _ language: Language) -> String {
        language == .vietnamese ? words.reduce(sentence(text, language)) { $0.replacing($1.english, with: $1.vietnamese) } : text
    }

    /// What stood there is nobody's to translate, unless it is our word for a cell in which nothing stands.
    static func found(_ text: String, _ language: Language) -> String {
        language == .vietnamese ? cells[text] ?? text : text
    }

    /// What a program of ours says of something as a whole; what it has no words for stays as it is.
    static func sentence(_ text: String, _ language: Language) -> String {
        guard language == .vietnamese else { return text }
        return sayings.lazy.compactMap { $0.said(text) }.first ?? troubles.reduce(text) { $0.replacing($1.english, with: $1.vietnamese) }
    }

    /// Days and intervals as people of the language write them.
    static func days(_ text: String, _ language: Language) -> String {
        guard language == .vietnamese else { return text }
        return text.replacing("..", with: " đến ").split(separator: " ", omittingEmptySubsequences: false).map { word in
            let bare = word.hasPrefix("(") && word.hasSuffix(")") ? String(word.dropFirst().dropLast()) : String(word)
            return Day(bare).map { String(word).replacing(bare, with: $0.vietnamese) } ?? String(word)
        }.joined(separator: " ")
    }

    private static let cells = [
        "a formula that was never calculated": "công thức chưa được tính", "null": "không có số liệu",
        "no sender and no subject": "không có người gửi, không có tiêu đề",
    ]

    /// In this order: a phrase before the words in it.
    private static let words: [(english: String, vietnamese: String)] = [
        ("a whole number", "số nguyên"), ("a number with ", "số có "), ("at most ", "nhiều nhất "), (" decimals", " chữ số thập phân"),
        ("a smaller number", "số nhỏ hơn"), ("0 or more", "từ 0 trở lên"),
        ("a number, or null where there is no figure", "số, hoặc null khi không có số liệu"),
        ("a number, or null when it is known to be unknown", "số, hoặc null khi biết chắc là không có số liệu"),
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
        ("the end of the line", "hết dòng"), ("a day, ", "ngày, như "), ("a period, ", "kỳ, như "), ("it stands once", "chỉ xuất hiện một lần"),
        (" or ", " hoặc "),
    ]

    /// Whole sentences with what stands in them.
    private static let sayings: [Saying] = [
        Saying("an address in agencies.csv", "địa chỉ trong agencies.csv"),
        Saying("an address that takes letters", "địa chỉ nhận được thư"),
        Saying("a succession of {} in successions.csv", "cơ quan kế thừa của {} trong successions.csv"),
        Saying("the year {} in calendar.yaml", "năm {} trong calendar.yaml"),
        Saying(
            "status: confirmed, once the year's notice of days off is published",
            "status: confirmed, khi đã có thông báo nghỉ lễ, tết của năm"),
        Saying("no contact of {}", "{} chưa có địa chỉ nhận thư"),
        Saying("letters to every contact of {} came back", "thư gửi tới mọi địa chỉ của {} đều bị trả lại"),
        Saying("no agency answers for {} on {}", "không cơ quan nào chịu trách nhiệm về {} vào ngày {}"),
        Saying("{} of {} samples of {}: {}", "{}/{} mẫu của {}: {}"), Saying("{} of {} samples within {} to {}: {}", "{}/{} mẫu từ {} đến {}: {}"),
        Saying("'{}' is '{}', expected a day as {}", "'{}' là '{}', cần ngày dạng {}"),
        Saying("'{}' is missing, expected a day", "thiếu '{}', cần một ngày"), Saying("'{}' is before '{}'", "'{}' trước '{}'"),
        Saying("'{}' names no agency", "'{}' không nêu cơ quan nào"),
        Saying(
            "'{}' names no agency; is it a sum? Then add how it begins to skip under answer",
            "'{}' không nêu cơ quan nào; nếu là dòng tổng thì thêm chữ đầu dòng vào skip của answer"),
        Saying("there is no column '{}'; the header is {}", "không có cột '{}'; dòng tiêu đề là {}"),
        Saying("no row is a header with the column '{}'; row {} has {}", "không dòng nào là tiêu đề có cột '{}'; dòng {} có {}"),
        Saying("no row is a header with the column '{}'", "không dòng nào là tiêu đề có cột '{}'"),
        Saying("there are {} columns '{}'; which one is meant cannot be told", "có {} cột '{}' nên không biết phải đọc cột nào"),
        Saying(
            "there are {} columns '{}'; which one is meant cannot be told; use columns: letters",
            "có {} cột '{}' nên không biết phải đọc cột nào; hãy dùng columns: letters"),
        Saying("there is no sheet {}; the workbook has {}", "không có trang {}; bảng tính có các trang {}"),
        Saying("{} fields where the header has {}", "{} trường trong khi dòng tiêu đề có {}"),
        Saying("the answer is empty", "nội dung rỗng"), Saying("the answer is not UTF-8", "nội dung không phải UTF-8"),
        Saying(
            "the answer is a web page, not {}: a login page, an error page or a firewall's",
            "nội dung là một trang web, không phải {}: trang đăng nhập, trang báo lỗi hoặc của tường lửa"),
        Saying(
            "the answer is a workbook or another ZIP file, not {}; set format: xlsx under answer",
            "nội dung là bảng tính hoặc tệp nén ZIP, không phải {}; hãy đặt format: xlsx trong answer"),
        Saying(
            "expected '{}' but found {}; this is the answer to another question", "cần '{}' nhưng nhận được {}; đây là câu trả lời cho yêu cầu khác"),
        Saying("there is nothing here; check rows under answer", "chỗ này không có gì; kiểm tra rows trong answer"),
        Saying("expected a list of rows but found {}", "cần một danh sách các dòng nhưng nhận được {}"),
        Saying("expected the end of the answer", "sau đây không còn được có gì nữa"),
        Saying("nested deeper than {} levels", "lồng nhau quá {} cấp"), Saying("this is not JSON", "đây không phải JSON"),
        Saying("this is not a number", "đây không phải số"),
        Saying("the answer ends in the middle; it was cut off", "nội dung bị cắt cụt giữa chừng"),
        Saying("the answer ends in the middle of a text; it was cut off", "nội dung bị cắt cụt giữa một chuỗi"),
        Saying(
            "the key stands twice in one object, so its value is uncertain", "khóa có hai lần trong một đối tượng nên không biết giá trị nào đúng"),
        Saying("a control character inside a text", "có ký tự điều khiển trong chuỗi"),
        Saying("an unknown escape in a text", "ký hiệu thoát lạ trong chuỗi"),
        Saying("an unfinished \\u escape in a text", "ký hiệu thoát \\u chưa đủ trong chuỗi"),
        Saying("expected a key in quotes", "cần một khóa trong ngoặc kép"), Saying("expected a colon", "cần dấu hai chấm"),
        Saying("expected a comma or a closing brace", "cần dấu phẩy hoặc dấu ngoặc nhọn đóng"),
        Saying("expected a comma or a closing bracket", "cần dấu phẩy hoặc dấu ngoặc vuông đóng"), Saying("expected '{}'", "cần '{}'"),
        Saying("a quote inside a field that does not begin with one", "dấu ngoặc kép ở giữa một trường không bắt đầu bằng ngoặc kép"),
        Saying("text after a closing quote", "còn chữ sau dấu ngoặc kép đóng"),
        Saying("a quote is opened and never closed", "dấu ngoặc kép mở mà không đóng"),
        Saying("this is not an Excel workbook (.xlsx)", "đây không phải bảng tính Excel (.xlsx)"),
        Saying("the file is cut off: its table of contents is missing", "tệp bị cắt cụt: thiếu mục lục ở cuối"),
        Saying("the file is protected by a password; save it without one", "tệp có mật khẩu; hãy lưu lại không đặt mật khẩu"),
        Saying(
            "the source answered {} (not allowed); check the credential file of this source, and whether the address of this machine is allowed there",
            "nguồn trả lời {} (không được phép); kiểm tra tệp mật khẩu của nguồn và địa chỉ máy này có được phép không"),
        Saying(
            "the source answered {} (not allowed); it wants a credential: set bearer_file or basic under request",
            "nguồn trả lời {} (không được phép); nguồn đòi đăng nhập: đặt bearer_file hoặc basic trong request"),
        Saying("the source answered {}; it is asked again later", "nguồn trả lời {}; sẽ được hỏi lại sau"),
        Saying("the source answered {} (nothing there); check url under request", "nguồn trả lời {} (không có gì ở đó); kiểm tra url trong request"),
        Saying(
            "the source answered {} without a place to go to; check url under request",
            "nguồn trả lời {} mà không nêu địa chỉ chuyển tới; kiểm tra url trong request"),
        Saying(
            "the source answered {}, which accept_status does not list; check the request",
            "nguồn trả lời {}, không có trong accept_status; kiểm tra request"),
        Saying("the letter could not be signed: {}", "không ký số được thư: {}"),
        Saying("the program {} is not installed", "chương trình {} chưa được cài"), Saying("openssl refused: {}", "openssl từ chối: {}"),
    ]

    /// What the exchange with another machine came to, and what helps; one of each stands in such a sentence.
    private static let troubles: [(english: String, vietnamese: String)] = [
        ("the request cannot be sent as it is", "yêu cầu không gửi được như hiện có"),
        ("correct the URL, headers or addresses in the settings", "sửa URL, tiêu đề hoặc địa chỉ trong cấu hình"),
        ("the protocol '", "giao thức '"), ("' is not allowed, only http and https are", "' không được phép, chỉ nhận http và https"),
        ("correct the URL, or ask who runs the server why it redirects there", "sửa URL, hoặc hỏi đơn vị quản lý máy chủ vì sao chuyển hướng tới đó"),
        ("the host name has no address", "tên máy chủ không có địa chỉ"),
        ("check the host name in the settings and this machine's name server", "kiểm tra tên máy chủ trong cấu hình và máy chủ tên miền của máy này"),
        ("the connection was refused", "kết nối bị từ chối"),
        ("check the port in the settings and whether the server runs", "kiểm tra cổng trong cấu hình và máy chủ có đang chạy không"),
        ("the network does not lead there", "mạng không đi tới đó được"),
        ("check this machine's network and the firewall", "kiểm tra mạng của máy này và tường lửa"),
        ("no connection within the time allowed", "không kết nối được trong thời gian cho phép"),
        ("check the firewall and whether the server runs", "kiểm tra tường lửa và máy chủ có đang chạy không"),
        ("no complete answer within the time allowed", "không nhận đủ câu trả lời trong thời gian cho phép"),
        ("the answer came too slowly", "câu trả lời đến quá chậm"),
        (
            "it is tried again; if this stays, ask for less at once or allow more time",
            "sẽ được thử lại; nếu kéo dài, hãy hỏi ít hơn mỗi lần hoặc cho thêm thời gian"
        ),
        ("the answer is larger than the ", "câu trả lời lớn hơn "), (" bytes allowed", " byte cho phép"),
        ("ask for fewer days at once or raise the limit in the settings", "hãy hỏi ít ngày hơn mỗi lần hoặc nâng giới hạn trong cấu hình"),
        (" redirects", " lần chuyển hướng"), ("more than ", "quá "),
        (
            "enter the final address in the settings, or ask who runs the server",
            "nhập địa chỉ cuối cùng vào cấu hình, hoặc hỏi đơn vị quản lý máy chủ"
        ),
        ("the certificate is not trusted", "chứng thư không được tin cậy"),
        (
            "check the host name, and name the authority's PEM file as ca_file if it is a private one",
            "kiểm tra tên máy chủ; nếu chứng thư do cơ quan nội bộ cấp thì nêu tệp PEM của nơi cấp ở ca_file"
        ),
        ("the certificate is outside its period of validity", "chứng thư ngoài thời hạn hiệu lực"),
        (
            "ask who runs the server to renew it, and check this machine's clock",
            "đề nghị đơn vị quản lý máy chủ gia hạn, và kiểm tra đồng hồ của máy này"
        ),
        ("the TLS handshake failed", "không bắt tay TLS được"),
        ("the server must speak TLS 1.2 or newer on this port", "máy chủ phải dùng TLS 1.2 trở lên ở cổng này"),
        ("the relay offers no STARTTLS, which the settings demand", "máy chủ thư không có STARTTLS mà cấu hình yêu cầu"),
        (
            "nothing was sent; correct the port or the relay, or set security to tls or none",
            "chưa gửi gì; sửa cổng hoặc máy chủ thư, hoặc đặt security là tls hay none"
        ),
        ("the file of certificate authorities cannot be used", "tệp nơi cấp chứng thư không dùng được"),
        ("check that ca_file exists, is readable and holds PEM certificates", "kiểm tra ca_file có tồn tại, đọc được và chứa chứng thư PEM"),
        ("what came back is not an answer of this protocol", "câu trả lời không đúng giao thức"),
        ("check the address and the port; something else may be listening there", "kiểm tra địa chỉ và cổng; có thể ở đó là chương trình khác"),
        ("the connection ended before the answer was complete", "kết nối dừng khi chưa nhận đủ câu trả lời"),
        ("the relay would not talk to us", "máy chủ thư không tiếp nhận kết nối"),
        (
            "check the user name, the password or token file, and whether the relay accepts this machine",
            "kiểm tra tên đăng nhập, tệp mật khẩu hoặc token, và máy chủ thư có chấp nhận máy này không"
        ),
        ("the relay offers no way of logging in that is known here", "máy chủ thư không có cách đăng nhập nào dùng được"),
        (
            "check security and username in the settings; many relays allow a login only over TLS",
            "kiểm tra security và username trong cấu hình; nhiều máy chủ thư chỉ cho đăng nhập qua TLS"
        ),
        ("the relay refused", "máy chủ thư từ chối"), ("check the addresses, then send it again by hand", "kiểm tra địa chỉ rồi gửi lại bằng tay"),
        ("the login was refused", "đăng nhập bị từ chối"),
        (
            "check the user name and the password or token file in the settings",
            "kiểm tra tên đăng nhập và tệp mật khẩu hoặc token trong cấu hình"
        ),
        ("the mail server refused", "máy chủ thư từ chối"),
        (
            "check the names of the folders in the settings and what this user may do there",
            "kiểm tra tên thư mục thư trong cấu hình và quyền của tài khoản"
        ),
        ("cancelled before the answer came", "bị hủy khi chưa có câu trả lời"), ("ask again if it is still wanted", "hãy hỏi lại nếu vẫn cần"),
        ("not done because the daemon is stopping", "chưa làm vì dịch vụ đang dừng"),
        ("it is done after the next start", "sẽ làm sau khi khởi động lại"),
        (" exchanges are waiting already", " yêu cầu đang chờ"),
        (
            "it is tried again; if this stays, allow more at once or ask less often",
            "sẽ được thử lại; nếu kéo dài, hãy cho nhiều yêu cầu cùng lúc hơn hoặc hỏi thưa hơn"
        ),
        ("the exchange failed with libcurl's code ", "trao đổi thất bại, mã của libcurl: "),
        ("it is tried again; if this stays, report it", "sẽ được thử lại; nếu kéo dài, hãy báo lại"), ("it is tried again", "sẽ được thử lại"),
    ]
}
