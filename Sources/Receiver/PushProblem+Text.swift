import Model

extension PushProblem {
    /// The same for every problem of one code.
    public func title(_ language: Language) -> String {
        switch self {
        case .malformedRequest: language.choose("Yêu cầu không đúng HTTP", "The request is not valid HTTP")
        case .malformedBody: language.choose("Không đọc được nội dung", "The body cannot be read")
        case .badParameter: language.choose("Tham số không đúng", "A parameter is wrong")
        case .notAuthenticated: language.choose("Chưa xác thực", "Not authenticated")
        case .unknownToken: language.choose("Mã truy cập không dùng được", "The token cannot be used")
        case .unknownCertificate: language.choose("Chứng thư chưa được đăng ký", "The certificate belongs to no sender")
        case .forbidden: language.choose("Không được phép", "Not allowed")
        case .notFound: language.choose("Không có địa chỉ này", "There is nothing here")
        case .noSuchDelivery: language.choose("Không có lần gửi này", "There is no such delivery")
        case .methodNotAllowed: language.choose("Phương thức không được dùng ở đây", "The method is not allowed here")
        case .timedOut: language.choose("Yêu cầu đến quá chậm", "The request came too slowly")
        case .lengthRequired: language.choose("Thiếu độ dài nội dung", "The length of the body is missing")
        case .bodyTooLarge: language.choose("Nội dung quá lớn", "The body is too large")
        case .unpackedTooLarge: language.choose("Nội dung sau khi giải nén quá lớn", "The unpacked body is too large")
        case .tooManyObservations: language.choose("Quá nhiều số liệu trong một lần gửi", "Too many observations in one push")
        case .unsupportedMediaType: language.choose("Không nhận định dạng này", "The format is not accepted")
        case .unsupportedCoding: language.choose("Không nhận kiểu nén này", "The content coding is not accepted")
        case .refused: language.choose("Có số liệu bị từ chối, không lưu gì", "Observations were refused and nothing was stored")
        case .keyReused: language.choose("Idempotency-Key đã dùng cho nội dung khác", "The Idempotency-Key was used for another body")
        case .tooManyRequests: language.choose("Quá nhiều yêu cầu", "Too many requests")
        case .tooManyFailedLogins: language.choose("Quá nhiều lần xác thực sai", "Too many failed log-ins")
        case .headersTooLarge: language.choose("Phần đầu yêu cầu quá lớn", "The header fields are too large")
        case .failed: language.choose("Kho dữ liệu gặp lỗi", "The store failed")
        case .busy: language.choose("Dịch vụ đang bận", "The service is busy")
        case .stopping: language.choose("Dịch vụ đang dừng", "The service is stopping")
        case .full: language.choose("Kho dữ liệu hết chỗ", "The store is full")
        }
    }

    /// What, where, found, expected, and what to do. Much of it may come from the request, and ends up in terminals and logs.
    public func detail(_ language: Language) -> String {
        (language == .vietnamese ? vietnamese : english).printable()
    }

    private var vietnamese: String {
        switch self {
        case .malformedRequest(let fault): "yêu cầu không đọc được: \(fault.text(.vietnamese)); kiểm tra địa chỉ và phần đầu yêu cầu"
        case .malformedBody(let problem): "\(problem.vietnamese); không lưu gì, sửa nội dung rồi gửi lại"
        case .badParameter(let name, let found, let expected): "\(name) là '\(found)', cần \(expected)"
        case .notAuthenticated:
            "yêu cầu không kèm mã truy cập; gửi 'Authorization: Bearer MÃ', hoặc dùng chứng thư máy khách đã đăng ký"
        case .unknownToken: "mã truy cập không có, đã hết hạn hoặc đã bị thu hồi; xin người vận hành dondoc cấp mã mới"
        case .unknownCertificate(let subject):
            "chứng thư '\(subject)' hợp lệ nhưng chưa gắn với bên gửi nào; người vận hành thêm nó vào push.senders"
        case .forbidden: "trang này có số liệu của mọi cơ quan; chỉ bên gửi được phép với toàn tỉnh và mọi chỉ tiêu mới xem được"
        case .notFound: "không có gì ở địa chỉ này; xem docs/push.md để biết các địa chỉ"
        case .noSuchDelivery(let id): "không có lần gửi '\(id)' của bên gửi này; dùng số trong trường 'delivery' của câu trả lời khi gửi"
        case .methodNotAllowed(let found, let allowed): "phương thức '\(found)' không dùng được ở đây, cần \(allowed.joined(separator: " hoặc "))"
        case .timedOut(let within): "yêu cầu chưa đến đủ trong \(within.wholeSeconds) giây; gửi nhanh hơn hoặc chia nhỏ"
        case .lengthRequired: "yêu cầu không có Content-Length và cũng không gửi theo Transfer-Encoding: chunked; thêm một trong hai"
        case .bodyTooLarge(let most): "nội dung dài hơn \(most) byte; chia thành nhiều lần gửi"
        case .unpackedTooLarge(let most): "nội dung sau khi giải nén dài hơn \(most) byte; chia thành nhiều lần gửi"
        case .tooManyObservations(let most): "nội dung có hơn \(most) số liệu; chia thành nhiều lần gửi"
        case .unsupportedMediaType(let found, let expected):
            "Content-Type là '\(found)', cần \(expected.joined(separator: ", "))"
        case .unsupportedCoding(let found, let expected): "Content-Encoding là '\(found)', cần \(expected.joined(separator: ", "))"
        case .refused(let refusals): "\(refusals.count) số liệu bị từ chối và yêu cầu có atomic=true; sửa chúng, hoặc gửi không có atomic"
        case .keyReused: "Idempotency-Key này đã đi với một nội dung khác; mỗi nội dung dùng một khóa riêng"
        case .tooManyRequests(let wait): "bên gửi hoặc địa chỉ này gửi quá nhiều yêu cầu; thử lại sau \(wait.wholeSeconds) giây"
        case .tooManyFailedLogins(let wait): "địa chỉ này đã xác thực sai quá nhiều lần; thử lại sau \(wait.wholeSeconds) giây"
        case .headersTooLarge: "phần đầu yêu cầu vượt giới hạn; bớt các trường thừa"
        case .failed: "kho dữ liệu không lưu được và không giữ lại gì; thử lại sau, người vận hành xem nhật ký của dondocd"
        case .busy(let wait): "dịch vụ đang nhận hết mức; không lưu gì, thử lại sau \(wait.wholeSeconds) giây"
        case .stopping: "dịch vụ đang dừng hoặc khởi động lại; không lưu gì, thử lại sau 5 giây"
        case .full: "kho dữ liệu hết chỗ; không lưu gì, thử lại khi người vận hành đã thêm chỗ"
        }
    }

