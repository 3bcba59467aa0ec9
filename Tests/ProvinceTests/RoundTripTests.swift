@testable import Province
import Foundation
import Model
import Synchronization
import TestSupport
import Testing
import Transport

/// The whole simulated province over loopback, asked and written to the way the daemon does it.
@Suite(.timeLimit(.minutes(2)))
struct RoundTripTests {
    @Test func aPayloadIsFetchedAndALetterIsKept() async throws {
        let directory = try TemporaryDirectory()
        let province = Province(today: day("2026-09-10"), mailDirectory: directory.path)
        let letter = Array("Subject: x\r\n\r\n.one dot\r\nĐôn đốc\r\n".utf8)

        try await withProvince(province) { ports, courier in
            let url = "http://127.0.0.1:\(ports.http)/motcua/counts?ngay=2026-09-08"
            var withoutToken: [Int] = []
            for _ in 0..<3 { withoutToken.append(try await courier.fetch(FetchRequest(url: url)).status) }
            let answer = try await courier.fetch(FetchRequest(url: url, credential: .bearer(Secret("demo-token-one-stop"))))
            let receipt = try await courier.hand(
                Parcel(sender: "dondoc@sonla.example", recipients: ["vanthu@so.example"], bytes: letter),
                to: Relay(host: "127.0.0.1", port: ports.mail, security: .none))

            #expect(withoutToken == [503, 503, 401])
            #expect(answer.status == 200)
            #expect(answer.mediaType == "application/json")
            #expect(String(decoding: answer.body, as: UTF8.self) == AgencySystems(today: day("2026-09-10")).oneStop(day("2026-09-08")))
            #expect(receipt.answer.contains("2.0.0 Ok: caught"))
        }

        #expect(province.letters == [CaughtLetter(sender: "dondoc@sonla.example", recipients: ["vanthu@so.example"], bytes: letter)])
        #expect(try Data(contentsOf: URL(filePath: directory.file("0001.eml"))) == Data(letter))
    }

    @Test func aLetterThatCannotBeWrittenIsNotTaken() async throws {
        let province = Province(today: day("2026-09-10"), mailDirectory: "/nowhere/at/all")

        try await withProvince(province) { ports, courier in
            await #expect(throws: TransportError.self) {
                _ = try await courier.hand(
                    Parcel(sender: "a@b.example", recipients: ["c@d.example"], bytes: Array("Subject: x\r\n\r\n".utf8)),
                    to: Relay(host: "127.0.0.1", port: ports.mail, security: .none))
            }
        }
        #expect(province.letters.isEmpty)
    }

    @Test func unclearQuestionsAndWrongPasswordsAreRefused() async throws {
        let province = Province(today: day("2026-09-10"))

        try await withProvince(province) { ports, courier in
            let base = "http://127.0.0.1:\(ports.http)"
            var statuses: [Int] = []
            for path in [
                "/vanban/thongke", "/vanban/thongke?tu=2026-08-31&den=2026-08-01", "/congthongtin/tin?tu=1900-01-01&den=2026-01-01",
                "/minhbach/tthc?thang=August", "/thudientu/thongke?thang=2026-08", "/nowhere",
            ] {
                statuses.append(try await courier.fetch(FetchRequest(url: base + path)).status)
            }
            let portal = try await courier.fetch(
                FetchRequest(url: base + "/api/v1/reporting/evaluation/service-results", method: "POST", body: Array(#"{"year":2026}"#.utf8)))

            #expect(statuses == [400, 400, 400, 400, 401, 404])
            #expect(portal.status == 400)
        }
    }

    @Test func aPageThatHasNotChangedIsNotSentAgain() async throws {
        try await withProvince(Province(today: day("2026-09-10"))) { ports, courier in
            let url = "http://127.0.0.1:\(ports.http)/congthongtin/tin?tu=2026-08-01&den=2026-08-31"
            let first = try await courier.fetch(FetchRequest(url: url))
            let again = try await courier.fetch(FetchRequest(url: url, entityTag: first.entityTag))

            #expect(first.status == 200)
            #expect(first.entityTag != nil)
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
        }
    }

    @Test func aLineWithoutAnEndIsCutOff() async throws {
        try await withProvince(Province(today: day("2026-09-10"))) { ports, _ in
            let answer = try RudeClient.saying([UInt8](repeating: UInt8(ascii: "x"), count: MailSession.longestLine + 1), toPort: ports.mail)

            #expect(answer == "220 demo.sonla.example ESMTP mail catcher of the demo\r\n500 5.5.2 line too long\r\n")
        }
    }

    private func withProvince(_ province: Province, _ body: @escaping @Sendable (Province.Ports, Courier) async throws -> Void) async throws {
        let (started, ports) = AsyncStream.makeStream(of: Province.Ports.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // Cancelled when the body is done; the body decides whether the test holds.
                do { try await province.run { ports.yield($0) } } catch { if !Task.isCancelled { throw error } }
            }
            group.addTask {
                for await ports in started {
                    let courier = Courier(concurrent: 4, perHost: 4)
                    defer { courier.close() }
                    try await body(ports, courier)
                    break
                }
            }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}

/// A client with no manners.
private enum RudeClient {
    /// Says something to a loopback port and returns all that is said back until the other side closes.
    static func saying(_ bytes: [UInt8], toPort port: Int) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        // Safe: sockaddr_in is layout-compatible with the sockaddr that connect takes, and its length is given.
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard descriptor >= 0, code == 0, send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { throw Conversation.Gone() }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var heard: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            // Safe: the pointer is used inside the call only.
            let count = chunk.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { return String(decoding: heard, as: UTF8.self) }
            heard += chunk.prefix(count)
        }
    }
}
