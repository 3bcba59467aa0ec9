import Model

/// Reads `{"observations":[…]}` and the lines of NDJSON.
///
/// Strict where leniency would hide a clerk's slip: unknown and repeated fields, and values of another type, refuse the observation they stand
/// in. Only a text that is not JSON, or is of another shape, refuses the body.
struct JSONObservations {
    private var scanner: JSONScanner
    private var builder: ObservationBuilder

    private static let shape = "{\"observations\": [ … ]}"

    init(_ body: [UInt8], most: Int) {
        scanner = JSONScanner(body)
        builder = ObservationBuilder(most: most)
    }

    mutating func document() throws(PushFormatError) -> PushedObservations {
        skipByteOrderMark()
        try scanner.expect(UInt8(ascii: "{"), .sign(JSONObservations.shape))
        let name = try scanner.key()
        guard Field.isEqual(name, scanner.bytes, "observations") else { throw otherName(name) }
        try scanner.expect(UInt8(ascii: "["), .observationList)
        if !scanner.take(UInt8(ascii: "]")) {
            repeat { try observation(index: builder.begin()) } while scanner.take(UInt8(ascii: ","))
            try scanner.expect(UInt8(ascii: "]"), .either("','", "']'"))
        }
        if scanner.take(UInt8(ascii: ",")) { throw otherName(try scanner.key()) }
        try scanner.expect(UInt8(ascii: "}"), .sign("'}'"))
        guard scanner.peek() == 0, scanner.position == scanner.end else { throw scanner.unexpected(.bodyEnd) }
        return builder.pushed()
    }

    /// One observation a line. A line that is no JSON is refused alone: the next line begins anew.
    mutating func lines() throws(PushFormatError) -> PushedObservations {
        skipByteOrderMark()
        let end = scanner.end
        var start = scanner.position
        var line = 0
        while start < end {
            line += 1
            let stop = scanner.bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
            scanner.narrow(to: start..<stop)
            start = stop + 1
            guard scanner.peek() != 0 || scanner.position < stop else { continue }
            let index = try builder.begin()
            do throws(PushFormatError) {
                try observation(index: index, line: line)
            } catch {
                builder.refuse(Trouble(.malformed, found: .fault(error), expected: .objectPerLine), index: index, line: line)
            }
        }
        return builder.pushed()
    }

    private mutating func skipByteOrderMark() {
        if scanner.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.go(to: 3) }
    }

    private func otherName(_ name: Range<Int>) -> PushFormatError {
        .malformed(
            .byte(name.lowerBound < scanner.end ? name.lowerBound : scanner.position),
            .otherName(Trouble.shown(name, scanner.bytes), shape: JSONObservations.shape))
    }

    /// One observation, whatever stands there; a syntax error is thrown, everything else is noted.
    private mutating func observation(index: Int, line: Int = 0) throws(PushFormatError) {
        guard scanner.take(UInt8(ascii: "{")) else {
            let start = scanner.position
            try scanner.skip()
            let found = Found(start..<min(scanner.position, start + 20), scanner.bytes)
            try checkLineEnd(line)
            builder.refuse(Trouble(.malformed, found: found, expected: .object), index: index, line: line)
            return
        }
        var draft = Draft()
        if !scanner.take(UInt8(ascii: "}")) {
            repeat { try member(of: &draft) } while scanner.take(UInt8(ascii: ","))
            try scanner.expect(UInt8(ascii: "}"), .either("','", "'}'"))
        }
        try checkLineEnd(line)
        if draft.trouble == nil, draft.fields.value == nil { draft.trouble = Trouble(.malformed, .value, expected: .numberOrNull) }
        if let trouble = draft.trouble {
            builder.refuse(trouble, index: index, line: line)
        } else {
            builder.add(draft.fields, value: draft.value, in: scanner.bytes, index: index, line: line)
        }
    }

    /// One observation while its members are read. The first trouble is the one that is told.
    private struct Draft {
        var fields = FieldPlaces()
        var value: ExactDecimal?
        var trouble: Trouble?
        var seen: UInt8 = 0

        /// Notes a field; false when it was there before.
        mutating func meet(_ field: Field) -> Bool {
            let bit = UInt8(1) << field.bit
            defer { seen |= bit }
            return seen & bit == 0
        }

        mutating func note(_ new: Trouble) { trouble = trouble ?? new }
    }

    /// In a line of NDJSON nothing follows the object.
    private mutating func checkLineEnd(_ line: Int) throws(PushFormatError) {
        guard line > 0, scanner.peek() != 0 || scanner.position < scanner.end else { return }
        throw scanner.unexpected(.lineEnd)
    }

    private mutating func member(of draft: inout Draft) throws(PushFormatError) {
        let name = try scanner.key()
        guard let field = Field(name, in: scanner.bytes) else {
            let text = Trouble.shown(name, scanner.bytes)
            let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
            try scanner.skip()
            draft.note(Trouble(.malformed, found: .unknownField(text), expected: .sign(Field.nearest(to: text).map { "'\($0)'" } ?? known)))
            return
        }
        if !draft.meet(field) { draft.note(Trouble(.malformed, field, found: .twice(.field), expected: .once)) }
        if field == .value {
            try value(of: &draft)
        } else {
            try text(of: field, &draft)
        }
    }

    /// A text; null is as good as leaving the field out, because many programs write it for what they do not have.
    private mutating func text(of field: Field, _ draft: inout Draft) throws(PushFormatError) {
        if scanner.peek() == UInt8(ascii: "\"") {
            draft.fields[field] = try scanner.string()
            return
        }
        let start = scanner.position
        try scanner.skip()
        guard !Field.isEqual(start..<scanner.position, scanner.bytes, "null") else { return }
        draft.note(Trouble(.malformed, field, found: shown(from: start), expected: .quotedText))
    }

    private mutating func value(of draft: inout Draft) throws(PushFormatError) {
        let first = scanner.peek()
        let start = scanner.position
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "{"), UInt8(ascii: "["):
            try scanner.skip()
            draft.note(Trouble(.malformed, .value, found: shown(from: start), expected: .numberOrNull))
            return
        default: break
        }
        let word = try scanner.scalar()
        draft.fields.value = word
        if first.isDigit || first == UInt8(ascii: "-") {
            do throws(NumberTrouble) {
                draft.value = try ExactDigits.read(word, in: scanner.bytes)
            } catch {
                draft.note(Trouble(.badValue, .value, found: Found(word, scanner.bytes), expected: .fittingNumber(error)))
            }
            return
        }
        switch String(decoding: scanner.bytes[word], as: UTF8.self) {
        case "null": break
        case "true", "false": draft.note(Trouble(.malformed, .value, found: Found(word, scanner.bytes), expected: .numberOrNull))
        // Not JSON, but what Python's `json` writes: the observation is refused, not all of them.
        case "NaN", "Infinity": draft.note(Trouble(.badValue, .value, found: Found(word, scanner.bytes), expected: .numberOrNull))
        default:
            scanner.go(to: word.lowerBound)
            throw scanner.unexpected(.jsonValue)
        }
    }

    /// What was stepped over since a place, cut short.
    private func shown(from start: Int) -> Found {
        Found(start..<min(scanner.position, start + 40), scanner.bytes)
    }
}