    private var english: String {
        switch self {
        case .malformedRequest(let fault): "the request cannot be read: \(fault.text(.english)); check the address and the header fields"
        case .malformedBody(let problem): "\(problem.english); nothing was stored, mend the body and send it again"
        case .badParameter(let name, let found, let expected): "\(name) is '\(found)', expected \(expected)"
        case .notAuthenticated:
            "the request carries no token; send 'Authorization: Bearer TOKEN', or use a client certificate that has been registered"
        case .unknownToken: "the token is unknown, expired or revoked; ask the operators of dondoc for a new one"
        case .unknownCertificate(let subject):
            "the certificate '\(subject)' is valid and belongs to no sender; the operators add it to push.senders"
        case .forbidden: "this page holds the figures of all agencies; only a sender for the whole province and all measures may read it"
        case .notFound: "there is nothing at this address; docs/push.md lists the addresses"
        case .noSuchDelivery(let id): "this sender has no delivery '\(id)'; use the 'delivery' of the answer to the push"
        case .methodNotAllowed(let found, let allowed): "the method '\(found)' is not allowed here, expected \(allowed.joined(separator: " or "))"
        case .timedOut(let within): "the request was not complete within \(within.wholeSeconds) s; send faster, or in smaller pieces"
        case .lengthRequired: "the request has neither Content-Length nor Transfer-Encoding: chunked; add one of them"
        case .bodyTooLarge(let most): "the body is longer than \(most) bytes; send it in several pushes"
        case .unpackedTooLarge(let most): "the unpacked body is longer than \(most) bytes; send it in several pushes"
        case .tooManyObservations(let most): "the body holds more than \(most) observations; send it in several pushes"
        case .unsupportedMediaType(let found, let expected): "Content-Type is '\(found)', expected \(expected.joined(separator: ", "))"
        case .unsupportedCoding(let found, let expected): "Content-Encoding is '\(found)', expected \(expected.joined(separator: ", "))"
        case .refused(let refusals): "\(refusals.count) observations were refused and atomic=true was asked for; mend them, or push without atomic"
        case .keyReused: "this Idempotency-Key came before with another body; use one key for one body"
        case .tooManyRequests(let wait): "this sender or address sends too many requests; try again in \(wait.wholeSeconds) s"
        case .tooManyFailedLogins(let wait): "too many log-ins from this address failed; try again in \(wait.wholeSeconds) s"
        case .headersTooLarge: "the header fields are larger than allowed; leave out what is not needed"
        case .failed: "the store failed and nothing was stored; try again later, the operators find the reason in the log of dondocd"
        case .busy(let wait): "the service takes no more at this moment; nothing was stored, try again in \(wait.wholeSeconds) s"
        case .stopping: "the service is stopping or starting again; nothing was stored, try again in 5 s"
        case .full: "the store has no room; nothing was stored, try again when the operators have made room"
        }
    }
}

extension Language {
    func choose(_ vietnamese: String, _ english: String) -> String { self == .vietnamese ? vietnamese : english }
}

extension Duration {
    /// Rounded up and at least 1, as `Retry-After` wants it.
    var wholeSeconds: Int64 { max(1, components.seconds + (components.attoseconds > 0 ? 1 : 0)) }
}
