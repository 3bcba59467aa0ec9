import FoundationEssentials

/// How requests and responses travel: JSON in HTTP/1.1 over a unix socket. The daemon and the client both take it from here.
public enum Wire {
    /// The one address, asked with POST.
    public static let path = "/v1/request"
    public static let mediaType = "application/json"
    /// The largest request body: a sample of 32 MB in base64 and what stands around it.
    public static let largestRequest = 48_000_000
    /// The largest response body that the client reads.
    public static let largestResponse = 64_000_000
    public static let defaultSocket = "/run/dondoc/control.sock"

    /// The body of a request; nil never happens for values that this module defines, because none holds what JSON cannot.
    public static func body(of envelope: Envelope) -> [UInt8]? { encoded(envelope) }

    /// The body of a response; nil as above.
    public static func body(of response: Response) -> [UInt8]? { encoded(response) }

    /// The request in a body, or the failure to answer with.
    public static func envelope(in body: [UInt8]) -> Result<Envelope, Failure> {
        do {
            return .success(try JSONDecoder().decode(Envelope.self, from: Data(body)))
        } catch let error as DecodingError {
            return .failure(Failure(.invalidRequest, "the request cannot be read: \(error.plainly)", hint: example))
        } catch {
            return .failure(Failure(.invalidRequest, "the request cannot be read", hint: example))
        }
    }

    /// The response in a body; the error says where it is not one.
    static func response(in body: [UInt8]) throws(ControlError) -> Response {
        do {
            return try JSONDecoder().decode(Response.self, from: Data(body))
        } catch let error as DecodingError {
            throw .unreadable(error.plainly)
        } catch {
            throw .unreadable("\(body.count) bytes that are not JSON")
        }
    }

    private static let example = #"send {"language":"en","request":{"status":{}}}; docs/cli.md shows another under The control socket"#

    private static func encoded(_ value: some Encodable) -> [UInt8]? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Safe to drop the error: strings, integers and arrays of them always encode, see `body(of:)`.
        return try? Array(encoder.encode(value))
    }
}

extension DecodingError {
    /// The place and the problem in one line, without the bytes themselves.
    var plainly: String {
        switch self {
        case .typeMismatch(_, let context), .dataCorrupted(let context): "\(DecodingError.place(context.codingPath))\(context.debugDescription)"
        case .valueNotFound(_, let context): "\(DecodingError.place(context.codingPath))found null"
        case .keyNotFound(let key, let context): "\(DecodingError.place(context.codingPath))'\(key.stringValue)' is missing"
        @unknown default: "not the expected JSON"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        path.isEmpty ? "" : "at \(path.map(\.stringValue).joined(separator: ".")): "
    }
}
