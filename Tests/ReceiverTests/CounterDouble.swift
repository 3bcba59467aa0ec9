import Model
import Receiver
import Synchronization
import TestSupport

/// A counter that keeps what it was given and answers by closures.
final class CounterDouble: PushCounter {
    struct Noted {
        var pushes: [Push] = []
        var failedLogins: [String] = []
        var busy = 0
    }

    let noted = Mutex(Noted())
    let senders: [String: PushSender]
    let receiving: @Sendable (Push) async throws(PushTrouble) -> PushReceipt
    let isReadyNow: @Sendable () -> Bool

    init(
        senders: [String: PushSender] = ["good": .ofOne, "all": .ofAll],
        receiving: @escaping @Sendable (Push) async throws(PushTrouble) -> PushReceipt = { (push) throws(PushTrouble) in .all(push) },
        isReady: @escaping @Sendable () -> Bool = { true }
    ) {
        self.senders = senders
        self.receiving = receiving
        isReadyNow = isReady
    }

    func sender(token: String) async -> PushSender? { senders[token] }

    func receive(_ push: Push) async throws(PushTrouble) -> PushReceipt {
        noted.withLock { $0.pushes.append(push) }
        return try await receiving(push)
    }

    func receipt(of delivery: DeliveryID, for sender: PushSender) async throws(PushTrouble) -> EarlierPush? {
        guard delivery == DeliveryID(42), sender == .ofOne else { return nil }
        let record = DeliveryRecord(
            id: delivery, source: sender.source, receivedAt: instant("2026-11-02T08:00"), sha256: "ab", byteCount: 7,
            mediaType: "application/json", asked: nil, outcome: IngestOutcome(stored: 3, unchanged: 2, restated: 1, refused: 104))
        let refused = (0..<104).map { PushRefusal(index: $0, code: .futureDay, place: PushedObservations.place(index: $0, line: $0 + 2)) }
        return EarlierPush(record: record, refused: refused)
    }

    func catalogue(for sender: PushSender) async -> PushCatalogue {
        guard let measure = MeasureID("mail.accounts.active") else { return PushCatalogue(measures: [], agencies: []) }
        return PushCatalogue(
            measures: [
                Measure(
                    id: measure, title: LocalizedText(vietnamese: "Hộp thư dùng", english: "Mailboxes in use"), kind: .stock,
                    unit: LocalizedText(vietnamese: "hộp thư", english: "mailboxes"))
            ],
            agencies: [
                Agency(code: code("H52.07"), name: "Sở Nội vụ", level: .department, parent: code("H52"), validFrom: day("2020-01-01"))
            ])
    }

    func noteFailedLogin(from address: String) async { noted.withLock { $0.failedLogins.append(address) } }
    func noteBusy() { noted.withLock { $0.busy += 1 } }
    func isReady() async -> Bool { isReadyNow() }
    func metrics() async throws(PushTrouble) -> String { "dondoc_up 1\n" }

    /// What was received, in order.
    var pushes: [Push] { noted.withLock { $0.pushes } }
    var busy: Int { noted.withLock { $0.busy } }
    var failedLogins: [String] { noted.withLock { $0.failedLogins } }
}

extension PushSender {
    static let ofOne = PushSender(name: "so-noi-vu", scope: PushScope(agencies: [code("H52.07")], includesBelow: false))
    static let ofAll = PushSender(name: "trung-tam", scope: PushScope(agencies: [code("H52")], includesBelow: true))
}

extension PushReceipt {
    /// Everything readable is stored.
    static func all(_ push: Push) -> PushReceipt {
        PushReceipt(
            delivery: DeliveryID(42), stored: push.observations.items.count, unchanged: 0, restated: 0, refused: push.observations.unreadable)
    }
}
