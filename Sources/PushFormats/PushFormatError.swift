import Model

/// Why a body as a whole cannot be read; one bad observation of a good body is a `PushRefusal` instead.
public enum PushFormatError: Error, Hashable, Sendable {
    /// The body is not what its type says; nothing of it can be told for certain.
    case malformed(Place, BodyFault)
    /// The packed body is damaged, cut off, or followed by something else.
    case damagedPacking(ContentCoding, PackingFault)
    /// Unpacking stopped because the body grows beyond this many bytes.
    case tooLargeUnpacked(most: Int)
    /// The body holds more observations than one push may.
    case tooManyObservations(most: Int)

    /// Where in the body; bytes count from 0, lines from 1.
    public enum Place: Hashable, Sendable {
        case byte(Int)
        case line(Int)

        func text(_ language: Language) -> String {
            switch (self, language) {
            case (.byte(let number), .vietnamese): "byte thứ \(number)"
            case (.byte(let number), .english): "byte \(number)"
            case (.line(let number), .vietnamese): "dòng \(number)"
            case (.line(let number), .english): "line \(number)"
            }
        }
    }
}

extension PushFormatError {
    /// One sentence that says where, what was found, and what to do.
    public func text(_ language: Language) -> String {
        switch self {
        case .malformed(let place, let fault): "\(place.text(language)): \(fault.text(language))"
        case .damagedPacking(let coding, let fault):
            language == .vietnamese
                ? "không giải nén được nội dung \(coding.rawValue): \(fault.text(language))"
                : "the \(coding.rawValue) body cannot be unpacked: \(fault.text(language))"
        case .tooLargeUnpacked(let most):
            language == .vietnamese
                ? "nội dung sau khi giải nén dài hơn \(most) byte; gửi ít số liệu hơn mỗi lần"
                : "the unpacked body is larger than \(most) bytes; send fewer observations at a time"
        case .tooManyObservations(let most):
            language == .vietnamese
                ? "nội dung có hơn \(most) số liệu; chia thành nhiều lần gửi"
                : "the body holds more than \(most) observations; send them in several requests"
        }
    }
}

extension PushFormatError: CustomStringConvertible {
    public var description: String { text(.english) }
}
