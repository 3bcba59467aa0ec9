import Control
import Model
import Reports
import Store

extension Desk {
    /// A reading walked back from its percentage to the bytes it rests on.
    func explain(_ id: String, of code: AgencyCode, over name: PeriodName, scheme: PeriodScheme?, asOf: Instant?) throws(Failure) -> Document {
        let indicator = try self.indicator(id)
        let newest = try agency(code)
        let period = try self.period(name, of: indicator, scheme: scheme, asOf: asOf)
        let explanation = try explanation(of: indicator, agency: code, over: period, asOf: asOf)
        let agency = core.register.agency(code, in: period.range) ?? newest
        return ExplanationReport.document(explanation, agency: agency, asOf: asOf, language: language)
    }

    /// All that a reading rests on, as it was known at an instant.
    func explanation(of indicator: Indicator, agency: AgencyCode, over period: Period, asOf: Instant?) throws(Failure) -> Explanation {
        let reading = try readingRoom(for: [(indicator, period)], agencies: [agency], asOf: asOf)
            .reading(of: indicator, agency: agency, over: period)
        let provenance = try self.reading { () throws(StoreError) in
            try Provenance(of: reading, indicator: indicator, core: core, store: store, today: today(asOf: asOf), asOf: asOf)
        }
        let kept = try self.reading { () throws(StoreError) in try store.keptBodies(of: provenance.deliveries.map(\.id)) }
        return Explanation(
            reading: reading, indicator: indicator, account: provenance.account, measures: core.measures, deliveries: provenance.deliveries,
            kept: kept)
    }
}
