import Model

/// One side of a fraction while it is being added up.
struct Line {
    /// Nil once a needed term is unknown.
    var value: Int64? = 0
    /// The coverage of the worst-covered term.
    var days = 0
    var isReported = false
    var isMixed = false
    var isImpossible = false

    init(days: Int = 0) {
        self.days = days
    }

    /// Adds a term. An optional one that was never delivered counts 0; one that was delivered as unknown makes the line unknown.
    mutating func add(_ tally: Tally, term: Expression.Term, factor: Int64, span: Int) {
        isReported = isReported || tally.isReported
        isMixed = isMixed || tally.isMixed
        isImpossible = isImpossible || tally.isImpossible
        if term.isOptional {
            days = min(days, span - tally.unknownDays)
            guard tally.isReported else { return }
        } else {
            days = min(days, tally.days)
        }
        guard let sum = value, let addend = tally.value else {
            value = nil
            return
        }
        let (scaled, tooLarge) = addend.multipliedReportingOverflow(by: factor)
        let (next, overflow) = term.isSubtracted ? sum.subtractingReportingOverflow(scaled) : sum.addingReportingOverflow(scaled)
        isImpossible = isImpossible || tooLarge || overflow
        value = next
    }
}

/// Both sides of a fraction, and what they amount to.
struct Counts {
    let top: Line
    /// Nil for counts and days.
    let bottom: Line?

    var isReported: Bool { top.isReported || bottom?.isReported ?? false }
    var isMixed: Bool { top.isMixed || bottom?.isMixed ?? false }
    /// The worse of both coverages.
    var days: Int { min(top.days, bottom?.days ?? top.days) }

    /// The state, and the counts as far as they are known. `workingDays` multiplies the denominator of figures per working day; nil there
    /// means that the calendar does not know.
    func outcome(unit: Indicator.Unit, workingDays: Int64?) -> (state: Reading.State, numerator: Int64?, denominator: Int64?) {
        guard isReported else { return (.notReported, nil, nil) }
        if top.isImpossible || bottom?.isImpossible ?? false { return (.inconsistent, nil, nil) }
        guard let bottom else {
            guard let value = top.value else { return (.unknown, nil, nil) }
            return (value < 0 ? .inconsistent : .figure, value, nil)
        }
        var denominator = bottom.value
        if unit == .perWorkingDay {
            guard let days = workingDays else { return (.unknown, top.value, nil) }
            let (product, overflow) = (denominator ?? 0).multipliedReportingOverflow(by: days)
            if overflow { return (.inconsistent, top.value, denominator) }
            denominator = denominator == nil ? nil : product
        }
        guard let numerator = top.value, let denominator else { return (.unknown, top.value, denominator) }
        return (state(numerator, denominator, unit, isHoliday: workingDays == 0), numerator, denominator)
    }

    /// A part above its whole is a contradiction only when both were counted over the same days; otherwise days are missing.
    private func state(_ numerator: Int64, _ denominator: Int64, _ unit: Indicator.Unit, isHoliday: Bool) -> Reading.State {
        if numerator < 0 || denominator < 0 { return .inconsistent }
        if isHoliday || (numerator == 0 && denominator == 0) { return .nothingToCount }
        let isContradiction = denominator == 0 || (unit == .percent && numerator > denominator)
        guard isContradiction else { return .figure }
        return top.days == bottom?.days ? .inconsistent : .unknown
    }
}
