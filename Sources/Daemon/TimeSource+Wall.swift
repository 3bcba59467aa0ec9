import FoundationEssentials
import Model

extension TimeSource {
    /// The machine's clock. A wait is cut into pieces of a minute at most, so that a clock set forward by hand or by NTP is noticed.
    public static let wall = TimeSource(
        now: { wallClock() },
        sleep: { instant in
            while true {
                let left = instant - wallClock()
                guard left > .zero else { return }
                try await Task.sleep(for: min(left, .seconds(60)))
            }
        })

    private static func wallClock() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
