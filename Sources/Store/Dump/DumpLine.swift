import Foundation
import GRDB

/// One line of a dump: exactly one of these is there. docs/dump-format.md says what each means.
struct DumpLine: Codable, Equatable {
    var dump: Head?
    var delivery: [String: DumpValue]?
    var values: Values?
    var removed: Removed?
    var row: TableRow?
    var reporters: Reporters?
    var end: End?

    /// The first line.
    struct Head: Codable, Equatable {
        var format: Int
        var schema: Int
        /// Everything up to this delivery is in the dump, nothing after it.
        var lastDelivery: Int64
    }

    /// Cells that a delivery took away without another value: agency, first day.
    struct Removed: Codable, Equatable {
        var delivery: Int64
        var measure: String
        var span: Int64
        var cells: [[String]]
    }

    /// Values that one delivery brought for one measure in intervals of one length: agency, first day, value.
    struct Values: Codable, Equatable {
        var delivery: Int64
        var measure: String
        var span: Int64
        var cells: [Value]
    }

    /// `["H52.07","2026-08-01",12]`; the value is null for "known to be unknown".
    struct Value: Codable, Equatable {
        var agency: String
        var start: String
        var value: Int64?

        init(agency: String, start: String, value: Int64?) {
            self.agency = agency
            self.start = start
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            var list = try decoder.unkeyedContainer()
            agency = try list.decode(String.self)
            start = try list.decode(String.self)
            value = try list.decodeNil() ? nil : try list.decode(Int64.self)
            guard list.isAtEnd else { throw DecodingError.dataCorruptedError(in: list, debugDescription: "a value has three parts") }
        }

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(agency)
            try list.encode(start)
            if let value { try list.encode(value) } else { try list.encodeNil() }
        }
    }

    /// A row of one of the tables that are dumped as they are.
    struct TableRow: Codable, Equatable {
        var table: String
        var columns: [String: DumpValue]
    }

    /// The agencies that have ever delivered a known value of a measure.
    struct Reporters: Codable, Equatable {
        var measure: String
        var agencies: [String]
    }

    /// The last line: how many lines stand before it, and the SHA-256 of them with their line ends.
    struct End: Codable, Equatable {
        var lines: Int
        var sha256: String
    }
}

/// A value of a column: a whole number, a text, bytes as `{"base64":"…"}`, or null.
enum DumpValue: Codable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    case bytes(Data)

    private enum Key: String, CodingKey { case base64 }

    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .bytes(data)
        // All tables are STRICT and none has a column of this type.
        case .double(let number): self = .text("\(number)")
        }
    }

    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let data): data.databaseValue
        }
    }

    init(from decoder: any Decoder) throws {
        if let keyed = try? decoder.container(keyedBy: Key.self) {  // Not an object: one of the plain forms below.
            self = .bytes(try keyed.decode(Data.self, forKey: .base64))
            return
        }
        let single = try decoder.singleValueContainer()
        if single.decodeNil() {
            self = .null
        } else if let number = try? single.decode(Int64.self) {  // Not a number: a text, or the error below.
            self = .integer(number)
        } else {
            self = .text(try single.decode(String.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .bytes(let data):
            var keyed = encoder.container(keyedBy: Key.self)
            try keyed.encode(data, forKey: .base64)
        case .null:
            var single = encoder.singleValueContainer()
            try single.encodeNil()
        case .integer(let number):
            var single = encoder.singleValueContainer()
            try single.encode(number)
        case .text(let text):
            var single = encoder.singleValueContainer()
            try single.encode(text)
        }
    }
}

/// What is dumped as it is, in the order in which references allow it to be read again.
enum DumpTables {
    static let form = 1
    /// Each with the columns that order its rows.
    static let ordered: [(table: String, order: String)] = [
        ("body", "id"), ("finding", "id"), ("finding_former", "id"), ("source_state", "source"), ("validator", "source, request"), ("alert", "id"),
        ("transition", "id"), ("alert_note", "id"), ("silence", "id"), ("evidence", "sha256"),
        ("remediation", "id"), ("urged", "alert"), ("urging", "id"),
        ("letter", "id"), ("letter_recipient", "letter, position"), ("letter_transition", "transition, letter"), ("judged", "rule"),
        ("remote_write", "target"), ("written_report", "name"),
        ("mailbox", "account"), ("incoming", "id"), ("incoming_file", "incoming, position"), ("incoming_alert", "incoming, alert"),
        ("bounced", "address"),
    ]
    static let names = Set(ordered.map(\.table))
}
