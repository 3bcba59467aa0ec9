import Model

/// Why an observation cannot be read, before it is known by its index and place.
struct Trouble: Error {
    let code: PushRefusal.Code
    /// The field it is about, for the place; nil when it is about the observation as a whole.
    let field: String?
    let found: String
    let expected: String

    init(_ code: PushRefusal.Code, _ field: String? = nil, found: String = "", expected: String = "") {
        self.code = code
        self.field = field
        self.found = found
        self.expected = expected
    }

    init(_ code: PushRefusal.Code, _ field: Field, found: String = "", expected: String = "") {
        self.init(code, field.rawValue, found: found, expected: expected)
    }

    /// What stands in a range, cut to what a message can show, and without control characters, which would rewrite a terminal.
    static func shown(_ range: Range<Int>, _ bytes: [UInt8]) -> String {
        shown(String(decoding: bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 4 * longestShown)], as: UTF8.self))
    }

    /// The same of a text.
    static func shown(_ text: String) -> String {
        let isLong = text.count > longestShown
        let cut = String(text.unicodeScalars.prefix(longestShown).map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : Character($0) })
        return isLong ? cut + "…" : cut
    }

    private static let longestShown = 80
}
