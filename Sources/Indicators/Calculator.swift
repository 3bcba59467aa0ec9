import Model

/// Turns cells into readings by an indicator's definition: exact, and a function of its arguments alone.
public struct Calculator: Sendable {
    /// How far back "days since" looks: a little more than a year.
    public static let longestSilence = 400

    let measures: [MeasureID: Measure]
    private let calendar: WorkCalendar

    public init(measures: [MeasureID: Measure], calendar: WorkCalendar) {
        self.measures = measures
        self.calendar = calendar
    }

    /// The days whose cells must be loaded before a reading can be computed: the period, more when a running total needs its base or when
    /// the indicator asks how long ago something happened.
    public func window(for indicator: Indicator, over period: Period) -> DayRange {
        let range = period.range
        var start = range.start
        for id in neededMeasures(for: indicator, over: period) {
            guard case .cumulative(let scheme)? = measures[id]?.kind, !CumulativeFlows.isFirstDayOfYear(range.start, scheme) else { continue }
            start = min(start, range.start - 1)
        }
        if indicator.unit == .daysSince { start = min(start, range.end - Calculator.longestSilence) }
        return DayRange(start: start, span: range.end - start)
    }

    /// The measures whose cells must be loaded, the source's own percentage among them; empty when no definition covers the period.
    public func neededMeasures(for indicator: Indicator, over period: Period) -> [MeasureID] {
        indicator.definition(over: period.range)?.measuresWithReported ?? []
    }

    /// The reading of one agency over one period. Cells outside the period are ignored unless the measure is cumulative, so one table may serve
    /// many periods.
    public func reading(of indicator: Indicator, agency: AgencyCode, over period: Period, from cells: CellTable, today: Day) -> Reading {
        let range = period.range
        guard let definition = indicator.definition(over: range) else {
            return Reading(
                indicator: indicator.id, definitionVersion: 0, agency: agency, period: period, state: .definitionBreak,
                coverage: Coverage(days: 0, of: range.span), isProvisional: !period.isClosed(on: today))
        }
        let scale = largestScale(of: definition)
        let counts =
            indicator.unit == .daysSince
            ? daysSince(definition, agency: agency, in: range, from: cells, today: today)
            : Counts(
                top: line(definition.numerator, agency: agency, in: range, from: cells, scale: scale),
                bottom: indicator.unit.isRatio
                    ? definition.denominator.map { line($0, agency: agency, in: range, from: cells, scale: scale) } ?? Line() : nil)
        let outcome = counts.outcome(unit: indicator.unit, workingDays: indicator.unit == .perWorkingDay ? workingDays(in: range) : nil)
        return Reading(
            indicator: indicator.id, definitionVersion: definition.version, agency: agency, period: period, state: outcome.state,
            numerator: outcome.numerator, denominator: outcome.denominator,
            coverage: Coverage(days: counts.isReported ? counts.days : 0, of: range.span),
            reportedPercent: reportedPercent(definition, agency: agency, in: range, from: cells),
            isProvisional: !period.isClosed(on: today), isMixed: counts.isMixed)
    }

    /// Adds up one side of the fraction, each term brought to the same number of decimals.
    private func line(_ expression: Expression, agency: AgencyCode, in range: DayRange, from cells: CellTable, scale: Int) -> Line {
        var line = Line(days: range.span)
        for term in expression.terms {
            let measure = measures[term.measure]
            let tally = tally(cells[term.measure, agency], kind: measure?.kind ?? .flow, in: range)
            line.add(tally, term: term, factor: ExactDecimal.powerOfTen(scale - min(scale, measure?.scale ?? 0)), span: range.span)
        }
        return line
    }

    func tally(_ cells: [Cell], kind: Measure.Kind, in range: DayRange) -> Tally {
        switch kind {
        case .flow: Tally(flow: cells, in: range)
        case .stock: Tally(stock: cells, in: range)
        case .cumulative(let scheme): Tally(flow: CumulativeFlows.flows(from: cells, since: scheme), in: range, reportedBy: cells)
        }
    }

    /// Days from the last day with something to the last day of the period, or to today while the period is open. When nothing is found in
    /// the whole window the figure is unknown, because it would only be a lower bound.
    private func daysSince(_ definition: Indicator.Definition, agency: AgencyCode, in range: DayRange, from cells: CellTable, today: Day) -> Counts {
        guard let measure = definition.numerator.terms.first?.measure else { return Counts(top: Line(), bottom: nil) }
        let last = max(range.start, min(range.last, today))
        let window = DayRange(start: range.end - Calculator.longestSilence, span: Calculator.longestSilence)
        let known = cells[measure, agency].filter { window.contains($0.range) && $0.range.last <= last }
        var line = Line(days: Tally(flow: known, in: range).days)
        line.isReported = !known.isEmpty
        line.value = known.filter { $0.value ?? 0 > 0 }.map(\.range.last).max().map { Int64(last - $0) }
        return Counts(top: line, bottom: nil)
    }

    private func reportedPercent(_ definition: Indicator.Definition, agency: AgencyCode, in range: DayRange, from cells: CellTable) -> ExactDecimal? {
        guard let id = definition.reportedPercent, let cell = cells[id, agency].first(where: { $0.range == range }), let value = cell.value else {
            return nil
        }
        return ExactDecimal(units: value, scale: measures[id]?.scale ?? 0)
    }

    private func largestScale(of definition: Indicator.Definition) -> Int {
        var scale = 0
        for term in definition.numerator.terms { scale = max(scale, measures[term.measure]?.scale ?? 0) }
        for term in definition.denominator?.terms ?? [] { scale = max(scale, measures[term.measure]?.scale ?? 0) }
        return scale
    }

    /// Nil when the calendar lacks a year: then the figure is unknown, never computed as if every day were worked.
    func workingDays(in range: DayRange) -> Int64? {
        do {
            return Int64(try calendar.workingDays(in: range))
        } catch {
            return nil
        }
    }
}
