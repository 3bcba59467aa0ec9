import Model

/// Lets tests write a holiday as its name.
extension WorkCalendar.DayOff: ExpressibleByStringLiteral {
    public init(stringLiteral name: String) {
        self.init(named: name, .holiday)
    }
}
