/// One response of an IMAP server (RFC 3501), its literals in their places.
struct IMAPResponse: Hashable {
    indirect enum Value: Hashable {
        case atom(String)
        case string([UInt8])
        case list([Value])
    }

    /// `*`, `+`, or the tag of the command that is answered.
    let tag: String
    /// Everything behind the tag, each literal as an empty quotation: for status lines and codes.
    let text: String
    /// The same as values.
    let values: [Value]

    /// The status of a tagged response: OK, NO, BAD.
    var status: String { text.prefix { $0 != " " }.uppercased() }

    /// The number in a code such as `[UIDVALIDITY 17]`.
    func code(_ name: String) -> UInt32? {
        guard let start = text.uppercased().range(ofText: "[\(name) ") else { return nil }
        return UInt32(text[start...].prefix { $0.isNumber })
    }

    /// The data items of a FETCH response by name; nil for any other response.
    var fetched: [String: Value]? {
        guard values.count >= 3, case .atom(let name) = values[1], name.uppercased() == "FETCH", case .list(let items) = values[2] else { return nil }
        var found: [String: Value] = [:]
        for pair in stride(from: 0, to: items.count - 1, by: 2) {
            if case .atom(let name) = items[pair] { found[name.uppercased()] = items[pair + 1] }
        }
        return found
    }

    /// The numbers of a SEARCH response; nil for any other.
    var searched: [UInt32]? {
        guard case .atom(let name)? = values.first, name.uppercased() == "SEARCH" else { return nil }
        return values.dropFirst().compactMap { if case .atom(let text) = $0 { UInt32(text) } else { nil } }
    }

    /// `* 23 EXISTS`
    var exists: Int? {
        guard values.count == 2, case .atom(let number) = values[0], case .atom(let name) = values[1], name.uppercased() == "EXISTS" else {
            return nil
        }
        return Int(number)
    }
}

extension String {
    /// The place behind the first occurrence of a text; both are ASCII where it matters.
    fileprivate func range(ofText text: String) -> Index? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
