import Model

/// The form that HTTP writes dates in (IMF-fixdate, RFC 9110 §5.6.7), always in Greenwich time.
enum HTTPDate {
    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`
    static func text(_ instant: Instant) -> String {
        // The civil day and clock of Viet Nam, moved back to Greenwich.
        let moved = Instant(milliseconds: instant.milliseconds - Instant.offsetOfVietnam)
        let day = moved.day
        // 1 January 1970, the first day counted, was a Thursday.
        let weekday = weekdays[Int(((instant.milliseconds / Instant.millisecondsPerDay) % 7 + 7) % 7)]
        let year = String(day.year)
        let clock = moved.clock
        let date = day.dayOfMonth < 10 ? "0\(day.dayOfMonth)" : "\(day.dayOfMonth)"
        return "\(weekday), \(date) \(months[day.month - 1]) \(year) \(clock) GMT"
    }
}
