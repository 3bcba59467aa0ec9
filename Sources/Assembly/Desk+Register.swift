import Control
import Model
import Reports

extension Desk {
    /// The agencies of a day; without a day, today's.
    func agenciesList(on day: Day?, level: Agency.Level?) -> Document {
        let agencies = core.register.agencies(in: DayRange(day ?? today), level: level)
        return Document([.sheet(AgenciesReport.sheet(agencies, on: day ?? today, language: language))])
    }

    func agenciesShow(_ code: AgencyCode) throws(Failure) -> Document {
        _ = try agency(code)
        return AgenciesReport.document(
            code: code, entries: core.register.agencies.filter { $0.code == code },
            successions: core.register.successions.filter { $0.predecessor == code || $0.successor == code },
            answerable: core.register.answerable(for: code, on: today), on: today, language: language)
    }

    func agenciesTree(on day: Day?) -> Document {
        Document([.sheet(AgencyTimeReport.tree(core.register, on: day ?? today, language: language))])
    }

    func agenciesHistory(_ code: AgencyCode) throws(Failure) -> Document {
        _ = try agency(code)
        return AgencyTimeReport.history(
            of: code, core.register, answerable: core.register.answerable(for: code, on: today), on: today, language: language)
    }

    func indicatorsList() -> Document {
        Document([.sheet(IndicatorsReport.sheet(core.indicators, targets: core.targets, today: today, language: language))])
    }

    func indicatorsShow(_ id: String) throws(Failure) -> Document {
        IndicatorsReport.document(try indicator(id), targets: core.targets, today: today, language: language)
    }
}
