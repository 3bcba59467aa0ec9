import Model

/// A JSON file as agencies push it: `{"observations":[{"agency":…,"measure":…,"from":…,"to":…,"value":…}]}`.
struct PlainDocument {
    private let delivery: Delivery

    init(_ delivery: Delivery) { self.delivery = delivery }

    private static let fields = WrittenDays.fields.union(["agency", "measure", "value"])

    func rows() throws(DecodeError) -> [Result<Row, UnreadableRow>] {
        guard case .object(let document) = try document(), case .array(let items)? = document["observations"] else {
            throw DecodeError(
                "the file is not in the form that needs no mapping, {\"observations\":[…]}; name its source with --source, or give a mapping with --map",
                vietnamese: "tệp không ở dạng đọc được ngay, {\"observations\":[…]}; hãy nêu nguồn bằng --source, hoặc kèm bảng ánh xạ bằng --map",
                at: "$")
        }
        return items.enumerated().map { row($0.element, at: "$.observations[\($0.offset)]") }
    }

    private func document() throws(DecodeError) -> JSONValue {
        do throws(DecodeError) {
            return try JSONDocument.value(in: delivery.bytes)
        } catch {
            // The reader's words are for the answers of sources.
            throw DecodeError(
                error.problem.replacing("the answer", with: "the file"), vietnamese: "tệp JSON viết sai hoặc bị cắt cụt ở chỗ này", at: error.place)
        }
    }

    private func row(_ item: JSONValue, at place: String) -> Result<Row, UnreadableRow> {
        guard case .object(let members) = item else {
            return .failure(UnreadableRow(place: place, found: item.shown, expected: "an object with agency, measure, from, to and value"))
        }
        do throws(PlainFile.Trouble) {
            if let unknown = members.keys.filter({ !PlainDocument.fields.contains($0) }).min() {
                // Its value is not kept: it may be anything.
                throw PlainFile.Trouble(
                    String(unknown.prefix(40)), expected: "one of \(PlainDocument.fields.sorted().joined(separator: ", "))")
            }
            guard let agency = try text("agency", of: members) else { throw PlainFile.Trouble("agency", expected: "an agency's code") }
            guard let measure = try text("measure", of: members) else { throw PlainFile.Trouble("measure", expected: "a measure's id") }
            let days = WrittenDays(text: { (field) throws(PlainFile.Trouble) in try text(field, of: members) }, isVietnamese: false)
            let range = try days.range(asked: delivery.asked)
            guard let value = members["value"] else { throw PlainFile.Trouble("value", expected: "a number, or null where there is no figure") }
            return .success(
                Row(subject: .code(agency), measure: measure, range: range, value: PlainDocument.value(value), place: "\(place).value"))
        } catch {
            return .failure(error.row(agency: members["agency"]?.shown, measure: members["measure"]?.shown, at: "\(place).\(error.field)"))
        }
    }

    private static func value(_ value: JSONValue) -> RowValue {
        switch value {
        case .null: .unknown
        case .number(let digits), .string(let digits):
            (ExactDecimal(digits) ?? PlainFile.whole(digits)).map { .number($0) } ?? .unreadable(value.shown)
        default: .unreadable(value.shown)
        }
    }

    /// Nil when it is absent or empty.
    private func text(_ key: String, of members: [String: JSONValue]) throws(PlainFile.Trouble) -> String? {
        switch members[key] {
        case nil: return nil
        case .string(let text)?: return text.isEmpty ? nil : text
        case let other?: throw PlainFile.Trouble(key, found: other.shown, expected: "a text in quotes")
        }
    }
}

extension JSONValue {
    /// What stands there, short enough for a message.
    fileprivate var shown: String {
        switch self {
        case .null: "null"
        case .bool(let isTrue): isTrue ? "true" : "false"
        case .number(let text), .string(let text): String(text.prefix(40))
        case .array: "[…]"
        case .object: "{…}"
        }
    }
}
