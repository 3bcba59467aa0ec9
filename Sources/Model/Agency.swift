/// An agency of the province (cơ quan, đơn vị) during the days it exists.
public struct Agency: Hashable, Sendable, Codable {
    /// Where an agency stands in the administration; thresholds and rankings are by level.
    public enum Level: String, CaseIterable, Sendable, Codable {
        /// The province as a whole (UBND tỉnh).
        case province
        /// A department or equal body (sở, ban, ngành).
        case department
        /// A district (huyện, thị xã, thành phố), abolished on 1/7/2025.
        case district
        /// A commune or ward (xã, phường, thị trấn).
        case commune
    }

    public let code: AgencyCode
    public let name: String
    public let level: Level
    /// The agency above it, nil for the province.
    public let parent: AgencyCode?
    /// The first day it exists.
    public let validFrom: Day
    /// The first day it no longer exists, nil while it does.
    public let validTo: Day?
    /// Who gets its letters; empty when nobody has entered an address, which is a finding as soon as a letter is due.
    public let contacts: [String]
    /// Where its head (thủ trưởng) is written to when nothing was heard; empty for the contacts alone.
    public let heads: [String]
    /// Other spellings that sources use for it, matched after `TextFolding.key`.
    public let aliases: [String]

    public init(
        code: AgencyCode, name: String, level: Level, parent: AgencyCode? = nil, validFrom: Day, validTo: Day? = nil, contacts: [String] = [],
        heads: [String] = [], aliases: [String] = []
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.parent = parent
        self.validFrom = validFrom
        self.validTo = validTo
        self.contacts = contacts
        self.heads = heads
        self.aliases = aliases
    }

    /// Whether it exists on a day.
    public func exists(on day: Day) -> Bool { validFrom <= day && validTo.map { day < $0 } ?? true }

    /// Whether it exists on at least one day of an interval.
    public func exists(in range: DayRange) -> Bool { validFrom < range.end && validTo.map { range.start < $0 } ?? true }
}

/// One agency's functions passing to another on a day (kế thừa). Many-to-many: an agency can be split, merged, or lose one function.
public struct Succession: Hashable, Sendable, Codable {
    public let predecessor: AgencyCode
    public let successor: AgencyCode
    /// The first day on which the successor answers for them.
    public let effective: Day
    /// The measures that moved; empty means all of them.
    public let measures: [MeasureID]
    /// The decision behind it, as people quote it.
    public let note: String

    public init(predecessor: AgencyCode, successor: AgencyCode, effective: Day, measures: [MeasureID] = [], note: String = "") {
        self.predecessor = predecessor
        self.successor = successor
        self.effective = effective
        self.measures = measures
        self.note = note
    }
}
