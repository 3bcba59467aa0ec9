import Foundation

/// Values that are kept as JSON because nobody asks the database about their parts.
enum JSONText {
    /// With sorted keys, so that equal values are equal texts.
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    /// Throws `corrupt` for text that `encode` cannot have written.
    static func decode<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
        do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
            throw Refusal(.corrupt, "a stored \(type) cannot be read")
        }
    }
}
