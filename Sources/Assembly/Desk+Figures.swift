import Control
import Indicators
import Model
import Reports
import Store

extension Desk {
    func series(of measure: MeasureID, agency: AgencyCode, from: Day?, through: Day?, asOf: Instant?) throws(Failure) -> Document {
        let measure = try self.measure(measure)
        let agency = try self.agency(agency)
        let first = try reading { () throws(StoreError) in try store.firstDay(of: [measure.id]) }
        let today = today(asOf: asOf)
        let start = from ?? first.map { min($0, today) } ?? today
        guard let range = DayRange(start: start, end: (through ?? today) + 1) else {
            throw Failure(.invalidRequest, language == .vietnamese ? "ngày đầu ở sau ngày cuối" : "the first day is after the last")
        }
        let cells = try reading { () throws(StoreError) in try store.cells(of: [measure.id], in: range, agencies: [agency.code], asOf: asOf) }
        let sheet = SeriesReport.sheet(
            cells[measure.id, agency.code], of: measure, agency: agency, today: today, asOf: asOf, language: language)
        return Document([.sheet(sheet)])
    }

    /// One line an indicator; without a period each one's newest closed one.
    func readings(
        of agency: AgencyCode, indicator: String?, over name: PeriodName?, scheme: PeriodScheme?, asOf: Instant?
    ) throws(Failure) -> Document {
        let agency = try self.agency(agency)
        let indicators = try indicator.map { id throws(Failure) in [try self.indicator(id)] } ?? core.indicators
        var wanted: [(indicator: Indicator, period: Period)] = []
        for indicator in indicators { wanted.append((indicator, try self.period(name, of: indicator, scheme: scheme, asOf: asOf))) }
        let room = try readingRoom(for: wanted, agencies: [agency.code], asOf: asOf)
        let readings = wanted.map { room.reading(of: $0.indicator, agency: agency.code, over: $0.period) }
        let sheet = ReadingsReport.sheet(
            readings, of: agency, indicators: indicators, remarks: formation(of: agency, over: wanted.map(\.period)), asOf: asOf, language: language)
        return Document([.sheet(sheet)])
    }

    /// What must be known of an agency that was formed, or given functions, inside one of these periods.
    func formation(of agency: Agency, over periods: [Period]) -> [String] {
        var remarks: [String] = []
        for range in Set(periods.map(\.range)).sorted() {
            let lineage = core.register.lineage(of: agency.code, over: range)
            remarks += RegisterRemarks.formation(of: agency, lineage, register: core.register, language: language)
                .filter { !remarks.contains($0) }
        }
        return remarks
    }

    /// All agencies that existed in the period, but for the province itself, which would rank against its parts.
    func rank(_ id: String, over name: PeriodName?, scheme: PeriodScheme?, level: Agency.Level?, asOf: Instant?) throws(Failure) -> Document {
        let indicator = try self.indicator(id)
        let period = try self.period(name, of: indicator, scheme: scheme, asOf: asOf)
        let agencies = core.register.agencies(in: period.range, level: level).filter { level != nil || $0.level != .province }
        let byCode = Dictionary(agencies.map { ($0.code, $0) }, uniquingKeysWith: { _, newer in newer })
        let room = try readingRoom(for: [(indicator, period)], asOf: asOf)
        let readings = byCode.keys.map { room.reading(of: indicator, agency: $0, over: period) }
        let entries = Ranking(readings, unit: indicator.unit, direction: indicator.direction).entries.compactMap { entry in
            byCode[entry.reading.agency].map { RankEntry(rank: entry.rank, agency: $0, reading: entry.reading) }
        }
        return Document([.sheet(RankReport.sheet(entries, of: indicator, over: period, asOf: asOf, language: language))])
    }

    func readingRoom(
        for wanted: [(indicator: Indicator, period: Period)], agencies: Set<AgencyCode>? = nil, asOf: Instant?
    ) throws(Failure) -> ReadingRoom {
        try reading { () throws(StoreError) in
            try ReadingRoom(core: core, store: store, for: wanted, agencies: agencies, today: today(asOf: asOf), asOf: asOf)
        }
    }

    /// The period an operator named, in the scheme asked for or the indicator's own; without a name the one that was the newest closed.
    func period(_ name: PeriodName?, of indicator: Indicator, scheme: PeriodScheme?, asOf: Instant?) throws(Failure) -> Period {
        let scheme = scheme ?? indicator.scheme
        guard let name else { return Period.lastClosed(indicator.period, scheme: scheme, on: today(asOf: asOf)) }
        guard let period = name.period(in: scheme) else {
            throw Failure(.invalidRequest, language == .vietnamese ? "'\(name)' không phải là kỳ báo cáo" : "'\(name)' is not a period")
        }
        return period
    }

    func indicator(_ id: String) throws(Failure) -> Indicator {
        guard let indicator = core.indicators.first(where: { $0.id == id }) else {
            throw unknown(LocalizedText(vietnamese: "chỉ số", english: "indicator"), id, among: core.indicators.map(\.id))
        }
        return indicator
    }

    public func measure(_ id: MeasureID) throws(Failure) -> Measure {
        guard let measure = core.measures[id] else {
            throw unknown(LocalizedText(vietnamese: "chỉ tiêu", english: "measure"), id.text, among: core.measures.keys.map(\.text))
        }
        return measure
    }

    /// The newest entry of a code, because the past of an abolished agency is asked for too.
    public func agency(_ code: AgencyCode) throws(Failure) -> Agency {
        guard let agency = core.register.newest(code) else {
            throw unknown(LocalizedText(vietnamese: "cơ quan", english: "agency"), code.text, among: core.register.agencies.map(\.code.text))
        }
        return agency
    }
}
