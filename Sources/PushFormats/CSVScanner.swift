/// Takes CSV apart into records, in place: a field is a range of the body. Each read is within the body, and arrays check once more.
struct CSVScanner {
    /// The body, and behind `end` the quoted fields that held doubled quotes, as they read.
    private(set) var bytes: [UInt8]
    /// The fields of the record that was read last.
    private(set) var fields: [Range<Int>] = []
    /// The line it began on, from 1.
    private(set) var line = 0
    private var position: Int
    private var nextLine = 1
    private let end: Int

    /// More fields than this are no observation; the rest of such a record is stepped over.
    private static let mostFields = 64

    init(_ body: [UInt8]) {
        bytes = body
        end = body.count
        position = body.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads the next record that is no empty line; false at the end.
    mutating func next() throws(PushFormatError) -> Bool {
        while position < end {
            line = nextLine
            fields.removeAll(keepingCapacity: true)
            var hasMore = true
            while hasMore {
                let field = position < end && bytes[position] == UInt8(ascii: "\"") ? try quoted() : plain()
                if fields.count < CSVScanner.mostFields { fields.append(field) }
                hasMore = position < end && bytes[position] == UInt8(ascii: ",")
                if hasMore { position += 1 }
            }
            endLine()
            if fields.count > 1 || fields.first?.isEmpty == false { return true }
        }
        return false
    }

    /// Up to the next comma or end of line. A carriage return before the line's end belongs to the end.
    private mutating func plain() -> Range<Int> {
        let start = position
        while position < end, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "\n") { position += 1 }
        let isLast = position == end || bytes[position] == UInt8(ascii: "\n")
        let hasReturn = isLast && position > start && bytes[position - 1] == UInt8(ascii: "\r")
        return start..<(hasReturn ? position - 1 : position)
    }

    private mutating func quoted() throws(PushFormatError) -> Range<Int> {
        let open = line
        position += 1
        let start = position
        var hasDoubled = false
        while position < end {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") { nextLine += 1 }
            guard byte == UInt8(ascii: "\"") else { continue }
            guard position < end, bytes[position] == UInt8(ascii: "\"") else {
                try checkAfterQuote()
                return hasDoubled ? undoubled(start..<closing) : start..<closing
            }
            hasDoubled = true
            position += 1
        }
        throw .malformed(.line(open), .openQuote)
    }

    /// Where the quotation mark stands that was just stepped over.
    private var closing: Int { position - 1 }

    /// After a closing quote comes a comma or the end of the line.
    private func checkAfterQuote() throws(PushFormatError) {
        guard position < end else { return }
        let byte = bytes[position]
        let isReturn = byte == UInt8(ascii: "\r") && (position + 1 == end || bytes[position + 1] == UInt8(ascii: "\n"))
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || isReturn else {
            throw .malformed(.line(nextLine), .textAfterQuote)
        }
    }

    private mutating func endLine() {
        if position < end, bytes[position] == UInt8(ascii: "\r") { position += 1 }
        if position < end { position += 1 }
        nextLine += 1
    }

    private mutating func undoubled(_ range: Range<Int>) -> Range<Int> {
        let start = bytes.count
        var at = range.lowerBound
        while at < range.upperBound {
            bytes.append(bytes[at])
            at += bytes[at] == UInt8(ascii: "\"") ? 2 : 1
        }
        return start..<bytes.count
    }
}
