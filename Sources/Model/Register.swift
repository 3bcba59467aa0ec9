/// The dated register of agencies and their successions: every question "who" is asked with a day.
///
/// A code may stand for several agencies one after another (never at the same time), so look-ups by code take a day or an interval.
public struct Register: Sendable {
    public let agencies: [Agency]
    public let successions: [Succession]
    private let byCode: [AgencyCode: [Agency]]
    private let byText: [String: AgencyCode]
    private let byAlias: [String: [Agency]]
    private let successionsByPredecessor: [AgencyCode: [Succession]]

    public init(agencies: [Agency], successions: [Succession] = []) {
        self.agencies = agencies.sorted { ($0.code, $0.validFrom) < ($1.code, $1.validFrom) }
        self.successions = successions
        byCode = Dictionary(grouping: self.agencies, by: \.code)
        byText = Dictionary(self.agencies.map { ($0.code.text, $0.code) }, uniquingKeysWith: { first, _ in first })
        byAlias = Dictionary(
            grouping: self.agencies.flatMap { agency in Set(([agency.name] + agency.aliases).map(TextFolding.key)).map { ($0, agency) } },
            by: \.0
        ).mapValues { $0.map(\.1) }
        successionsByPredecessor = Dictionary(grouping: successions, by: \.predecessor)
    }

    /// Whether the code is or was of an agency.
    public func knows(_ code: AgencyCode) -> Bool { byCode[code] != nil }

    /// The code that is or was of an agency and is written like this, in the new form or the old. Known ones are not taken apart again: a push
    /// names hundreds.
    public func code(written text: String) -> AgencyCode? {
        if let code = byText[text] { return code }
        guard let code = AgencyCode(legacy: text), knows(code) else { return nil }
        return code
    }

    /// The agency with this code on a day.
    public func agency(_ code: AgencyCode, on day: Day) -> Agency? {
        byCode[code]?.first { $0.exists(on: day) }
    }

    /// The agency that had this code on some day of an interval; late figures of an abolished agency belong to its old periods.
    public func agency(_ code: AgencyCode, in range: DayRange) -> Agency? {
        byCode[code]?.last { $0.exists(in: range) }
    }

    /// On how many days of an interval there was an agency with this code.
    public func days(of code: AgencyCode, in range: DayRange) -> Int {
        (byCode[code] ?? []).reduce(0) { days, agency in
            days + max(0, min(agency.validTo ?? range.end, range.end) - max(agency.validFrom, range.start))
        }
    }

    /// The newest entry of a code, for showing names of agencies that may be gone.
    public func newest(_ code: AgencyCode) -> Agency? { byCode[code]?.last }

    /// The agencies that a name or alias stands for in an interval. More than one means the name is ambiguous and must not be used.
    public func agencies(named name: String, in range: DayRange) -> [Agency] {
        byAlias[TextFolding.key(name)]?.filter { $0.exists(in: range) } ?? []
    }

    /// The agencies that exist on at least one day of an interval, in order of their codes.
    public func agencies(in range: DayRange, level: Agency.Level? = nil) -> [Agency] {
        agencies.filter { $0.exists(in: range) && (level == nil || $0.level == level) }
    }

    /// The agencies directly below one on a day.
    public func children(of code: AgencyCode, on day: Day) -> [Agency] {
        agencies.filter { $0.parent == code && $0.exists(on: day) }
    }

    /// Who answers on a day for what `code` once did: itself while it exists, otherwise its successors, followed through later successions.
    /// With a measure, a function that moved without a merger is followed too. Empty when the trail ends.
    public func answerable(for code: AgencyCode, measure: MeasureID? = nil, on day: Day) -> [Agency] {
        var found: [AgencyCode: Agency] = [:]
        var visited: Set<AgencyCode> = []
        var open = [code]
        while let next = open.popLast() {
            guard visited.insert(next).inserted else { continue }
            let moved = (successionsByPredecessor[next] ?? []).filter { $0.effective <= day }
            let ofMeasure = moved.filter { succession in measure.map { succession.measures.contains($0) } ?? false }
            if !ofMeasure.isEmpty {
                open += ofMeasure.map(\.successor)
            } else if let agency = agency(next, on: day) {
                found[next] = agency
            } else {
                let whole = moved.filter(\.measures.isEmpty)
                open += (whole.isEmpty ? moved : whole).map(\.successor)
            }
        }
        return found.values.sorted { $0.code < $1.code }
    }
}
