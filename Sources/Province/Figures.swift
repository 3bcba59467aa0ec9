import Model

/// The figures of the simulated province: functions of agency and day alone, so that every question has the same answer again.
enum Figures {
    /// What a one-stop desk did on a day. Online, direct and postal add up to received; on time and late to resolved.
    struct Desk: Hashable {
        let online: Int
        let direct: Int
        let postal: Int
        let onTime: Int
        let late: Int
        let openInTerm: Int
        let openOverdue: Int

        var received: Int { online + direct + postal }
        var resolved: Int { onTime + late }
    }

    /// What the national portal counts for a month: on time and overdue add up to processed.
    struct Month: Hashable {
        let processed: Int
        let overdue: Int

        var onTime: Int { processed - overdue }
    }

    static func desk(_ agency: Roster.Entry, on day: Day) -> Desk {
        let received = volume(agency, on: day)
        let direct = received * (draw(agency, "direct", 0) % 20 + 2) / 100
        let postal = draw(agency, "postal", day.number) % 10 == 0 ? min(1, received - direct) : 0
        let resolved = received * 95 / 100
        let late = resolved * lateShare(agency) / 100
        return Desk(
            online: received - direct - postal, direct: direct, postal: postal, onTime: resolved - late, late: late,
            openInTerm: 5 + draw(agency, "open", day.number) % 20, openOverdue: late > 0 ? late : 0)
    }

    /// - Parameter lateShare: percent, when it is not the agency's usual one.
    static func month(_ agency: Roster.Entry, _ range: DayRange, lateShare: Int? = nil) -> Month {
        let processed = sum(over: range) { volume(agency, on: $0) }
        return Month(processed: processed, overdue: processed * (lateShare ?? self.lateShare(agency)) / 100)
    }

    static func staff(_ agency: Roster.Entry) -> Int { agency.isCommune ? 30 + draw(agency, "staff", 0) % 30 : 60 + draw(agency, "staff", 0) % 1400 }

    static func activeMailboxes(_ agency: Roster.Entry, _ range: DayRange) -> Int {
        staff(agency) * (Troubles.mailShares[agency.name] ?? 84 + draw(agency, "mail", range.start.number) % 15) / 100
    }

    static func mailsSent(_ agency: Roster.Entry, _ range: DayRange) -> Int {
        activeMailboxes(agency, range) * (20 + draw(agency, "sent", range.start.number) % 30)
    }

    /// Documents issued, signed and sent electronically. Signed ones are among the electronic ones, those among the issued.
    static func documents(_ agency: Roster.Entry, _ range: DayRange) -> (issued: Int, signed: Int, electronic: Int) {
        let issued = (agency.isCommune ? 40 : 180) + draw(agency, "documents", range.start.number) % 90
        let signed = issued * (Troubles.signedShares[agency.name] ?? 92 + draw(agency, "signed", range.start.number) % 8) / 100
        return (issued, signed, max(signed, issued * 97 / 100))
    }

    /// News about administrative reform that an agency's portal published on a day.
    static func news(_ agency: Roster.Entry, on day: Day, today: Day) -> Int {
        if agency.name == Troubles.stalePortal, day > today - Troubles.staleDays { return 0 }
        return draw(agency, "news", day.number) % 6 == 0 ? 1 + draw(agency, "many", day.number) % 2 : 0
    }

    /// Procedures that had to be published, and those published in time.
    static func procedures(_ agency: Roster.Entry, _ range: DayRange) -> (due: Int, onTime: Int) {
        if agency.name == Troubles.nothingToPublish { return (0, 0) }
        let due = 2 + draw(agency, "due", range.start.number) % 6
        return (due, due - (draw(agency, "slow", range.start.number) % 12 == 0 ? 1 : 0))
    }

    private static func lateShare(_ agency: Roster.Entry) -> Int { Troubles.lateShares[agency.name] ?? draw(agency, "late", 0) % 4 }

    /// Dossiers received on a day: offices work from Monday to Friday, the online desk always.
    private static func volume(_ agency: Roster.Entry, on day: Day) -> Int {
        let usual = agency.isCommune ? 3 + draw(agency, "size", 0) % 9 : 20 + draw(agency, "size", 0) % 60
        let today = usual * (80 + draw(agency, "day", day.number) % 41) / 100
        return day.weekday > 5 ? today / 8 : today
    }

    static func sum(over range: DayRange, _ count: (Day) -> Int) -> Int {
        (0..<range.span).reduce(0) { $0 + count(range.start + $1) }
    }

    /// A number that looks random and is not: SplitMix64 over agency, purpose and day.
    private static func draw(_ agency: Roster.Entry, _ purpose: StaticString, _ day: Int) -> Int {
        var seed = UInt64(agency.index) &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(day)) &* 0xD1B5_4A32_D192_ED03
        purpose.withUTF8Buffer { for byte in $0 { seed = (seed ^ UInt64(byte)) &* 0x100_0000_01B3 } }
        seed ^= seed >> 30
        seed &*= 0xBF58_476D_1CE4_E5B9
        seed ^= seed >> 27
        seed &*= 0x94D0_49BB_1331_11EB
        seed ^= seed >> 31
        return Int(seed >> 33)
    }
}
