import Model

/// The two messages of OTLP over HTTP that a server sends, as protobuf writes them.
enum OTLPMessage {
    /// `google.rpc.Status`: code = 1, message = 2.
    static func status(code: Int, message: String) -> [UInt8] {
        [0x08] + varint(code) + field(2, Array(message.utf8))
    }

    /// `ExportMetricsServiceResponse`: partial_success = 1 with rejected_data_points = 1 and error_message = 2. Empty when nothing was refused.
    static func response(rejected: Int, message: String) -> [UInt8] {
        guard rejected > 0 else { return [] }
        return field(1, [0x08] + varint(rejected) + field(2, Array(message.utf8)))
    }

    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2] + varint(bytes.count) + bytes }

    private static func varint(_ value: Int) -> [UInt8] {
        var rest = UInt64(max(0, value))
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}

/// The same in OTLP's JSON, where 64-bit integers are texts.
struct OTLPPayload: Encodable {
    let partialSuccess: OTLPPartial?
}

struct OTLPPartial: Encodable {
    let rejectedDataPoints: String
    let errorMessage: String
}

struct OTLPStatus: Encodable {
    let code: Int
    let message: String
}

extension PushProblem {
    /// The collector gives up on statuses that OTLP does not list as passing; a full disk passes, so it is told as 503.
    var otlpStatus: Int { status == 507 || status == 500 ? 503 : status }

    /// The code of gRPC that stands beside the message.
    var otlpCode: Int {
        switch status {
        case 401: 16
        case 403: 7
        case 404, 405: 5
        case 408: 4
        case 429: 8
        case 500, 503, 507: 14
        default: 3
        }
    }

    func otlpMessage(_ language: Language) -> String { "\(code): \(detail(language))" }
}
