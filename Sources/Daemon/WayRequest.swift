import Assembly
import Crypto
import FoundationEssentials
import Model
import Settings
import Transport

/// One POST to another system, with its login and signature.
struct WayRequest: Sendable {
    let way: WayOutSettings
    let courier: Courier

    /// Sends JSON. Secrets are read anew, so that a changed one needs no reload.
    ///
    /// - Parameter event: the id by which a receiver knows what it has; nil where there is none.
    func post(_ body: [UInt8], to url: String, event: String? = nil, at now: Instant) async -> WayMachine.Answer {
        do throws(Secret.FileError) {
            let request = try request(body, url, event, now)
            do throws(TransportError) {
                return WayMachine.answer(to: try await courier.fetch(request))
            } catch {
                return WayMachine.answer(to: error)
            }
        } catch {
            return .later(error.description, wait: nil)
        }
    }

    private func request(_ body: [UInt8], _ url: String, _ event: String?, _ now: Instant) throws(Secret.FileError) -> FetchRequest {
        var request = FetchRequest(url: url)
        request.method = "POST"
        request.headers = [("Content-Type", "application/json"), ("User-Agent", "dondoc/\(Desk.version)")]
        if let event { request.headers.append(("X-Dondoc-Event", event)) }
        if let file = way.secretFile {
            let secret = try Secret(firstLineOf: file)
            request.headers.append(("X-Dondoc-Signature", WayRequest.signature(of: body, secret: secret.reveal(), at: now)))
        }
        request.headers += way.headers.map { ($0.name, $0.value) }
        request.body = body
        request.credential = try FetchRequest.Credential(way.credential)
        request.timeout = way.timeout
        request.maximumBytes = 1_000_000
        request.maximumRedirects = 0
        request.caFile = way.caFile
        return request
    }

    /// `t=1769990400,v1=…`: HMAC-SHA256 over the second, a dot and the body, so that neither can be changed nor an old message played again later.
    static func signature(of body: [UInt8], secret: String, at now: Instant) -> String {
        let second = "\(now.milliseconds / 1000)"
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(second).".utf8) + body, using: SymmetricKey(data: Array(secret.utf8)))
        let digits = Array("0123456789abcdef")
        return "t=\(second),v1=" + String(code.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
