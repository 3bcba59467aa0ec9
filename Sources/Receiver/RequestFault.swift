import Model
import NIOHTTP1

/// What makes a request none that HTTP knows.
public enum RequestFault: Hashable, Sendable, CaseIterable {
    case version
    case method
    case address
    case headerField
    case contentLength
    case chunk
    case cutOff
    case noHost
    case hosts
    case transferCoding
    case unclear

    func text(_ language: Language) -> String {
        switch self {
        case .version: language.choose("phiên bản không phải HTTP/1.0 hay HTTP/1.1", "the version is not HTTP/1.0 or HTTP/1.1")
        case .method: language.choose("không có phương thức này", "there is no such method")
        case .address: language.choose("địa chỉ viết không đúng", "the address is not well-formed")
        case .headerField: language.choose("một trường ở phần đầu viết không đúng", "a header field is not well-formed")
        case .contentLength:
            language.choose("Content-Length không phải một số dùng được", "Content-Length is no number that can be used")
        case .chunk: language.choose("độ dài của một phần chunked viết không đúng", "the length of a chunk is not well-formed")
        case .noHost: language.choose("thiếu trường Host", "Host is missing")
        case .hosts: language.choose("có nhiều hơn một trường Host", "there is more than one Host")
        case .transferCoding:
            language.choose("Transfer-Encoding chỉ được là 'chunked'", "Transfer-Encoding is more than 'chunked'")
        case .cutOff: language.choose("yêu cầu bị cắt cụt", "the request is cut off")
        case .unclear: language.choose("không đúng cách viết của HTTP/1.1", "it is not written as HTTP/1.1 has it")
        }
    }
}

extension HTTPParserError {
    /// The parser's own words are for programmers and in English; these say what senders can do.
    var problem: PushProblem {
        switch self {
        case .headerOverflow: .headersTooLarge
        case .invalidVersion: .malformedRequest(.version)
        case .invalidMethod: .malformedRequest(.method)
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment: .malformedRequest(.address)
        case .lfExpected, .invalidHeaderToken: .malformedRequest(.headerField)
        case .invalidContentLength, .unexpectedContentLength: .malformedRequest(.contentLength)
        case .invalidChunkSize: .malformedRequest(.chunk)
        case .invalidEOFState, .closedConnection: .malformedRequest(.cutOff)
        default: .malformedRequest(.unclear)
        }
    }
}
