import Hummingbird
import Logging
import Model
import NIOCore

/// The agencies' systems over HTTP: one address a system, with the credentials and manners that such systems have.
struct WebSystems {
    /// Demo secrets, as they stand in config/demo/credentials.
    static let oneStopToken = "demo-token-one-stop"
    static let mailPassword = "demo-password-mail"

    let systems: AgencySystems

    func router() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/api/v1/reporting/evaluation/service-results") { [systems] request, _ in
            if let refusal = WebSystems.refusal("national-portal", systems) { return refusal }
            let body = String(buffer: try await request.body.collect(upTo: 10_000))
            guard let year = WebSystems.number("year", in: body), let month = WebSystems.number("month", in: body),
                let period = Period("\(year.padded(to: 4))-\(month.padded(to: 2))")
            else { return WebSystems.answer(#"{"code":"BAD_REQUEST","data":null}"#, status: .badRequest) }
            return WebSystems.answer(systems.nationalPortal(period), status: .created)
        }
        router.get("/motcua/counts") { [systems] request, _ in
            if let refusal = WebSystems.refusal("one-stop", systems) { return refusal }
            guard request.headers[.authorization] == "Bearer \(WebSystems.oneStopToken)" else { return WebSystems.denied }
            guard let day = request.uri.queryParameters["ngay"].flatMap({ Day($0) }) else { return WebSystems.unclear }
            return WebSystems.answer(systems.oneStop(day))
        }
        router.get("/thudientu/thongke") { [systems] request, _ in
            if let refusal = WebSystems.refusal("mail", systems) { return refusal }
            guard request.headers[.authorization] == WebSystems.basic(user: "dondoc", password: WebSystems.mailPassword) else {
                return WebSystems.denied
            }
            guard let period = request.uri.queryParameters["thang"].flatMap({ Period(String($0)) }) else { return WebSystems.unclear }
            return WebSystems.answer(systems.mail(period), mediaType: "text/csv; charset=utf-8")
        }
        router.get("/vanban/thongke") { [systems] request, _ in
            if let refusal = WebSystems.refusal("documents", systems) { return refusal }
            guard let range = WebSystems.range(request, "tu", "den") else { return WebSystems.unclear }
            return WebSystems.answer(systems.documents(range))
        }
        router.get("/congthongtin/tin") { [systems] request, _ in
            if let refusal = WebSystems.refusal("portals", systems) { return refusal }
            guard let range = WebSystems.range(request, "tu", "den"), range.span <= 800 else { return WebSystems.unclear }
            return WebSystems.answer(systems.portals(range), tagFor: request)
        }
        router.get("/minhbach/tthc") { [systems] request, _ in
            if let refusal = WebSystems.refusal("transparency", systems) { return refusal }
            guard let period = request.uri.queryParameters["thang"].flatMap({ Period(String($0)) }) else { return WebSystems.unclear }
            return WebSystems.answer(systems.transparency(period))
        }
        return router
    }

    private static func refusal(_ source: String, _ systems: AgencySystems) -> Response? {
        systems.refusal(of: source).map { answer("busy", status: .init(code: $0), mediaType: "text/plain") }
    }

    private static var denied: Response { answer("denied", status: .unauthorized, mediaType: "text/plain") }
    private static var unclear: Response { answer("which days?", status: .badRequest, mediaType: "text/plain") }

    private static func answer(_ text: String, status: HTTPResponse.Status = .ok, mediaType: String = "application/json") -> Response {
        Response(status: status, headers: [.contentType: mediaType], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// With an entity tag, and without a body when the asker has this version already.
    private static func answer(_ text: String, tagFor request: Request) -> Response {
        // FNV-1a: the tag only has to change with the text.
        let tag = "\"\(String(text.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }, radix: 16))\""
        guard request.headers[.ifNoneMatch] != tag else { return Response(status: .notModified, headers: [.eTag: tag]) }
        var response = answer(text)
        response.headers[.eTag] = tag
        return response
    }

    private static func range(_ request: Request, _ first: String, _ last: String) -> DayRange? {
        guard let start = request.uri.queryParameters[first[...]].flatMap({ Day($0) }),
            let end = request.uri.queryParameters[last[...]].flatMap({ Day($0) })
        else { return nil }
        return DayRange(start: start, end: end + 1)
    }

    /// The number behind a key of the small JSON body that the portal is asked with.
    private static func number(_ key: String, in body: String) -> Int? {
        guard let found = body.firstRange(of: "\"\(key)\":") else { return nil }
        return Int(body[found.upperBound...].drop { $0 == " " }.prefix { $0.isNumber })
    }

    private static func basic(user: String, password: String) -> String {
        "Basic " + Base64.encoded(Array("\(user):\(password)".utf8))
    }
}
