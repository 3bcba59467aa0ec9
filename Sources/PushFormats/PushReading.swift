import Model

/// What decoding a body needs to know beside the body.
public struct PushReading: Sendable {
    /// How Influx's line protocol writes its timestamps, by the parameter `precision`; minutes and hours are version 1's.
    public enum Precision: String, CaseIterable, Sendable {
        case nanoseconds = "ns"
        case microseconds = "us"
        case milliseconds = "ms"
        case seconds = "s"
        case minutes = "m"
        case hours = "h"

        /// The precision that a parameter names; version 1 of Influx's interface writes `n` and `u`.
        public init?(parameter: String) {
            switch parameter {
            case "n": self = .nanoseconds
            case "u", "µ": self = .microseconds
            default: self.init(rawValue: parameter)
            }
        }

        /// How many make a second; 1 for those that are seconds or more, which are read as seconds.
        var perSecond: Int64 {
            switch self {
            case .nanoseconds: 1_000_000_000
            case .microseconds: 1_000_000
            case .milliseconds: 1000
            case .seconds, .minutes, .hours: 1
            }
        }

        /// How many seconds a minute or an hour has; 1 for everything shorter.
        var seconds: Int64 {
            switch self {
            case .hours: 3600
            case .minutes: 60
            case .seconds, .milliseconds, .microseconds, .nanoseconds: 1
            }
        }
    }

    /// The most observations a body may hold, readable or not.
    public var mostObservations: Int
    /// The most bytes that remote write's Snappy block may unpack to.
    public var mostBytes: Int
    public var mapping: PushMapping
    public var precision: Precision
    /// The agency of series that name none: that of a sender who speaks for one agency alone. Nil refuses such series.
    public var agencyWhenMissing: String?
    /// The moment of lines without a timestamp, which Influx takes to mean now. Nil refuses such lines.
    public var receivedAt: Instant?

    public init(
        mostObservations: Int, mostBytes: Int = 16 << 20, mapping: PushMapping = PushMapping(), precision: Precision = .nanoseconds,
        agencyWhenMissing: String? = nil, receivedAt: Instant? = nil
    ) {
        self.mostObservations = mostObservations
        self.mostBytes = mostBytes
        self.mapping = mapping
        self.precision = precision
        self.agencyWhenMissing = agencyWhenMissing
        self.receivedAt = receivedAt
    }
}
