import Model
import Settings

/// Which indicators and agencies a rule is about: the keys that rule kinds share.
public struct RuleScope: Sendable {
    public let indicators: [Indicator]
    public let levels: Set<Agency.Level>
    /// Nil: all agencies of the levels, unless there are groups.
    public let agencies: Set<AgencyCode>?
    /// Agencies with everything below them.
    public let groups: Set<AgencyCode>
    /// Whom it is not about for some days.
    public let exemptions: [Exemption]
    /// The agencies among them that one run is about, where it is not about all.
    var only: Set<AgencyCode>?

    public init(
        indicators: [Indicator], levels: Set<Agency.Level> = RuleScope.usualLevels, agencies: Set<AgencyCode>? = nil,
        groups: Set<AgencyCode> = [], exemptions: [Exemption] = []
    ) {
        self.indicators = indicators
        self.levels = levels
        self.agencies = agencies
        self.groups = groups
        self.exemptions = exemptions
    }

    /// Everything below the province, which is the sum of the others.
    public static let usualLevels: Set<Agency.Level> = [.department, .district, .commune]

    /// The agencies in scope that exist on some day of an interval, each code once.
    func agencies(in range: DayRange, register: Register) -> [Agency] {
        var seen: Set<AgencyCode> = []
        return register.agencies(in: range).reversed().filter { agency in
            levels.contains(agency.level) && only?.contains(agency.code) ?? true && names(agency, in: range, register)
                && seen.insert(agency.code).inserted
        }.reversed()
    }

    /// Whether it is still about what an alert is about. An agency that has ended counts as it was on its last day.
    func covers(_ key: AlertKey, register: Register, today: Day) -> Bool {
        guard indicators.isEmpty || indicators.contains(where: { $0.id == key.subject }) else { return false }
        guard let code = key.agency else { return true }
        guard let agency = register.newest(code) else { return false }
        let day = agency.validTo.map { min($0 - 1, today) } ?? max(agency.validFrom, today)
        return levels.contains(agency.level) && names(agency, in: DayRange(day), register)
    }

    /// Whether an agency is named, or lies below a group that is; by the parents it had then.
    private func names(_ agency: Agency, in range: DayRange, _ register: Register) -> Bool {
        if agencies == nil, groups.isEmpty { return true }
        if agencies?.contains(agency.code) ?? false { return true }
        var above: Agency? = agency
        // No register is deeper; a circle of parents is refused when it is read.
        for _ in 0..<16 {
            guard let one = above else { return false }
            if groups.contains(one.code) { return true }
            above = one.parent.flatMap { register.agency($0, in: range) }
        }
        return false
    }

    /// The cadences of its indicators, each once, in a stable order.
    var cadences: [Cadence] { Set(indicators.map(Cadence.init(of:))).sorted() }

    func indicators(of cadence: Cadence) -> [Indicator] { indicators.filter { Cadence(of: $0) == cadence } }
}

/// What a rule's block in rules.yaml may refer to.
public struct RuleContext: Sendable {
    public let indicators: [Indicator]
    public let measures: [MeasureID: Measure]
    public let register: Register
    public let sources: [String]

    public init(indicators: [Indicator], measures: [MeasureID: Measure], register: Register, sources: [String]) {
        self.indicators = indicators
        self.measures = measures
        self.register = register
        self.sources = sources
    }
}

extension RuleScope {
    /// Reads `indicators` (required unless `readsIndicators` is false), `levels`, `agencies`, `groups` and `except`. Nil when something in them is wrong; the
    /// problems are with the reader.
    init?(_ reader: SettingsReader, _ context: RuleContext, readsIndicators: Bool = true) {
        let indicators = readsIndicators ? RuleScope.indicators(reader, context) : []
        let levels = RuleScope.levels(reader)
        let agencies = RuleScope.agencies("agencies", reader, context)
        let groups = RuleScope.agencies("groups", reader, context)
        let exemptions = Exemption.list(reader, context)
        guard let indicators, let levels, let agencies, let groups, let exemptions else { return nil }
        guard RuleScope.isAmong(levels, agencies, reader, context) else { return nil }
        self.init(
            indicators: indicators, levels: levels, agencies: agencies.isEmpty ? nil : agencies, groups: groups, exemptions: exemptions)
    }

    private static func indicators(_ reader: SettingsReader, _ context: RuleContext) -> [Indicator]? {
        guard let ids = reader.strings("indicators") else {
            if !reader.has("indicators") { reader.problem(nil, "missing 'indicators': list the ids of indicators, or write 'all'") }
            return nil
        }
        if ids == ["all"] { return context.indicators }
        let known = context.indicators.map(\.id)
        return resolve(ids, key: "indicators", known: known, what: "indicator", reader) { id in context.indicators.first { $0.id == id } }
    }

    private static func levels(_ reader: SettingsReader) -> Set<Agency.Level>? {
        guard reader.has("levels") else { return usualLevels }
        guard let names = reader.strings("levels") else { return nil }
        let known = Agency.Level.allCases.map(\.rawValue)
        return resolve(names, key: "levels", known: known, what: "level", reader, Agency.Level.init(rawValue:)).map(Set.init)
    }

    /// Whether each agency that is named is of one of the levels: one whose level is left out would be judged by nobody, without a word.
    private static func isAmong(
        _ levels: Set<Agency.Level>, _ agencies: Set<AgencyCode>, _ reader: SettingsReader, _ context: RuleContext
    ) -> Bool {
        var isSound = true
        for code in agencies {
            let own = context.register.agencies.filter { $0.code == code }.map(\.level)
            guard let level = own.last, levels.isDisjoint(with: own) else { continue }
            isSound = false
            reader.problem(
                item: code.text, of: "agencies",
                "'\(code)' is of the level \(level.rawValue), which 'levels' leaves out; name that level too, or take the agency out")
        }
        return isSound
    }

    /// Empty when the key is absent.
    private static func agencies(_ key: String, _ reader: SettingsReader, _ context: RuleContext) -> Set<AgencyCode>? {
        guard reader.has(key) else { return [] }
        guard let codes = reader.strings(key) else { return nil }
        let known = context.register.agencies.map(\.code.text)
        return resolve(codes, key: key, known: known, what: "agency code", reader) { text in
            AgencyCode(text).flatMap { context.register.knows($0) ? $0 : nil }
        }.map(Set.init)
    }

    /// Turns names into values; every unknown one is a problem of its own with the nearest known name.
    static func resolve<T>(
        _ names: [String], key: String, known: [String], what: String, _ reader: SettingsReader, _ find: (String) -> T?
    ) -> [T]? {
        if names.isEmpty { reader.problem(key, "'\(key)' is empty: name at least one \(what), or leave the key out") }
        var found: [T] = []
        for name in names {
            if let value = find(name) {
                found.append(value)
            } else {
                let hint = TextFolding.didYouMean(name, among: known)
                reader.problem(item: name, of: key, "unknown \(what) '\(name)'\(hint)")
            }
        }
        return found.count == names.count && !names.isEmpty ? found : nil
    }
}
