import Model

/// What readings mean, written for obviousness: everything recorded is replayed for every question and spread over single days.
struct DayByDayModel {
    private struct Entry {
        let at: Instant
        let observations: [Observation]
    }

    /// What one measure amounts to over a period.
    struct Amount {
        var value: Int64?
        var days = 0
        var unknownDays = 0
        var isReported = false
        var isMixed = false
        var isImpossible = false
    }

    private var entries: [Entry] = []

    mutating func record(at instant: Instant, _ observations: [Observation]) {
        entries.append(Entry(at: max(instant, entries.last?.at ?? instant), observations: observations))
    }

    /// The value of every interval of one agency's measure, as it was known at an instant.
    private func values(_ agency: AgencyCode, _ measure: MeasureID, asOf instant: Instant?) -> [DayRange: Int64?] {
        var values: [DayRange: Int64?] = [:]
        for entry in entries where instant.map({ entry.at <= $0 }) ?? true {
            for observation in entry.observations where observation.cell.agency == agency && observation.cell.measure == measure {
                values[observation.cell.range] = .some(observation.value)
            }
        }
        return values
    }

    func amount(_ agency: AgencyCode, _ measure: Measure, over period: DayRange, asOf instant: Instant?) -> Amount {
        let values = values(agency, measure.id, asOf: instant)
        return switch measure.kind {
        case .flow: flow(values, over: period)
        case .stock: stock(values, over: period)
        case .cumulative(let scheme): runningTotal(values, over: period, since: scheme)
        }
    }

    /// Every day belongs to at most one interval: shorter intervals come first; a longer one takes all its days from them when it has a day that
    /// they leave open, and is left out when one of them reaches beyond it.
    private func flow(_ values: [DayRange: Int64?], over period: DayRange) -> Amount {
        let inside = values.filter { period.contains($0.key) }
        var owner: [Int: DayRange] = [:]
        for range in inside.filter({ $0.value != nil }).keys.sorted(by: { ($0.span, $0.start) < ($1.span, $1.start) }) {
            let days = Array(range.start.number..<range.end.number)
            let owners = Set(days.compactMap { owner[$0] })
            if owners.contains(where: { !range.contains($0) }) || days.allSatisfy({ owner[$0] != nil }) { continue }
            for day in days { owner[day] = range }
        }
        let chosen = Set(owner.values)
        var amount = Amount(value: chosen.isEmpty ? nil : 0, days: owner.count, isReported: !inside.isEmpty)
        for range in chosen {
            let value = (values[range] ?? nil) ?? 0
            amount.value = (amount.value ?? 0) + value
            if value < 0 { amount.isImpossible = true }
        }
        amount.isMixed = chosen.contains { $0.span == 1 } && chosen.contains { $0.span > 1 }
        let unknown = inside.filter { $0.value == nil }.keys.flatMap { Array($0.start.number..<$0.end.number) }
        amount.unknownDays = Set(unknown).subtracting(owner.keys).count
        return amount
    }

    private func stock(_ values: [DayRange: Int64?], over period: DayRange) -> Amount {
        let inside = values.filter { period.contains($0.key) }
        var amount = Amount(isReported: !inside.isEmpty)
        let known = inside.filter { $0.value != nil }.keys
        guard let last = known.max(by: { ($0.end, $1.span) < ($1.end, $0.span) }), let value = inside[last] ?? nil else { return amount }
        amount.value = value
        amount.days = last.end - period.start
        amount.isImpossible = value < 0
        return amount
    }

    /// From each total to the next one of the same year; the first begins at zero on the year's first day. Only steps wholly inside count.
    private func runningTotal(_ values: [DayRange: Int64?], over period: DayRange, since scheme: PeriodScheme) -> Amount {
        var amount = Amount(isReported: values.keys.contains { $0.span == 1 && period.contains($0) })
        var before: (end: Day, total: Int64, year: Int)?
        for range in values.filter({ $0.key.span == 1 && $0.value != nil }).keys.sorted() {
            guard let total = values[range] ?? nil, let year = Period(.year, containing: range.start, scheme: scheme) else { continue }
            let base = before.flatMap { $0.year == year.year ? $0 : nil } ?? (end: year.range.start, total: 0, year: year.year)
            before = (range.end, total, year.year)
            guard period.start <= base.end, range.end <= period.end else { continue }
            if total < base.total {
                amount.unknownDays += range.end - base.end
            } else {
                amount.value = (amount.value ?? 0) + total - base.total
                amount.days += range.end - base.end
            }
        }
        return amount
    }
}
