/// Which scheduled backups are kept: the newest of each of the last days, weeks and months that have any.
public struct BackupRotation: Hashable, Sendable {
    public let daily: Int
    public let weekly: Int
    public let monthly: Int

    public init(daily: Int, weekly: Int, monthly: Int) {
        self.daily = daily
        self.weekly = weekly
        self.monthly = monthly
    }

    /// The name of a scheduled backup, `dondoc-20261123-0130.db`, by the clocks of Viet Nam.
    public static func name(at instant: Instant) -> String { "dondoc-\(stamp(instant)).db" }

    /// The part of a name that says when, `20261123-0130`; what other files that are put aside are named with too.
    public static func stamp(_ instant: Instant) -> String {
        let time = Int((instant.milliseconds - instant.day.start.milliseconds) / 60_000)
        let day = instant.day
        return "\(day.year.padded(to: 4))\(day.month.padded(to: 2))\(day.dayOfMonth.padded(to: 2))-"
            + "\((time / 60).padded(to: 2))\((time % 60).padded(to: 2))"
    }

    /// When a file of this name was made, as minutes in order; nil for every other file, which is nobody's business here.
    static func moment(of name: String) -> (day: Day, minute: Int)? {
        let text = name.hasSuffix(".age") ? name.dropLast(4) : name[...]
        guard text.hasPrefix("dondoc-"), text.hasSuffix(".db"), text.utf8.count == 23 else { return nil }
        let digits = text.dropFirst(7).dropLast(3)
        let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8, parts[1].utf8.count == 4, parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }) else {
            return nil
        }
        guard let year = Int(parts[0].prefix(4)), let month = Int(parts[0].dropFirst(4).prefix(2)), let date = Int(parts[0].suffix(2)),
            let day = Day(year: year, month: month, day: date), let hour = Int(parts[1].prefix(2)), let minute = Int(parts[1].suffix(2)), hour < 24,
            minute < 60
        else { return nil }
        return (day, hour * 60 + minute)
    }

    /// The names that may go, of all names in the directory. The newest backup never goes, and what is no scheduled backup is never named.
    public func outdated(among names: [String]) -> [String] {
        let backups = names.compactMap { name in BackupRotation.moment(of: name).map { (name: name, day: $0.day, minute: $0.minute) } }
            .sorted { ($0.day, $0.minute, $0.name) > ($1.day, $1.minute, $1.name) }
        var kept: Set<String> = Set(backups.prefix(1).map(\.name))
        keep(daily, of: backups, by: { $0.number }, in: &kept)
        keep(weekly, of: backups, by: { ($0 - ($0.weekday - 1)).number }, in: &kept)
        keep(monthly, of: backups, by: { $0.year * 12 + $0.month }, in: &kept)
        return backups.map(\.name).filter { !kept.contains($0) }
    }

    private func keep(_ count: Int, of backups: [(name: String, day: Day, minute: Int)], by span: (Day) -> Int, in kept: inout Set<String>) {
        var spans: Set<Int> = []
        for backup in backups where spans.count < count {
            if spans.insert(span(backup.day)).inserted { kept.insert(backup.name) }
        }
    }
}
