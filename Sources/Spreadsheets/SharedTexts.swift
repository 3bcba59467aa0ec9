/// The table of texts that cells refer to by number.
struct SharedTexts {
    private var texts: [String] = []

    /// A workbook of numbers alone has none.
    init() {}

    init(_ bytes: [UInt8], part: String, limits: WorkbookLimits) throws(SpreadsheetError) {
        var reader = try XMLReader(bytes, part: part, limits: limits)
        var text = RichText()
        while let event = try reader.next() {
            switch event {
            case .start("si", _): text = RichText()
            case .end("si"):
                guard texts.count < limits.sharedTexts else { throw SpreadsheetError("has more than \(limits.sharedTexts) texts", at: part) }
                texts.append(text.text)
            default:
                guard text.handle(event, most: limits.textLength) else {
                    throw SpreadsheetError("has a text of more than \(limits.textLength) characters", at: part)
                }
            }
        }
    }

    subscript(index: Int) -> String? { texts.indices.contains(index) ? texts[index] : nil }
}

/// A text that may be in pieces of different looks; readings of East Asian words beside it are left out.
struct RichText {
    private(set) var text = ""
    private var isInText = false
    private var isPhonetic = false
    private var length = 0

    /// Takes an event of the element; false when the text is longer than `most` bytes of UTF-16 could be.
    mutating func handle(_ event: XMLReader.Event, most: Int) -> Bool {
        switch event {
        case .start("t", _): isInText = !isPhonetic
        case .end("t"): isInText = false
        case .start("rPh", _): isPhonetic = true
        case .end("rPh"): isPhonetic = false
        case .text(let piece) where isInText:
            length += piece.utf8.count
            guard length <= most * 3 else { return false }
            text += piece
        default: break
        }
        return true
    }
}
