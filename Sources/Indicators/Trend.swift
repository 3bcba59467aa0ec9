import Model

/// One indicator of one agency over consecutive periods, cut where its definition changes: figures on both sides of a break (thay đổi định
/// nghĩa) are not one series.
public struct Trend: Hashable, Sendable {
    /// Which unbroken part is kept when the breaks are not joined.
    public enum Part: Sendable {
        /// The one that begins where the operator said.
        case first
        /// The one that leads up to the newest period.
        case last
    }

    /// Where one definition ends and another begins, or where there is none.
    public struct Break: Hashable, Sendable {
        /// The first day of the new definition, or the first one without any.
        public let day: Day?
        /// The version before; nil when there is none.
        public let from: Int?
        /// The version after; nil when there is none.
        public let to: Int?
        /// The periods that lie across it, for which no figure is computed.
        public let refused: [Period]
        /// The periods that no definition touches at all.
        public let uncovered: [Period]
        /// The last period before it and the first after it that have a definition.
        public let previous: Period?
        public let next: Period?
    }

    public enum Row: Hashable, Sendable {
        case reading(Reading)
        case gap(Break)
    }

    public let rows: [Row]
    /// The break before the first row and the one after the last, where the series was cut.
    public let cutBefore: Break?
    public let cutAfter: Break?

    /// - Parameter readings: of one agency, over consecutive periods, the oldest first.
    public init(_ readings: [Reading], of indicator: Indicator, part: Part, joinsBreaks: Bool) {
        let runs = Trend.runs(readings)
        let breaks = Trend.breaks(between: runs, readings, indicator)
        let runRows = runs.map { $0.map(Row.reading) }
        guard !joinsBreaks, !runs.isEmpty else {
            var rows = breaks[0].map { [Row.gap($0)] } ?? []
            for (index, run) in runRows.enumerated() { rows += run + (breaks[index + 1].map { [Row.gap($0)] } ?? []) }
            self.rows = rows
            cutBefore = nil
            cutAfter = nil
            return
        }
        let kept = part == .first ? 0 : runs.count - 1
        rows = runRows[kept]
        cutBefore = breaks[kept]
        cutAfter = breaks[kept + 1]
    }

    /// Consecutive readings by the same definition; those without one separate them.
    private static func runs(_ readings: [Reading]) -> [[Reading]] {
        var runs: [[Reading]] = []
        var previous = 0
        for reading in readings {
            if reading.definitionVersion != 0 {
                if reading.definitionVersion == previous { runs[runs.count - 1].append(reading) } else { runs.append([reading]) }
            }
            previous = reading.definitionVersion
        }
        return runs
    }

    /// One more than there are runs: what stands before each, and after the last.
    private static func breaks(between runs: [[Reading]], _ readings: [Reading], _ indicator: Indicator) -> [Break?] {
        (0...runs.count).map { index in
            let before = index > 0 ? runs[index - 1].last : nil
            let after = index < runs.count ? runs[index].first : nil
            let refused = readings.filter { reading in
                reading.definitionVersion == 0 && (before.map { $0.period < reading.period } ?? true)
                    && (after.map { reading.period < $0.period } ?? true)
            }.map(\.period)
            guard !refused.isEmpty || (before != nil && after != nil) else { return nil }
            return Break(indicator, without: refused, previous: before, next: after)
        }
    }
}

extension Trend.Break {
    /// - Parameter periods: those between both readings that have no one definition.
    init(_ indicator: Indicator, without periods: [Period], previous: Reading?, next: Reading?) {
        let across = indicator.definitions.filter { definition in
            periods.contains { definition.overlaps($0.range) }
        }
        let old = previous.flatMap { reading in indicator.definitions.first { $0.version == reading.definitionVersion } } ?? across.first
        let new = next.flatMap { reading in indicator.definitions.first { $0.version == reading.definitionVersion } } ?? across.last
        let isOneSided = old?.version == new?.version
        // Across one definition only, the periods lie at its beginning or at its end.
        let lacksOld = isOneSided && previous == nil
        let lacksNew = isOneSided && previous != nil
        from = lacksOld ? nil : old?.version
        to = lacksNew ? nil : new?.version
        day = lacksNew ? old?.effectiveTo : new?.effectiveFrom ?? old?.effectiveTo
        refused = periods.filter { period in indicator.definitions.contains { $0.overlaps(period.range) } }
        uncovered = periods.filter { period in !indicator.definitions.contains { $0.overlaps(period.range) } }
        self.previous = previous?.period
        self.next = next?.period
    }
}

extension Indicator.Definition {
    /// Whether it is in force on some day of an interval.
    func overlaps(_ range: DayRange) -> Bool {
        (effectiveFrom.map { $0 < range.end } ?? true) && (effectiveTo.map { range.start < $0 } ?? true)
    }
}
