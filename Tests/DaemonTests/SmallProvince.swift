import Foundation
import Synchronization
import TestSupport

/// A province of two agencies with one source and one indicator: a configuration on disk, an agency system and a relay on loopback.
///
/// H52.01 slides: 90 of 100 dossiers online in June 2026, 40 in July, 60 in August. H52.02 keeps 95. The threshold warns below 80 and is
/// critical below 50.
final class SmallProvince: Sendable {
    typealias Answer = (status: String, headers: [String], body: String)

    private struct State {
        var answers: [@Sendable (HeardRequest) -> Answer] = []
        var scripts: [@Sendable (Conversation) throws -> Void] = []
        var requests: [HeardRequest] = []
        var letters: [String] = []
        var manners = RelayManners()
    }

    let directory: TemporaryDirectory
    private let state = Mutex(State())
    private let servers = Mutex<[ScriptedServer]>([])

    init() throws {
        directory = try TemporaryDirectory()
        let system = try ScriptedServer { [weak self] conversation in
            while let self {
                let request = try conversation.readRequest()
                if let script = self.state.withLock({ $0.scripts.isEmpty ? nil : $0.scripts.removeFirst() }) {
                    try script(conversation)
                    throw Conversation.Gone()
                }
                let answer = self.answer(to: request)
                try conversation.answer(answer.status, headers: answer.headers, text: answer.body)
            }
        }
        let relay = try ScriptedServer { [weak self] conversation in
            guard let self else { return }
            try conversation.playRelay(self.state.withLock { $0.manners }) { mail in
                self.state.withLock { $0.letters.append(String(decoding: mail.wire, as: UTF8.self)) }
            }
        }
        servers.withLock { $0 = [system, relay] }
        try write(systemPort: system.port, relayPort: relay.port)
    }

    /// Mails as the relay heard them, taken or not.
    var letters: [String] { state.withLock { $0.letters } }
    var requests: [HeardRequest] { state.withLock { $0.requests } }
    var database: String { directory.file("dondoc.db") }
    var socket: String { directory.file("s") }

    /// The Message-IDs of the mails heard, in order.
    var messageIDs: [String] {
        letters.compactMap { letter in
            letter.replacing("\r\n ", with: " ").split(separator: "\r\n").first { $0.hasPrefix("Message-ID: ") }.map { String($0.dropFirst(12)) }
        }
    }

    /// The next request is answered by this instead of by figures.
    func answerNext(_ answer: @escaping @Sendable (HeardRequest) -> Answer) {
        state.withLock { $0.answers.append(answer) }
    }

    /// The next request is answered by a script that may break every rule of HTTP; the connection ends after it.
    func misbehaveNext(_ script: @escaping @Sendable (Conversation) throws -> Void) {
        state.withLock { $0.scripts.append(script) }
    }

    func behave(_ manners: RelayManners) { state.withLock { $0.manners = manners } }

    private func answer(to request: HeardRequest) -> Answer {
        let planned = state.withLock { state -> (@Sendable (HeardRequest) -> Answer)? in
            state.requests.append(request)
            return state.answers.isEmpty ? nil : state.answers.removeFirst()
        }
        return planned?(request) ?? SmallProvince.figures(request)
    }

    /// What the agency system knows: `GET /counts?month=7`.
    static func figures(_ request: HeardRequest) -> Answer {
        let month = request.target.split(separator: "=").last.map(String.init) ?? ""
        return figures(sliding: ["6": 90, "7": 40, "8": 60][month] ?? 85)
    }

    static func figures(sliding online: Int) -> Answer {
        let rows = [("H52.01", online), ("H52.02", 95)].map { #"{"code":"\#($0.0)","received":100,"online":\#($0.1)}"# }
        return ("200 OK", ["Content-Type: application/json"], #"{"data":[\#(rows.joined(separator: ","))]}"#)
    }

    private func write(systemPort: Int, relayPort: Int) throws {
        try directory.write(
            """
            language: vi
            zone: Asia/Ho_Chi_Minh
            province: {code: H52, name: Tỉnh Sơn La}
            store: {path: dondoc.db}
            listen: {control: s}
            mail:
              relay: {host: 127.0.0.1, port: \(relayPort), security: none, timeout: 60s}
              from: {name: Sở Nội vụ tỉnh Sơn La, address: dondoc@sonla.example}
              operators: [operator@sonla.example]
              retry: {first: 5m, longest: 4h, give_up: 2d}
            limits: {shutdown: 5s}
            judge: "0 * * * *"

            """, to: "dondoc.yaml")
        try directory.write(
            """
            code,name,level,parent,valid_from,valid_to,contacts,aliases
            H52,UBND tỉnh Sơn La,province,,2000-01-01,,,
            H52.01,Sở Trượt Dốc,department,H52,2000-01-01,,vanthu@truotdoc.example,
            H52.02,Sở Gương Mẫu,department,H52,2000-01-01,,vanthu@guongmau.example,

            """, to: "agencies.csv")
        try directory.write("predecessor,successor,effective,measures,note\n", to: "successions.csv")
        try directory.write(
            "years: [{year: 2026, status: confirmed, days_off: []}, {year: 2027, status: estimated, days_off: []}]\n", to: "calendar.yaml")
        try directory.write(
            """
            measures:
              - {id: dossiers.received, title: {vi: Hồ sơ tiếp nhận, en: Dossiers received}}
              - {id: dossiers.received.online, title: {vi: Hồ sơ trực tuyến, en: Online dossiers}}

            """, to: "measures.yaml")
        try directory.write(
            """
            indicators:
              - id: dossier.online
                title: {vi: Tỷ lệ hồ sơ trực tuyến, en: Online dossiers}
                clause: "(g)"
                direction: higher
                unit: percent
                definitions:
                  - version: 1
                    numerator: dossiers.received.online
                    denominator: dossiers.received
                    wording: {vi: Hồ sơ trực tuyến trên tổng số, en: Online dossiers over all}
                    legal_basis: Văn bản thử nghiệm

            """, to: "indicators.yaml")
        try directory.write(
            """
            targets:
              - {indicator: dossier.online, warning: 80, critical: 50, from: 2026-01-01, legal_basis: Ngưỡng thử nghiệm}

            """, to: "targets.yaml")
        try directory.write("rules:\n  - {id: online, kind: threshold, indicators: all}\n", to: "rules.yaml")
        try directory.write(
            """
            id: one-stop
            kind: http
            schedule: "15 2 * * *"
            lookback: 45
            backfill_from: 2026-06-01
            retry: {first: 30s, longest: 5m, attempts: 3}
            request:
              each: month
              url: "http://127.0.0.1:\(systemPort)/counts?month=${month}"
              timeout: 60s
              maximum: 64kB
            answer:
              rows: data
              agency: {code: code}
              measures: {dossiers.received: received, dossiers.received.online: online}

            """, to: "sources.d/one-stop.yaml")
        try directory.copy(repository("config/templates"), to: "templates")
    }
}
