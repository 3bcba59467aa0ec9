import Model

extension Answer {
    /// What became of a push, in the words of its protocol.
    static func receipt(_ receipt: PushReceipt, _ dialect: Dialect, _ language: Language) -> Answer {
        let repeated = receipt.isRepeat ? [("Idempotent-Replayed", "true")] : []
        switch dialect {
        case .native: return .json(200, ReceiptPayload(receipt, language), headers: [("Content-Language", language.rawValue)] + repeated)
        case .influx:
            guard let text = partial(receipt, language) else { return Answer(204) }
            // Telegraf drops what a "partial write" names and does not send it again; the rest is stored.
            let message = "partial write: \(text) dropped=\(receipt.refused.count)"
            return .json(400, InfluxPayload(code: "invalid", message: message, error: message))
        case .remoteWrite:
            guard let text = partial(receipt, language) else { return Answer(204) }
            return .text(400, text)
        case .otlpJSON:
            let partial = partial(receipt, language).map { OTLPPartial(rejectedDataPoints: String(receipt.refused.count), errorMessage: $0) }
            return .json(200, OTLPPayload(partialSuccess: partial))
        case .otlpProtobuf:
            let body = OTLPMessage.response(rejected: receipt.refused.count, message: partial(receipt, language) ?? "")
            return Answer(200, mediaType: "application/x-protobuf", body: body)
        }
    }

    /// The refused ones in one sentence with the first few of them; nil when there are none.
    private static func partial(_ receipt: PushReceipt, _ language: Language) -> String? {
        guard !receipt.refused.isEmpty else { return nil }
        let good = receipt.stored + receipt.unchanged + receipt.restated
        let reasons = receipt.refused.prefix(3).map { "\($0.code.rawValue): \($0.message(language))" }.joined(separator: "; ")
        let more = receipt.refused.count > 3 ? "; …" : ""
        return language.choose(
            "\(receipt.refused.count) số liệu bị từ chối, \(good) số liệu được nhận (\(reasons)\(more))",
            "\(receipt.refused.count) observations refused, \(good) accepted (\(reasons)\(more))")
    }
}

private struct ReceiptPayload: Encodable {
    let delivery: String
    let stored: Int
    let unchanged: Int
    let restated: Int
    let refused: [RefusalPayload]

    init(_ receipt: PushReceipt, _ language: Language) {
        delivery = receipt.delivery.description
        stored = receipt.stored
        unchanged = receipt.unchanged
        restated = receipt.restated
        refused = receipt.refused.map { RefusalPayload($0, language) }
    }
}

/// The error of InfluxDB 2 (`code`, `message`) and 1 (`error`) in one.
struct InfluxPayload: Encodable {
    let code: String
    let message: String
    let error: String
}
