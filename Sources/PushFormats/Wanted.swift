import Model

/// What a reader expected instead of what it found; `Wanted+Text.swift` puts it into words, last of all, in the language of the sender.
public enum Wanted: Hashable, Sendable {
    // Of any language: names and signs.
    case sign(String)
    case either(String, String)

    // JSON.
    case observationList
    case bodyEnd
    case lineEnd
    case jsonValue
    case string
    case stringWithoutControls
    case endOfString(from: Int)
    case nesting(most: Int)
    case escape
    case onceInObject(String)
    case objectPerLine
    case object
    case numberOrNull
    case quotedText
    /// Of fields, tags and labels that stand twice.
    case once

    // CSV.
    /// So many; of a line with more the reason is most often a decimal comma.
    case columns(Int, hasMore: Bool)

    // Numbers, names and days.
    case number
    case fittingNumber(NumberTrouble)
    case agencyCode
    case measureID
    case day(example: String)
    case dayOrPeriod
    case period
    case dayFrom(Day)
    case periodOrDays
    case schemeBesidePeriod

    // The doors of other systems.
    case agencyLabel(String)
    case metricOrLabel(String)
    case timeInPrecision
    case timestamp(unit: String)
    case wholeTimestamp(unit: String)
    case measurement
    case equalsSign
    case tag
    case blankBeforeFields
    case namedField
    case fieldValue
    case endAfterTimestamp
    case closingQuote
    case oneField
    case singleCount(not: String)
    case gaugeOrWholeDays
    case gaugeOfNoFlow
    case wholeDays
    case nanoseconds
    case sample
}
