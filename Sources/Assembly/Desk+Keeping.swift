import Control
import Model
import Reports
import Store

/// How many lines a list shows at most; the newest ones.
private let longestList = 500

extension Desk {
    func findingsList(kind: Finding.Kind?, source: String?, since: Instant?, asOf: Instant?) throws(Failure) -> Document {
        if let source { try requireSource(source) }
        let records = try reading { () throws(StoreError) in
            try store.findings(kinds: kind.map { [$0] }, source: source, since: since, asOf: asOf, limit: longestList)
        }
        return Document([.sheet(FindingsReport.sheet(records, asOf: asOf, language: language))])
    }

    func outboxList(state: OutboxItem.State?) throws(Failure) -> Document {
        let items = try reading { () throws(StoreError) in try store.outbox(state: state, limit: longestList) }
        return Document([.sheet(OutboxReport.sheet(items, language: language))])
    }

    func outboxShow(_ id: Int64) throws(Failure) -> Document {
        let item = try reading { () throws(StoreError) in try store.outboxItem(id) }
        guard let item else {
            throw Failure(.unknownID, language == .vietnamese ? "không có thư số \(id)" : "there is no letter \(id)", hint: "dondoc outbox list")
        }
        return OutboxReport.document(item, language: language)
    }

    /// The newest deliveries, of everybody or of one source, whoever it is: configured, `push:NAME`, `import:NAME` or `retraction`.
    func deliveriesList(source: String?, limit: Int) throws(Failure) -> Document {
        if let source { try requireSource(source) }
        let limit = min(max(limit, 1), longestList)
        // One more than is shown tells whether there are more.
        let records = try reading { () throws(StoreError) in try store.deliveries(source: source, limit: limit + 1) }
        let sheet = DeliveriesReport.list(Array(records.prefix(limit)), limit: records.count > limit ? limit : nil, language: language)
        return Document([.sheet(sheet)])
    }

    func deliveryShow(_ id: DeliveryID, raw: Bool) throws(Failure) -> Response {
        let record = try reading { () throws(StoreError) in try store.delivery(id) }
        guard let record else {
            throw Failure(
                .unknownID, language == .vietnamese ? "không có lần nhận \(id)" : "there is no delivery \(id)", hint: "dondoc deliveries list")
        }
        let bytes = try reading { () throws(StoreError) in try store.rawBytes(of: id) }
        guard raw else {
            let findings = try reading { () throws(StoreError) in try store.findings(source: record.source, limit: longestList) }
            return .document(
                DeliveriesReport.document(
                    record, isKept: bytes != nil, takenBack: try takenBack(by: record), findings: findings.filter { $0.delivery == id },
                    language: language))
        }
        guard let bytes else {
            throw Failure(
                .refused, language == .vietnamese ? "dữ liệu gốc của \(id) đã hết thời hạn lưu" : "the raw bytes of \(id) are past their keeping",
                hint: "SHA-256: \(record.sha256)")
        }
        return .bytes(Payload(bytes))
    }

    private func takenBack(by record: DeliveryRecord) throws(Failure) -> DeliveriesReport.TakenBack? {
        let found = try reading { () throws(StoreError) in try store.takenBack(by: record.id) }
        // Replaced values may be past their keeping.
        return found.map {
            DeliveriesReport.TakenBack($0.delivery, restored: record.outcome.restated, removed: max(0, $0.figures - record.outcome.restated))
        }
    }
}
