import Model

/// A JSON file as agencies push it: `{"observations":[{"agency":…,"measure":…,"from":…,"to":…,"value":…}]}`.
struct PlainDocument {
    private let delivery: Delivery

    init(_ delivery: Delivery) { self.delivery = delivery }

    private static let fields = WrittenDays.fields.union(["agency", "measure", "value"])

    func rows() throws(DecodeError) -> [Row] {
        guard case .object(let document) = try JSONDocument.value(in: delivery.bytes), case .array(let items)? = document["observations"] else {
            throw DecodeError(
                "the file is not in the form that needs no mapping, {\"observations\":[…]}; name its source with --source, or give a mapping with --map",
                at: "$")
        }
        var rows: [Row] = []
        for (index, item) in items.enumerated() {
            let at = "$.observations[\(index)]"
            guard case .object(let members) = item else { throw DecodeError("expected an object but found \(item.name)", at: at) }
            if let unknown = members.keys.filter({ !PlainDocument.fields.contains($0) }).min() {
                throw DecodeError("unknown key '\(unknown.prefix(40))'; an observation has agency, measure, value and from, to or period", at: at)
            }
            let agency = try text("agency", of: members, at: at)
            let measure = try text("measure", of: members, at: at)
            let days = WrittenDays(
                place: at, text: { (field) throws(DecodeError) in try optional(field, of: members, at: at) }, reads: { Day($0) })
            let range = try days.range(asked: delivery.asked)
            guard let value = members["value"] else { throw DecodeError("'value' is missing; null means that it is known to be unknown", at: at) }
            rows.append(Row(subject: .code(agency), measure: measure, range: range, value: PlainDocument.value(value), place: "\(at).value"))
        }
        return rows
    }

    private static func value(_ value: JSONValue) -> RowValue {
        switch value {
        case .null: .unknown
        case .number(let digits): ExactDecimal(digits).map { .number($0) } ?? .unreadable(String(digits.prefix(40)))
        case .string(let text): ExactDecimal(text).map { .number($0) } ?? .unreadable(String(text.prefix(40)))
        default: .unreadable(value.name)
        }
    }

    private func text(_ key: String, of members: [String: JSONValue], at place: String) throws(DecodeError) -> String {
        guard let text = try optional(key, of: members, at: place), !text.isEmpty else { throw DecodeError("'\(key)' is missing", at: place) }
        return text
    }

    private func optional(_ key: String, of members: [String: JSONValue], at place: String) throws(DecodeError) -> String? {
        switch members[key] {
        case nil: return nil
        case .string(let text)?: return text
        case let other?: throw DecodeError("'\(key)' is \(other.name), expected a text", at: place)
        }
    }
}
