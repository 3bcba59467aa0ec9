import Model

/// The last periods of a figure as bars, with the bound as a line.
struct PeriodChart {
    /// The most periods that are shown.
    static let longest = 12

    private let readings: [Reading]
    private let judged: Reason.Judged
    /// What is asked of the agency: the line, and what bars are red beyond.
    private var goal: ExactDecimal { judged.goal ?? judged.bound }

    /// Nil when fewer than two periods have a figure: one bar says no more than the number.
    init?(_ readings: [Reading], judged: Reason.Judged) {
        let shown = readings.suffix(PeriodChart.longest)
        guard shown.count(where: { $0.state == .figure }) >= 2 else { return nil }
        self.readings = Array(shown)
        self.judged = judged
    }

    /// The same in words, for whoever cannot see it: each period with its figure.
    func words(title: String, _ language: Language) -> String {
        let periods = readings.map { reading in
            let figure = reading.figure(in: judged.unit).map { NumberText.figure($0, unit: judged.unit, language: language) }
            return "\(reading.period.title(language)): \(figure ?? (language == .vietnamese ? "không có số liệu" : "no figure"))"
        }
        let bound = NumberText.figure(goal, unit: judged.unit, language: language)
        return "\(title). \(periods.joined(separator: "; ")). \(language == .vietnamese ? "Ngưỡng" : "Target"): \(bound)"
    }

    /// 40 pixels a period, 150 high; under each bar the number of its month, quarter or week. Red bars are beyond the bound, grey ones have no figure.
    var picture: PixelMap {
        var map = PixelMap(width: readings.count * 40 + 8, height: 150)
        let top = 10
        let bottom = 126
        let figures = readings.map { $0.figure(in: judged.unit).map(PeriodChart.hundredths) }
        let bound = PeriodChart.hundredths(goal)
        let highest = max(figures.compactMap { $0 }.max() ?? 0, bound, 1)
        func height(_ value: Int128) -> Int { Int(max(0, value) * Int128(bottom - top) / highest) }
        for line in 0..<4 { map.fill(x: 0..<map.width, y: row(bottom - line * (bottom - top) / 4), .grid) }
        for (index, reading) in readings.enumerated() {
            let left = index * 40 + 8
            if let figure = figures[index] {
                map.fill(x: left..<left + 32, y: bottom - max(2, height(figure))..<bottom, isBeyond(reading) ? .bad : .good)
            } else {
                map.fill(x: left..<left + 32, y: bottom - 6..<bottom, .absent)
            }
            map.write(PeriodChart.label(of: reading.period), middle: left + 16, top: bottom + 6, .ink)
        }
        for dash in stride(from: 0, to: map.width, by: 12) {
            map.fill(x: dash..<dash + 8, y: bottom - height(bound) - 1..<bottom - height(bound) + 1, .line)
        }
        map.fill(x: 0..<map.width, y: row(bottom), .ink)
        return map
    }

    private func row(_ y: Int) -> Range<Int> { y..<y + 1 }

    private func isBeyond(_ reading: Reading) -> Bool {
        guard let side = reading.comparison(with: goal, in: judged.unit) else { return false }
        return judged.direction == .higherIsBetter ? side < 0 : side > 0
    }

    /// Hundredths of a unit: finer than a pixel in any chart that a letter shows.
    private static func hundredths(_ value: ExactDecimal) -> Int128 {
        value.scale <= 2
            ? Int128(value.units) * Int128(ExactDecimal.powerOfTen(2 - value.scale))
            : Int128(value.units) / Int128(ExactDecimal.powerOfTen(value.scale - 2))
    }

    private static func label(of period: Period) -> String {
        switch period.kind {
        case .year, .nineMonths: String(period.year % 100)
        case .day: String(period.range.start.description.suffix(2))
        case .week, .month, .quarter, .half: String(period.index)
        }
    }
}
