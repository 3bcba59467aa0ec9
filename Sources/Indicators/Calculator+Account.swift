import Model

extension Calculator {
    /// How `reading(of:agency:over:from:today:)` comes to its counts from the same cells: the same choice among them, with every value that
    /// was looked at.
    public func account(of indicator: Indicator, agency: AgencyCode, over period: Period, from cells: CellTable, today: Day) -> Account {
        let range = period.range
        guard let definition = indicator.definition(over: range) else { return Account(terms: []) }
        func terms(_ expression: Expression?, _ side: Account.Side) -> [Account.Term] {
            (expression?.terms ?? []).map { account(of: $0, side, cells[$0.measure, agency], in: range) }
        }
        let top =
            indicator.unit == .daysSince
            ? definition.numerator.terms.prefix(1).map { lastDay(of: $0, cells[$0.measure, agency], in: range, today: today) }
            : terms(definition.numerator, .numerator)
        let bottom = indicator.unit.isRatio ? terms(definition.denominator, .denominator) : []
        let reported = definition.reportedPercent.flatMap { reportedPercent($0, cells[$0, agency], in: range) }
        return Account(
            terms: top + bottom + (reported.map { [$0] } ?? []), workingDays: indicator.unit == .perWorkingDay ? workingDays(in: range) : nil)
    }

    private func account(of term: Expression.Term, _ side: Account.Side, _ cells: [Cell], in range: DayRange) -> Account.Term {
        let kind = measures[term.measure]?.kind ?? .flow
        let tally = tally(cells, kind: kind, in: range)
        let entries =
            switch kind {
            case .flow: Calculator.flowEntries(cells, in: range)
            case .stock: Calculator.stockEntries(cells, in: range)
            case .cumulative(let scheme): Calculator.cumulativeEntries(cells, since: scheme, in: range)
            }
        return Account.Term(
            side: side, term: term, value: tally.value, isReported: tally.isReported, days: tally.days, isMixed: tally.isMixed,
            entries: entries.sorted { $0.cell.range < $1.cell.range })
    }

    private static func flowEntries(_ cells: [Cell], in range: DayRange) -> [Account.Entry] {
        let inside = cells.filter { range.contains($0.range) }
        let chosen = Set(Tally.choose(inside.filter { $0.value != nil }).map(\.range))
        return inside.map { cell in
            guard let value = cell.value else { return Account.Entry(cell: cell, role: .unknown) }
            return chosen.contains(cell.range)
                ? Account.Entry(cell: cell, role: .counted, contribution: value) : Account.Entry(cell: cell, role: .notCounted)
        }
    }

    private static func stockEntries(_ cells: [Cell], in range: DayRange) -> [Account.Entry] {
        let last = Tally.last(of: cells, in: range)
        return cells.filter { range.contains($0.range) }.map { cell in
            guard cell.value != nil else { return Account.Entry(cell: cell, role: .unknown) }
            return cell.range == last?.range
                ? Account.Entry(cell: cell, role: .counted, contribution: cell.value) : Account.Entry(cell: cell, role: .notCounted)
        }
    }

    /// Each total with the flow that ends on its day. A total whose flow began before the period, or that stands before it, is only a base.
    private static func cumulativeEntries(_ cells: [Cell], since scheme: PeriodScheme, in range: DayRange) -> [Account.Entry] {
        let flows = Dictionary(CumulativeFlows.flows(from: cells, since: scheme).map { ($0.range.end, $0) }, uniquingKeysWith: { _, newer in newer })
        var entries: [Account.Entry] = []
        for cell in cells where range.contains(cell.range) {
            if cell.value == nil {
                entries.append(Account.Entry(cell: cell, role: .unknown))
            } else if cell.range.span == 1, let flow = flows[cell.range.end] {
                let isInside = range.contains(flow.range)
                let counts = isInside && flow.value != nil
                entries.append(
                    Account.Entry(cell: cell, role: counts ? .counted : (isInside ? .notCounted : .base), contribution: counts ? flow.value : nil))
            } else {
                entries.append(Account.Entry(cell: cell, role: .notCounted))
            }
        }
        let isFresh = CumulativeFlows.isFirstDayOfYear(range.start, scheme)
        if !isFresh, let base = cells.first(where: { $0.range == DayRange(range.start - 1) && $0.value != nil }) {
            entries.append(Account.Entry(cell: base, role: .base))
        }
        return entries
    }

    /// The value from which the days are counted, and everything after it, which shows that nothing has happened since.
    private func lastDay(of term: Expression.Term, _ cells: [Cell], in range: DayRange, today: Day) -> Account.Term {
        let last = max(range.start, min(range.last, today))
        let window = DayRange(start: range.end - Calculator.longestSilence, span: Calculator.longestSilence)
        let looked = cells.filter { window.contains($0.range) && $0.range.last <= last }.sorted { $0.range < $1.range }
        let found = looked.filter { $0.value ?? 0 > 0 }.map(\.range.last).max()
        let entries = looked.filter { $0.range.last >= found ?? window.start }.map { cell -> Account.Entry in
            guard cell.value != nil else { return Account.Entry(cell: cell, role: .unknown) }
            return Account.Entry(cell: cell, role: cell.range.last == found && cell.value ?? 0 > 0 ? .counted : .notCounted)
        }
        return Account.Term(
            side: .numerator, term: term, value: found.map { Int64(last - $0) }, isReported: !looked.isEmpty,
            days: Tally(flow: looked, in: range).days, isMixed: false, entries: entries)
    }

    private func reportedPercent(_ id: MeasureID, _ cells: [Cell], in range: DayRange) -> Account.Term? {
        guard let cell = cells.first(where: { $0.range == range }) else { return nil }
        let entry = Account.Entry(cell: cell, role: cell.value == nil ? .unknown : .counted, contribution: cell.value)
        return Account.Term(
            side: .reported, term: Expression.Term(measure: id), value: cell.value, isReported: true, days: cell.value == nil ? 0 : range.span,
            isMixed: false, entries: [entry])
    }
}
