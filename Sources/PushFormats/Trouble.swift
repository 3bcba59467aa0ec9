import Model

/// Why an observation cannot be read, before it is known by its index and place.
struct Trouble: Error {
    let code: PushRefusal.Code
    /// The field it is about, for the place; nil when it is about the observation as a whole.
    let field: String?
    let found: Found?
    let expected: Wanted?

    init(_ code: PushRefusal.Code, _ field: String? = nil, found: Found? = nil, expected: Wanted? = nil) {
        self.code = code
        self.field = field
        self.found = found
        self.expected = expected
    }

    init(_ code: PushRefusal.Code, _ field: Field, found: Found? = nil, expected: Wanted? = nil) {
        self.init(code, field.rawValue, found: found, expected: expected)
    }

    /// The refusal of the observation it is about, in both languages.
    func refusal(index: Int, line: Int, noun: String) -> PushRefusal {
        PushRefusal(
            index: index, code: code, place: PushedObservations.place(index: index, line: line, noun: noun, field: field),
            found: LocalizedText { found?.text($0) ?? "" }, expected: LocalizedText { expected?.text($0) ?? "" })
    }

    /// What stands in a range, cut to what a message can show, and without control characters, which would rewrite a terminal.
    static func shown(_ range: Range<Int>, _ bytes: [UInt8]) -> String {
        shown(String(decoding: bytes[range.lowerBound..<min(range.upperBound, range.lowerBound + 4 * longestShown)], as: UTF8.self))
    }

    /// The same of a text.
    static func shown(_ text: String) -> String {
        text.count > longestShown ? text.printable(upTo: longestShown) + "…" : text.printable(upTo: longestShown)
    }

    private static let longestShown = 80
}

/// What a reader found where it expected something else.
enum Found {
    /// As it stands in the body.
    case text(String)
    case lineEnd
    case columns(Int)
    case fields(Int)
    case unknownField(String)
    case twice(Thing)
    /// A line of NDJSON that is no JSON.
    case fault(PushFormatError)
    case runningTotal
    case delta(from: UInt64, to: UInt64)

    enum Thing { case field, tag, label }

    /// What stands in a range of the body.
    init(_ range: Range<Int>, _ bytes: [UInt8]) { self = .text(Trouble.shown(range, bytes)) }

    func text(_ language: Language) -> String {
        let (vietnamese, english) =
            switch self {
            case .text(let text): (text, text)
            case .lineEnd: ("hết dòng", "the end of the line")
            case .columns(let count): ("\(count) cột", "\(count) fields")
            case .fields(let count): ("\(count) trường", "\(count) fields")
            case .unknownField(let name): ("trường lạ '\(name)'", "unknown field '\(name)'")
            case .twice(.field): ("trường xuất hiện hai lần", "the field stands twice")
            case .twice(.tag): ("thẻ xuất hiện hai lần", "the tag stands twice")
            case .twice(.label): ("nhãn xuất hiện hai lần", "the label stands twice")
            case .fault(let fault): (fault.text(.vietnamese), fault.text(.english))
            case .runningTotal: ("số lũy kế", "a running total")
            case .delta(let start, let end): ("delta từ \(start) đến \(end)", "a delta from \(start) to \(end)")
            }
        return language == .vietnamese ? vietnamese : english
    }
}
