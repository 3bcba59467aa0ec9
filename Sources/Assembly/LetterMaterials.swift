import Indicators
import Model
import Notify
import Store

/// Looks up what letters say and show beside what they tell.
public struct LetterMaterials {
    private let configuration: Configuration
    private let store: Store

    /// How many periods the picture of a figure shows, and of how many alerts a letter can show one.
    private static let periods = 12
    private static let pictures = 6

    public init(configuration: Configuration, store: Store) {
        self.configuration = configuration
        self.store = store
    }

    /// Everything for one letter. `urged` is how far its alerts were urged before.
    public func material(for notice: Notice, urged: [AlertKey: Urged], answers: StandingAnswers, at now: Instant) throws(StoreError) -> LetterMaterial
    {
        var material = LetterMaterial()
        material.bounced = Set(try store.bouncedAddresses().map(\.address))
        material.provenance = try provenance(of: notice.transitions, today: now.day)
        let keys = notice.transitions.map(\.key)
        let episodes = Dictionary(keys.compactMap { key in urged[key].map { (key, $0.toldAt) } }, uniquingKeysWith: { first, _ in first })
        add(try store.earlierLetters(on: episodes), to: notice.agency?.code, &material)
        material.answers = answers
        guard configuration.core.province.mail?.showsPictures ?? false else { return material }
        for transition in notice.transitions.filter({ $0.to != .resolved }).prefix(LetterMaterials.pictures) {
            guard let reading = transition.reason.judged?.reading else { continue }
            material.histories[transition.key] = try history(through: reading, today: now.day)
        }
        return material
    }

    /// What the addressee has been told before: only letters that it got. The operators, who look after all of it, are told when anybody first was.
    private func add(_ earlier: [AlertKey: [EarlierLetter]], to addressee: AgencyCode?, _ material: inout LetterMaterial) {
        let own = earlier.mapValues { letters in letters.filter { $0.agency == addressee } }
        material.firstTold = (addressee == nil ? earlier : own).compactMapValues { $0.first?.writtenAt }
        material.earlierLetters = own.values.map(\.count).max() ?? 0
        material.thread = Set(own.values.joined()).sorted { $0.id < $1.id }.map(\.messageID)
    }

    /// For each alert the lines that say where its figure comes from.
    private func provenance(of transitions: [Transition], today: Day) throws(StoreError) -> [AlertKey: [String]] {
        let core = configuration.core
        let titles = Dictionary(configuration.sources.map { ($0.settings.id, $0.settings.title) }, uniquingKeysWith: { first, _ in first })
        var lines: [AlertKey: [String]] = [:]
        for transition in transitions {
            guard let reading = transition.reason.judged?.reading, let indicator = indicator(of: reading) else { continue }
            let provenance = try Provenance(of: reading, indicator: indicator, core: core, store: store, today: today)
            lines[transition.key] = provenance.lines(titles: titles, language: core.province.language)
        }
        return lines
    }

    /// The readings of the periods up to the one of a reading, by the same definition, without those before the first figure.
    private func history(through reading: Reading, today: Day) throws(StoreError) -> [Reading] {
        guard let indicator = indicator(of: reading) else { return [] }
        let calculator = Calculator(measures: configuration.core.measures, calendar: configuration.core.calendar)
        let periods = (0..<LetterMaterials.periods).map { reading.period.advanced(by: $0 + 1 - LetterMaterials.periods) }
        guard let days = periods.map({ calculator.window(for: indicator, over: $0) }).hull else { return [] }
        let measures = Set(periods.flatMap { calculator.neededMeasures(for: indicator, over: $0) }).sorted()
        let cells = try store.cells(of: measures, in: days, agencies: [reading.agency])
        let readings = periods.map { calculator.reading(of: indicator, agency: reading.agency, over: $0, from: cells, today: today) }
        return Array(readings.filter { $0.definitionVersion == reading.definitionVersion }.drop { $0.state == .notReported })
    }

    private func indicator(of reading: Reading) -> Indicator? { configuration.core.indicators.first { $0.id == reading.indicator } }
}
