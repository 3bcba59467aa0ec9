/// A moment in time with the precision of a millisecond, counted from 1970-01-01T00:00:00Z.
///
/// dondoc keeps its own type because instants are keys and cursors in the store: an integer compares and round-trips exactly.
public struct Instant: Hashable, Comparable, Sendable {
    public let milliseconds: Int64

    public static let millisecondsPerDay: Int64 = 86_400_000
    /// Viet Nam keeps UTC+7 all year; the province's zone is a fact of the design, not a setting.
    public static let offsetOfVietnam: Int64 = 7 * 3_600_000

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The instant of a wall clock in Viet Nam.
    public init(_ day: Day, hour: Int, minute: Int, second: Int = 0) {
        milliseconds = day.start.milliseconds + Int64((hour * 60 + minute) * 60 + second) * 1000
    }

    /// The civil day in Viet Nam.
    public var day: Day { Day(containing: self) }

    /// Milliseconds since midnight in Viet Nam.
    public var timeOfDay: Int64 { (milliseconds + Instant.offsetOfVietnam).modulo(Instant.millisecondsPerDay) }

    public static func < (left: Instant, right: Instant) -> Bool { left.milliseconds < right.milliseconds }

    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds + duration.milliseconds)
    }

    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds - duration.milliseconds)
    }

    public static func - (end: Instant, start: Instant) -> Duration { .milliseconds(end.milliseconds - start.milliseconds) }
}

extension Duration {
    /// Whole milliseconds, the rest cut off.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension Instant: CustomStringConvertible {
    /// ISO 8601 with Viet Nam's offset, `2026-08-01T07:30:00+07:00`; milliseconds only when there are any.
    public var description: String {
        let fraction = timeOfDay % 1000
        return "\(day)T\(clock)\(fraction == 0 ? "" : "." + fraction.padded(to: 3))+07:00"
    }

    /// `07:30:00`
    public var clock: String {
        let seconds = timeOfDay / 1000
        return "\((seconds / 3600).padded(to: 2)):\((seconds / 60 % 60).padded(to: 2)):\((seconds % 60).padded(to: 2))"
    }

    /// `01/08/2026 07:30`, for people.
    public var vietnamese: String { "\(day.vietnamese) \(clock.prefix(5))" }

    /// An instant as an operator types it: a day (its end, so that `--as-of 2026-08-01` includes the day), `2026-08-01T07:30` or
    /// `2026-08-01T07:30:00` by Viet Nam's clocks, with or without `+07:00`, or with `Z`. Nil for anything else.
    public init?(_ text: String) {
        if let day = Day(text) {
            self.init(milliseconds: (day + 1).start.milliseconds - 1)
            return
        }
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Day(parts[0]) else { return nil }
        var clock = parts[1]
        var shift: Int64 = 0
        if clock.hasSuffix("Z") {
            clock = clock.dropLast()
            shift = Instant.offsetOfVietnam
        } else if clock.hasSuffix("+07:00") {
            clock = clock.dropLast(6)
        }
        let pieces = clock.split(separator: ".", omittingEmptySubsequences: false)
        let fields = (pieces.first ?? "").split(separator: ":", omittingEmptySubsequences: false)
        guard pieces.count <= 2, (2...3).contains(fields.count), fields.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(\.isDigit) }) else {
            return nil
        }
        let numbers = fields.compactMap { Int($0) } + [0]
        guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
        let whole = Instant(day, hour: numbers[0], minute: numbers[1], second: numbers[2])
        var fraction: Int64 = 0
        if pieces.count == 2 {
            guard pieces[1].utf8.count == 3, pieces[1].utf8.allSatisfy(\.isDigit), let value = Int64(pieces[1]) else { return nil }
            fraction = value
        }
        self.init(milliseconds: whole.milliseconds + shift + fraction)
    }
}

extension Instant: Codable {
    /// Written as its description: JSON that an operator reads.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let instant = Instant(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an instant: \(text)"))
        }
        self = instant
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
