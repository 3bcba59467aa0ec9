import Control
import Indicators
import Model
import Reports
import Store

/// How many periods a trend shows at most; three years of days.
private let longestTrend = 1_100

extension Desk {
    /// One line a period, cut at definition breaks unless they shall be joined.
    func trend(_ question: TrendQuestion) throws(Failure) -> Document {
        let indicator = try self.indicator(question.indicator)
        let agency = try self.agency(question.agency)
        let all = try periods(question, indicator)
        let lineage = question.withPredecessors ? self.lineage(of: agency, over: all) : Lineage(members: [agency.code], breaks: [])
        let periods = all.filter { period in lineage.members.contains { core.register.agency($0, in: period.range) != nil } }
        var readings = try self.readings(of: indicator, agency: agency.code, with: lineage.members, over: periods, asOf: question.asOf)
        if question.from == nil {
            // Nobody asked for the time before the first figure.
            let first = readings.firstIndex { $0.state != .notReported && $0.state != .definitionBreak }
            readings = Array(readings[(first ?? max(0, readings.count - 1))...])
        }
        let trend = Trend(readings, of: indicator, part: question.from == nil ? .last : .first, joinsBreaks: question.joinsBreaks)
        let sheet = TrendReport.sheet(
            trend.rows.map(TrendRow.init), of: indicator, agency: agency, cutBefore: trend.cutBefore.map(SeriesBreak.init),
            cutAfter: trend.cutAfter.map(SeriesBreak.init),
            remarks: (question.withPredecessors
                ? RegisterRemarks.added(to: agency, lineage, register: core.register, language: language) : formation(of: agency, over: periods))
                + remarks(agency, left: all.count - periods.count), asOf: question.asOf,
            language: language)
        return Document([.sheet(sheet)])
    }

    /// Whom to add to an agency over all the periods of a trend.
    private func lineage(of agency: Agency, over periods: [Period]) -> Lineage {
        guard let start = periods.first?.range.start, let end = periods.last?.range.end else { return Lineage(members: [agency.code], breaks: []) }
        return core.register.lineage(of: agency.code, over: DayRange(start: start, span: end - start))
    }

    /// The readings of one agency over many periods, from cells that are loaded once, so that all are of one moment. With other members each is
    /// the ratio of sums over those that exist in the period.
    private func readings(
        of indicator: Indicator, agency: AgencyCode, with members: [AgencyCode], over periods: [Period], asOf: Instant?
    ) throws(Failure) -> [Reading] {
        let calculator = Calculator(measures: core.measures, calendar: core.calendar)
        guard let days = periods.map({ calculator.window(for: indicator, over: $0) }).hull else { return [] }
        let measures = Set(periods.flatMap { calculator.neededMeasures(for: indicator, over: $0) }).sorted()
        let cells = try reading { () throws(StoreError) in
            try store.cells(of: measures, in: days, agencies: Set(members), asOf: asOf)
        }
        let today = today(asOf: asOf)
        var readings: [Reading] = []
        for period in periods {
            let parts = members.filter { core.register.agency($0, in: period.range) != nil }
                .map { calculator.reading(of: indicator, agency: $0, over: period, from: cells, today: today) }
            if parts.count == 1, parts[0].agency == agency {
                readings.append(parts[0])
            } else if let rollup = Rollup(parts, unit: indicator.unit) {
                readings.append(rollup.reading(as: agency))
            } else {
                throw noSum(of: indicator)
            }
        }
        return readings
    }

    private func periods(_ question: TrendQuestion, _ indicator: Indicator) throws(Failure) -> [Period] {
        let scheme = question.scheme ?? indicator.scheme
        let last: Period
        if let name = question.through {
            last = try period(name, of: indicator, scheme: scheme, asOf: question.asOf)
        } else {
            let kind = try question.from.map { name throws(Failure) in try period(name, of: indicator, scheme: scheme, asOf: nil).kind }
            last = Period.lastClosed(kind ?? indicator.period, scheme: scheme, on: today(asOf: question.asOf))
        }
        let first = try firstPeriod(question, indicator, last)
        guard first.kind == last.kind else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese ? "'\(first)' và '\(last)' không cùng loại kỳ" : "'\(first)' and '\(last)' are not periods of one kind",
                hint: language == .vietnamese
                    ? "viết cả hai theo tháng (2026-08), quý (2026-Q3) hoặc năm (2026)"
                    : "write both as months (2026-08), quarters (2026-Q3) or years (2026)")
        }
        guard first <= last else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese ? "kỳ đầu \(first) ở sau kỳ cuối \(last)" : "the first period \(first) is after the last, \(last)")
        }
        var periods = [first]
        while let newest = periods.last, newest < last {
            guard periods.count < longestTrend else { throw tooLong(first, last) }
            periods.append(newest.next)
        }
        return periods
    }

    /// Without a name the period in which any figure of the indicator begins; `last` when there are none.
    private func firstPeriod(_ question: TrendQuestion, _ indicator: Indicator, _ last: Period) throws(Failure) -> Period {
        if let name = question.from { return try period(name, of: indicator, scheme: last.scheme, asOf: nil) }
        let measures = Set(indicator.definitions.flatMap(\.measures)).sorted()
        let day = try reading { () throws(StoreError) in try store.firstDay(of: measures) }
        guard let day, let first = Period(last.kind, containing: day, scheme: last.scheme), first <= last else { return last }
        return max(first, last.advanced(by: 1 - longestTrend))
    }

    private func tooLong(_ first: Period, _ last: Period) -> Failure {
        Failure(
            .invalidRequest,
            language == .vietnamese
                ? "từ \(first) đến \(last) có hơn \(longestTrend) kỳ" : "from \(first) through \(last) there are more than \(longestTrend) periods",
            hint: language == .vietnamese ? "thu hẹp bằng --from, hoặc hỏi theo tháng" : "narrow it down with --from, or ask by months")
    }

    private func remarks(_ agency: Agency, left count: Int) -> [String] {
        guard count > 0 else { return [] }
        let life = [agency.validFrom.vietnamese, agency.validTo.map { ($0 - 1).vietnamese } ?? "nay"].joined(separator: " đến ")
        let lifeInEnglish = "from \(agency.validFrom)" + (agency.validTo.map { " through \($0 - 1)" } ?? " on")
        return [
            language == .vietnamese
                ? "Bỏ \(count) kỳ mà cơ quan không tồn tại (cơ quan có từ \(life)); xem cơ quan trước và sau bằng dondoc agencies show \(agency.code)."
                : "\(count == 1 ? "1 period is" : "\(count) periods are") left out in which the agency did not exist (it is there \(lifeInEnglish)); "
                    + "dondoc agencies show \(agency.code) names who was before and after."
        ]
    }
}

extension TrendRow {
    init(_ row: Trend.Row) {
        switch row {
        case .reading(let reading): self = .reading(reading)
        case .gap(let gap): self = .gap(SeriesBreak(gap))
        }
    }
}

extension SeriesBreak {
    init(_ gap: Trend.Break) {
        self.init(day: gap.day, from: gap.from, to: gap.to, refused: gap.refused, uncovered: gap.uncovered, previous: gap.previous, next: gap.next)
    }
}
