import Model

// Short ways to write the values that tests begin with. A text that is not what it should be is a mistake in the test, so these trap.

/// The day written as `2026-08-01`.
public func day(_ text: String) -> Day { literal(text, Day(text)) }

/// The interval from one day through another, both inclusive as people write it.
public func days(_ first: String, _ last: String) -> DayRange { literal("\(first)..\(last)", DayRange(start: day(first), end: day(last) + 1)) }

/// The instant written as `2026-08-01T07:30`, by Viet Nam's clocks.
public func instant(_ text: String) -> Instant { literal(text, Instant(text)) }

public func period(_ text: String, _ scheme: PeriodScheme = .calendar) -> Period { literal(text, Period(text, scheme: scheme)) }

public func code(_ text: String) -> AgencyCode { literal(text, AgencyCode(text)) }

public func measure(_ text: String) -> MeasureID { literal(text, MeasureID(text)) }

public func decimal(_ text: String) -> ExactDecimal { literal(text, ExactDecimal(text)) }

public func cron(_ text: String) -> CronExpression { literal(text, CronExpression(text)) }

private func literal<Value>(_ text: String, _ value: Value?) -> Value {
    guard let value else { preconditionFailure("the test writes '\(text)', which is no \(Value.self)") }
    return value
}
