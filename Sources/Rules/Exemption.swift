import Model
import Settings

/// An agency that a rule is not about for some days, with the reason that is printed: an office that moves, a system that is exchanged.
public struct Exemption: Hashable, Sendable {
    public let agency: AgencyCode
    public let from: Day
    /// The first day it no longer holds, nil while it is open.
    public let to: Day?
    public let reason: String

    public init(agency: AgencyCode, from: Day, to: Day? = nil, reason: String) {
        self.agency = agency
        self.from = from
        self.to = to
        self.reason = reason
    }

    /// Whether it holds for an agency on a day.
    func holds(for agency: AgencyCode, on day: Day) -> Bool { agency == self.agency && from <= day && to.map { day < $0 } ?? true }
}

extension Exemption {
    /// Reads `except`; empty when the key is absent, nil when something in it is wrong.
    static func list(_ reader: SettingsReader, _ context: RuleContext) -> [Exemption]? {
        guard reader.has("except") else { return [] }
        guard let entries = reader.readers("except") else { return nil }
        let read = entries.map { entry -> Exemption? in
            defer { entry.finish() }
            return Exemption(entry, context)
        }
        let exemptions = read.compactMap(\.self)
        for (index, exemption) in exemptions.enumerated() where exemptions[..<index].contains(where: exemption.overlaps) {
            reader.problem("except", "'\(exemption.agency)' is excepted twice on some of these days; end one with 'to'")
            return nil
        }
        return exemptions.count == read.count ? exemptions : nil
    }

    private init?(_ entry: SettingsReader, _ context: RuleContext) {
        let agency = entry.requiredValue("agency", expected: "an agency code such as H52.07") { AgencyCode($0) }
        let reason = entry.requiredString("reason")
        let (from, to) = entry.effectiveDays()
        if !entry.has("from") { entry.problem(nil, "missing 'from': the first day on which the agency is excepted") }
        let isKnown = agency.map(context.register.knows) ?? false
        if let agency, !isKnown { entry.problem("agency", "no agency has the code '\(agency)' in agencies.csv") }
        let isInOrder = from.map { from in to.map { from < $0 } ?? !entry.has("to") } ?? false
        guard let agency, let reason, let from, isKnown, isInOrder else { return nil }
        self.init(agency: agency, from: from, to: to, reason: reason)
    }

    private func overlaps(_ other: Exemption) -> Bool {
        agency == other.agency && (to.map { other.from < $0 } ?? true) && (other.to.map { from < $0 } ?? true)
    }
}

extension Rule {
    /// The verdict, or that the agency is excepted on the last day of the period, of a rule without periods today: then an alert ends, with the
    /// reason, and none begins.
    func excused(_ verdict: Verdict, on today: Day) -> Verdict {
        guard !exemptions.isEmpty, let agency = verdict.key.agency else { return verdict }
        let day = verdict.period?.range.last ?? today
        guard let exemption = exemptions.first(where: { $0.holds(for: agency, on: day) }) else { return verdict }
        let facts = Reason.Excepted(from: exemption.from, last: exemption.to.map { $0 - 1 }, reason: exemption.reason)
        return Verdict(key: verdict.key, condition: .clear(.excepted(facts)), period: verdict.period)
    }
}
