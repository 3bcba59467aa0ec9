extension PushTicket {
    /// Refuses parameters that dondoc's own route does not know: with a slip such as `atomc=true` a push would be stored in part that was meant whole or
    /// not at all.
    func checkParameters() throws(PushProblem) {
        guard let unknown = target.query.first(where: { $0.name != "atomic" }) else { return }
        throw .badParameter(
            name: "query", found: String("\(unknown.name)=\(unknown.value)".prefix(40)), expected: "atomic=true / atomic=false")
    }

    /// What the query's `atomic` asks for; only dondoc's own route knows it.
    func isAtomic() throws(PushProblem) -> Bool {
        guard dialect == .native, let text = target.value("atomic") else { return false }
        switch text {
        case "true": return true
        case "false": return false
        default: throw .badParameter(name: "atomic", found: String(text.prefix(40)), expected: "true / false")
        }
    }

    /// The header `Idempotency-Key`; nil without one.
    func idempotencyKey() throws(PushProblem) -> String? {
        guard dialect == .native, let key = head.field("idempotency-key") else { return nil }
        guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw .badParameter(name: "Idempotency-Key", found: String(key.prefix(40)), expected: "1–255 ASCII")
        }
        return key
    }

    /// What the delivery is kept as: the type and, when it came packed, with what.
    var mediaType: String {
        guard let coding = head.field("content-encoding"), coding.lowercased() != "identity" else { return head.mediaType }
        return "\(head.mediaType); coding=\(coding.lowercased().prefix(40))"
    }
}

extension RequestHead {
    /// Remote write 2.0 names its message as a parameter; 1.0's is the default.
    var isNewerRemoteWrite: Bool { (field("content-type") ?? "").contains("io.prometheus.write.v2") }
}
