import Model

/// Reads days and periods from bytes, and remembers the last one: a push is mostly of one day.
struct DayReader {
    private var lastDay: (text: [UInt8], day: Day)?
    private var lastPeriod: (text: [UInt8], scheme: PeriodScheme, range: DayRange)?

    /// The day written as `2026-11-01`; nil for anything else.
    mutating func day(_ range: Range<Int>, in bytes: [UInt8]) -> Day? {
        guard range.count == 10 else { return nil }
        if let lastDay, isEqual(lastDay.text, range, bytes) { return lastDay.day }
        guard let day = DayReader.parsed(range.lowerBound, bytes) else { return nil }
        lastDay = (Array(bytes[range]), day)
        return day
    }

    /// The days of the period with an id such as `2026-11`; nil when a scheme has none of it.
    mutating func period(_ range: Range<Int>, _ scheme: PeriodScheme, in bytes: [UInt8]) -> DayRange? {
        if let lastPeriod, lastPeriod.scheme == scheme, isEqual(lastPeriod.text, range, bytes) { return lastPeriod.range }
        guard range.count <= 10, let period = Period(String(decoding: bytes[range], as: UTF8.self), scheme: scheme) else { return nil }
        lastPeriod = (Array(bytes[range]), scheme, period.range)
        return period.range
    }

    private func isEqual(_ text: [UInt8], _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        guard text.count == range.count else { return false }
        // From the end, because days differ there first.
        var at = text.count - 1
        while at >= 0 {
            guard text[at] == bytes[range.lowerBound + at] else { return false }
            at -= 1
        }
        return true
    }

    /// Ten bytes from `start` on are there; the caller has counted them.
    private static func parsed(_ start: Int, _ bytes: [UInt8]) -> Day? {
        let dash = UInt8(ascii: "-")
        guard bytes[start + 4] == dash, bytes[start + 7] == dash, let year = number(start..<start + 4, bytes),
            let month = number(start + 5..<start + 7, bytes), let day = number(start + 8..<start + 10, bytes)
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    private static func number(_ range: Range<Int>, _ bytes: [UInt8]) -> Int? {
        var number = 0
        for at in range {
            guard bytes[at].isDigit else { return nil }
            number = number * 10 + Int(bytes[at] - UInt8(ascii: "0"))
        }
        return number
    }
}
