import Model

/// Whom and what a sender's scope reaches, asked of the register with days: an agency below another is below it while the register says so.
public struct PushReach: Sendable {
    /// Whether the scope is the whole province; only then may answers tell what is unknown from what is not the sender's.
    public let isEverybody: Bool
    private let agencies: Set<AgencyCode>
    private let includesBelow: Bool
    private let measures: Set<MeasureID>?
    private let register: Register

    /// More levels than any register has; a register whose parents go round in a circle must not hang a push.
    private static let mostLevels = 16

    /// A scope of nil reaches everything.
    public init(_ scope: PushScope?, register: Register, province: AgencyCode) {
        agencies = Set(scope?.agencies ?? [])
        includesBelow = scope?.includesBelow ?? true
        measures = scope?.measures.map { Set($0) }
        isEverybody = scope == nil || (includesBelow && agencies.contains(province))
        self.register = register
    }

    /// Whether the sender may speak of a measure.
    public func covers(_ measure: MeasureID) -> Bool { measures?.contains(measure) ?? true }

    /// Whether the sender may speak for an agency over some days. Where it was not in force then, its newest entry decides, so that the sender
    /// learns what is wrong with its own agencies and nothing of others.
    public func covers(_ code: AgencyCode, in range: DayRange) -> Bool {
        if isEverybody || agencies.contains(code) { return true }
        guard includesBelow else { return false }
        var agency = register.agency(code, in: range) ?? register.newest(code)
        for _ in 0..<PushReach.mostLevels {
            guard let parent = agency?.parent else { return false }
            if agencies.contains(parent) { return true }
            agency = register.agency(parent, in: range) ?? register.newest(parent)
        }
        return false
    }

    /// Whether the sender is held to some measures, so that one outside is out of scope whether there is such a measure or not.
    var limitsMeasures: Bool { measures != nil }
}
