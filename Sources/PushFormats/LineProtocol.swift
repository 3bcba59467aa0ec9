import Model

/// Reads Influx's line protocol: `measurement,tag=value field=value,field=value timestamp`, each field an observation.
///
/// A line that cannot be read is refused alone. Tags other than those of the mapping are passed over, whatever they say.
struct LineProtocol {
    private struct FieldValue {
        let key: Range<Int>
        let value: Range<Int>
        let isText: Bool
    }

    /// The body, and behind `end` the names that were written with escapes, as they read.
    private var bytes: [UInt8]
    private var position = 0
    private let end: Int
    private let reading: PushReading
    private var builder: DoorBuilder
    private var fields: [FieldValue] = []
    /// Where a measurement and a field are put together to a metric's name.
    private var name: [UInt8] = []

    init(_ body: [UInt8], _ reading: PushReading) {
        bytes = body
        end = body.count
        self.reading = reading
        builder = DoorBuilder(reading, noun: "fields")
    }

    mutating func lines() throws(PushFormatError) -> PushedObservations {
        var line = 0
        while position < end {
            line += 1
            skipBlanks()
            if position < end, bytes[position] != UInt8(ascii: "#"), !isAtLineEnd { try readLine(line) }
            while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            position += 1
        }
        return builder.pushed()
    }

    /// What a line says of all its fields.
    private struct Line {
        let measurement: Range<Int>
        let tags: FieldPlaces
        let moment: Int64?
    }

    private mutating func readLine(_ number: Int) throws(PushFormatError) {
        let line: Line
        do throws(Trouble) {
            line = try parsed()
        } catch {
            builder.refuse(error, index: try builder.begin(), line: number)
            return
        }
        for field in fields {
            let index = try builder.begin()
            do throws(Trouble) {
                builder.add(try sample(line, field), index: index, line: number)
            } catch {
                builder.refuse(error, index: index, line: number)
            }
        }
    }

    private mutating func parsed() throws(Trouble) -> Line {
        let measurement = token(until: UInt8(ascii: ","), UInt8(ascii: " "))
        guard !measurement.isEmpty else { throw unexpected(.measurement) }
        let tags = try readTags()
        try readFields()
        return Line(measurement: measurement, tags: tags, moment: try timestamp())
    }

    private mutating func readTags() throws(Trouble) -> FieldPlaces {
        var tags = FieldPlaces()
        while position < end, bytes[position] == UInt8(ascii: ",") {
            position += 1
            let key = token(until: UInt8(ascii: "="), UInt8(ascii: " "))
            guard position < end, bytes[position] == UInt8(ascii: "=") else { throw unexpected(.equalsSign) }
            position += 1
            let value = token(until: UInt8(ascii: ","), UInt8(ascii: " "))
            guard !key.isEmpty, !value.isEmpty else { throw unexpected(.tag) }
            guard let field = builder.field(key, in: bytes) else { continue }
            guard tags[field] == nil else {
                throw Trouble(.malformed, Trouble.shown(key, bytes), found: .twice(.tag), expected: .once)
            }
            tags[field] = value
        }
        guard position < end, bytes[position] == UInt8(ascii: " ") else { throw unexpected(.blankBeforeFields) }
        skipBlanks()
        return tags
    }

    private mutating func readFields() throws(Trouble) {
        fields.removeAll(keepingCapacity: true)
        repeat {
            if !fields.isEmpty { position += 1 }
            let key = token(until: UInt8(ascii: "="), UInt8(ascii: " "))
            guard !key.isEmpty, position < end, bytes[position] == UInt8(ascii: "=") else { throw unexpected(.namedField) }
            position += 1
            let isText = position < end && bytes[position] == UInt8(ascii: "\"")
            let value = isText ? try text() : token(until: UInt8(ascii: ","), UInt8(ascii: " "))
            guard isText || !value.isEmpty else { throw unexpected(.fieldValue) }
            fields.append(FieldValue(key: key, value: value, isText: isText))
        } while position < end && bytes[position] == UInt8(ascii: ",")
    }

    /// In the precision's units, minutes and hours as seconds; nil when the line has none.
    private mutating func timestamp() throws(Trouble) -> Int64? {
        skipBlanks()
        guard !isAtLineEnd else { return nil }
        let range = token(until: UInt8(ascii: " "), UInt8(ascii: " "))
        guard let moment = Int64(String(decoding: bytes[range].prefix(24), as: UTF8.self)) else {
            throw Trouble(
                .malformed, "timestamp", found: Found(range, bytes), expected: .wholeTimestamp(unit: reading.precision.rawValue))
        }
        skipBlanks()
        guard isAtLineEnd else { throw unexpected(.endAfterTimestamp) }
        let (scaled, isOver) = moment.multipliedReportingOverflow(by: reading.precision.seconds)
        guard !isOver else { throw Trouble(.badDay, "timestamp", found: Found(range, bytes), expected: .timeInPrecision) }
        return scaled
    }

