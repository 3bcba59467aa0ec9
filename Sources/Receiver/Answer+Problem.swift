import Model

extension Answer {
    /// RFC 9457 problem details, or what the protocol's clients read in their place.
    static func problem(_ problem: PushProblem, _ dialect: Dialect, _ language: Language) -> Answer {
        let headers = fields(problem, language)
        switch dialect {
        case .native, .influx:
            return .json(
                problem.status, ProblemPayload(problem, language, forInflux: dialect == .influx), mediaType: "application/problem+json",
                headers: headers)
        case .remoteWrite: return .text(problem.status, "\(problem.code): \(problem.detail(language))", headers: headers)
        case .otlpJSON:
            return .json(problem.otlpStatus, OTLPStatus(code: problem.otlpCode, message: problem.otlpMessage(language)), headers: headers)
        case .otlpProtobuf:
            let body = OTLPMessage.status(code: problem.otlpCode, message: problem.otlpMessage(language))
            return Answer(problem.otlpStatus, mediaType: "application/x-protobuf", headers: headers, body: body)
        }
    }

    private static func fields(_ problem: PushProblem, _ language: Language) -> [(String, String)] {
        var fields = [("Content-Language", language.rawValue), ("Vary", "Accept-Language")]
        if let wait = problem.retryAfter { fields.append(("Retry-After", String(wait.wholeSeconds))) }
        if problem.status == 401 {
            fields.append(("WWW-Authenticate", "Bearer realm=\"dondoc\""))
            fields.append(("WWW-Authenticate", "Basic realm=\"dondoc\", charset=\"UTF-8\""))
        }
        if case .methodNotAllowed(_, let allowed) = problem { fields.append(("Allow", allowed.joined(separator: ", "))) }
        if case .unsupportedCoding(_, let expected) = problem { fields.append(("Accept-Encoding", expected.joined(separator: ", "))) }
        return fields
    }
}

/// The members of RFC 9457, with ours and those that InfluxDB's clients look for.
private struct ProblemPayload: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let refused: [RefusalPayload]?
    /// What InfluxDB 2 clients print.
    let message: String?
    /// What InfluxDB 1 clients print.
    let error: String?

    init(_ problem: PushProblem, _ language: Language, forInflux: Bool) {
        type = "urn:dondoc:problem:\(problem.code)"
        title = problem.title(language)
        status = problem.status
        detail = problem.detail(language)
        code = problem.code
        if case .refused(let refusals) = problem {
            refused = refusals.map { RefusalPayload($0, language) }
        } else {
            refused = nil
        }
        message = forInflux ? detail : nil
        error = forInflux ? detail : nil
    }
}

/// One refused observation.
struct RefusalPayload: Encodable {
    let index: Int
    let code: String
    let message: String

    init(_ refusal: PushRefusal, _ language: Language) {
        index = refusal.index
        code = refusal.code.rawValue
        message = refusal.message(language)
    }
}
