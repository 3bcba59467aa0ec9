import Indicators
import Model
import Settings
import Store

/// The cells of some indicators and periods, loaded once, and the readings computed from them.
///
/// Lives for one question or one judgement, so that all its readings are of one moment.
public struct ReadingRoom: Sendable {
    private struct Key: Hashable {
        let indicator: String
        let period: Period
    }

    private let calculator: Calculator
    private let today: Day
    private let tables: [Key: CellTable]

    /// - Parameters:
    ///   - agencies: whose cells are needed; nil for all.
    ///   - today: the day the readings are made on; with `asOf` the day of that instant, or open periods would look closed.
    ///   - asOf: the instant whose knowledge the readings rest on; nil for now.
    public init(
        core: CoreSettings, store: Store, for wanted: [(indicator: Indicator, period: Period)], agencies: Set<AgencyCode>? = nil, today: Day,
        asOf: Instant? = nil
    ) throws(StoreError) {
        let calculator = Calculator(measures: core.measures, calendar: core.calendar)
        try self.init(calculator, wanted, today: today) { measures, range throws(StoreError) in
            try store.cells(of: measures, in: range, agencies: agencies, asOf: asOf)
        }
    }

    /// For all agencies, as their cells are known now, from a shelf that keeps them from one judgement to the next.
    public init(
        core: CoreSettings, shelf: CellShelf, for wanted: [(indicator: Indicator, period: Period)], today: Day
    ) throws(StoreError) {
        try self.init(Calculator(measures: core.measures, calendar: core.calendar), wanted, today: today) { measures, range throws(StoreError) in
            try shelf.cells(of: measures, in: range)
        }
    }

    private init(
        _ calculator: Calculator, _ wanted: [(indicator: Indicator, period: Period)], today: Day,
        cells: ([MeasureID], DayRange) throws(StoreError) -> CellTable
    ) throws(StoreError) {
        var tables: [Key: CellTable] = [:]
        for (indicator, period) in wanted {
            tables[Key(indicator: indicator.id, period: period)] = try cells(
                calculator.neededMeasures(for: indicator, over: period), calculator.window(for: indicator, over: period))
        }
        self.calculator = calculator
        self.today = today
        self.tables = tables
    }

    /// The reading of one agency. An indicator and period that were not loaded have no cells, which is a mistake of the caller.
    public func reading(of indicator: Indicator, agency: AgencyCode, over period: Period) -> Reading {
        calculator.reading(of: indicator, agency: agency, over: period, from: cells(of: indicator, over: period), today: today)
    }

    /// How the reading of one agency comes about, from the same cells.
    public func account(of indicator: Indicator, agency: AgencyCode, over period: Period) -> Account {
        calculator.account(of: indicator, agency: agency, over: period, from: cells(of: indicator, over: period), today: today)
    }

    /// The cells that the readings of an indicator and period rest on.
    public func cells(of indicator: Indicator, over period: Period) -> CellTable {
        tables[Key(indicator: indicator.id, period: period)] ?? CellTable([:])
    }
}