    private mutating func sample(_ line: Line, _ field: FieldValue) throws(Trouble) -> DoorBuilder.Sample {
        let agency = try builder.agency(line.tags, bytes)
        let measure = try measure(line, field)
        let moment = line.moment ?? reading.receivedAt.map { self.moment(of: $0) }
        let days = try builder.days(line.tags, bytes)
        guard let moment else {
            throw Trouble(.malformed, "timestamp", expected: .timestamp(unit: reading.precision.rawValue))
        }
        let range: DayRange
        if let days {
            range = days
        } else {
            range = DayRange(try DoorBuilder.day(moment, perSecond: reading.precision.perSecond))
        }
        return DoorBuilder.Sample(agency: agency, measure: measure, range: range, value: try number(field), moment: moment)
    }

    /// A tag names the measure of a line with one field; otherwise measurement and field do, and a field called `value`, `gauge` or `counter`,
    /// as Telegraf's inputs name what has no name of its own, adds nothing.
    private mutating func measure(_ line: Line, _ field: FieldValue) throws(Trouble) -> Int {
        if line.tags.measure != nil, fields.count > 1 {
            throw Trouble(.malformed, Trouble.shown(field.key, bytes), found: .fields(fields.count), expected: .oneField)
        }
        let isPlain =
            Field.isEqual(field.key, bytes, "value") || Field.isEqual(field.key, bytes, "gauge") || Field.isEqual(field.key, bytes, "counter")
        if isPlain || line.tags.measure != nil { return try builder.measure(line.tags, bytes, metric: line.measurement, in: bytes) }
        name.removeAll(keepingCapacity: true)
        name.append(contentsOf: bytes[line.measurement])
        name.append(UInt8(ascii: "."))
        name.append(contentsOf: bytes[field.key])
        return try builder.measure(line.tags, bytes, metric: 0..<name.count, in: name)
    }

    /// `12.5`, `12i` or `12u`; texts and truths are no counts.
    private func number(_ field: FieldValue) throws(Trouble) -> ExactDecimal {
        let last = field.isText ? 0 : bytes[field.value.upperBound - 1]
        let hasSuffix = last == UInt8(ascii: "i") || last == UInt8(ascii: "u")
        let digits = field.value.lowerBound..<(hasSuffix ? field.value.upperBound - 1 : field.value.upperBound)
        do throws(NumberTrouble) {
            guard !field.isText else { throw .notANumber }
            let number = try ExactDigits.read(digits, in: bytes, .plain)
            guard !hasSuffix || number.scale == 0 else { throw .notANumber }
            return number
        } catch {
            throw Trouble(.badValue, Trouble.shown(field.key, bytes), found: Found(field.value, bytes), expected: .fittingNumber(error))
        }
    }

    private func moment(of instant: Instant) -> Int64 {
        let perSecond = reading.precision.perSecond
        guard perSecond >= 1000 else { return instant.milliseconds.dividedFloor(by: 1000) }
        return instant.milliseconds.multipliedReportingOverflow(by: perSecond / 1000).partialValue
    }

    private var isAtLineEnd: Bool {
        guard position < end else { return true }
        let isReturn = bytes[position] == UInt8(ascii: "\r") && (position + 1 == end || bytes[position + 1] == UInt8(ascii: "\n"))
        return isReturn || bytes[position] == UInt8(ascii: "\n")
    }

    private mutating func skipBlanks() {
        while position < end, bytes[position] == UInt8(ascii: " ") { position += 1 }
    }

    /// A name or value up to one of two bytes or the end of the line. A backslash takes away the meaning of the comma, blank, equals sign or
    /// backslash after it, and stands for itself before anything else.
    private mutating func token(until first: UInt8, _ second: UInt8) -> Range<Int> {
        let start = position
        var hasEscapes = false
        while position < end {
            let byte = bytes[position]
            if byte == first || byte == second || byte == UInt8(ascii: "\n") { break }
            if byte == UInt8(ascii: "\r"), isAtLineEnd { break }
            if byte == UInt8(ascii: "\\"), position + 1 < end, LineProtocol.isEscapable(bytes[position + 1]) {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        return hasEscapes ? unescaped(start..<position) : start..<position
    }

    private mutating func unescaped(_ range: Range<Int>) -> Range<Int> {
        let start = bytes.count
        var at = range.lowerBound
        while at < range.upperBound {
            if bytes[at] == UInt8(ascii: "\\"), at + 1 < range.upperBound, LineProtocol.isEscapable(bytes[at + 1]) { at += 1 }
            bytes.append(bytes[at])
            at += 1
        }
        return start..<bytes.count
    }

    private static func isEscapable(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "\\")
    }

    /// A text in quotation marks; it may hold the ends of lines.
    private mutating func text() throws(Trouble) -> Range<Int> {
        position += 1
        let start = position
        while position < end, bytes[position] != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        guard position < end else {
            position = start
            throw unexpected(.closingQuote)
        }
        position += 1
        return start..<position - 1
    }

    private func unexpected(_ expected: Wanted) -> Trouble {
        var stop = position
        while stop < min(end, position + 20), bytes[stop] != UInt8(ascii: "\n") { stop += 1 }
        let found = stop > position ? Found(position..<stop, bytes) : .lineEnd
        return Trouble(.malformed, found: found, expected: expected)
    }
}
