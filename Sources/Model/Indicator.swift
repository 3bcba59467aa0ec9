/// An indicator (chỉ số) of the dispatch: what is judged, ranked and printed. Definitions are data with versions; nothing in code knows one.
public struct Indicator: Hashable, Sendable {
    /// Which way is good.
    public enum Direction: String, CaseIterable, Sendable, Codable {
        case higherIsBetter = "higher"
        case lowerIsBetter = "lower"
    }

    /// What the printed figure is.
    public enum Unit: String, CaseIterable, Sendable, Codable {
        /// Numerator over denominator, in percent.
        case percent
        /// Numerator over denominator, as a plain quotient with two decimals.
        case quotient
        /// Numerator over (denominator × working days of the period), as a plain quotient with two decimals.
        case perWorkingDay = "per-working-day"
        /// The numerator alone.
        case count
        /// Days from the last day on which the numerator's only measure was above zero to the last day of the period.
        case daysSince = "days-since"

        /// Whether the unit divides by a denominator.
        public var isRatio: Bool { self == .percent || self == .quotient || self == .perWorkingDay }
    }

    /// `dossier.late.resolved`; the form of `Identifier`.
    public let id: String
    public let title: LocalizedText
    /// Where the dispatch asks for it, "1.5; (f)".
    public let clause: String
    public let direction: Direction
    public let unit: Unit
    /// The scheme and kind of the periods it is judged and ranked by.
    public let scheme: PeriodScheme
    public let period: Period.Kind
    /// In order of their effective dates, which do not overlap; at least one.
    public let definitions: [Definition]

    public init(
        id: String, title: LocalizedText, clause: String, direction: Direction, unit: Unit, scheme: PeriodScheme, period: Period.Kind,
        definitions: [Definition]
    ) {
        self.id = id
        self.title = title
        self.clause = clause
        self.direction = direction
        self.unit = unit
        self.scheme = scheme
        self.period = period
        self.definitions = definitions
    }

    /// One version of the definition, with the days it is in force.
    public struct Definition: Hashable, Sendable {
        public let version: Int
        /// The first day it is in force, nil for "always was".
        public let effectiveFrom: Day?
        /// The first day it is no longer in force, nil while it is.
        public let effectiveTo: Day?
        public let numerator: Expression
        /// Nil for counts and days.
        public let denominator: Expression?
        /// The exact wording of numerator and denominator that letters and the catalogue print.
        public let wording: LocalizedText
        /// The measure under which sources deliver their own percentage, which is kept beside ours; its scale is the decimals they print.
        public let reportedPercent: MeasureID?
        /// The text it rests on (căn cứ), printed in letters and reports.
        public let legalBasis: String

        public init(
            version: Int, effectiveFrom: Day? = nil, effectiveTo: Day? = nil, numerator: Expression, denominator: Expression? = nil,
            wording: LocalizedText, reportedPercent: MeasureID? = nil, legalBasis: String
        ) {
            self.version = version
            self.effectiveFrom = effectiveFrom
            self.effectiveTo = effectiveTo
            self.numerator = numerator
            self.denominator = denominator
            self.wording = wording
            self.reportedPercent = reportedPercent
            self.legalBasis = legalBasis
        }

        /// The measures it needs, without repetition, the source's own percentage not among them.
        public var measures: [MeasureID] {
            var seen: Set<MeasureID> = []
            return (numerator.terms + (denominator?.terms ?? [])).map(\.measure).filter { seen.insert($0).inserted }
        }

        /// The measures it needs and the one that carries the source's own percentage: all that has to be loaded to read and check it.
        public var measuresWithReported: [MeasureID] {
            guard let reportedPercent, !measures.contains(reportedPercent) else { return measures }
            return measures + [reportedPercent]
        }
    }

    /// The definition in force over the whole of an interval; nil when there is none or when a break (thay đổi định nghĩa) lies inside, because
    /// figures on both sides of a break must not be added.
    public func definition(over range: DayRange) -> Definition? {
        definitions.first { definition in
            (definition.effectiveFrom.map { $0 <= range.start } ?? true) && (definition.effectiveTo.map { range.end <= $0 } ?? true)
        }
    }
}

/// A sum of measures with signs, `dossiers.received.online + dossiers.received.direct? - dossiers.suspended`.
public struct Expression: Hashable, Sendable {
    public struct Term: Hashable, Sendable {
        public let measure: MeasureID
        public let isSubtracted: Bool
        /// Written with `?`: a source that does not deliver the measure means zero, not "unknown".
        public let isOptional: Bool

        public init(measure: MeasureID, isSubtracted: Bool = false, isOptional: Bool = false) {
            self.measure = measure
            self.isSubtracted = isSubtracted
            self.isOptional = isOptional
        }
    }

    /// At least one.
    public let terms: [Term]

    public init(_ terms: [Term]) {
        self.terms = terms
    }

    /// Nil when the text is not measures joined by `+` and `-`.
    public init?(_ text: String) {
        var terms: [Term] = []
        var isSubtracted = false
        var expectsTerm = true
        for word in text.split(separator: " ") {
            if word == "+" || word == "-" {
                guard !expectsTerm else { return nil }
                isSubtracted = word == "-"
                expectsTerm = true
            } else {
                let isOptional = word.hasSuffix("?")
                guard expectsTerm, let measure = MeasureID(isOptional ? word.dropLast() : word) else { return nil }
                terms.append(Term(measure: measure, isSubtracted: isSubtracted, isOptional: isOptional))
                expectsTerm = false
            }
        }
        guard !expectsTerm else { return nil }
        self.init(terms)
    }
}

extension Expression: CustomStringConvertible {
    /// As it is written in indicators.yaml.
    public var description: String {
        terms.enumerated().map { index, term in
            let sign = term.isSubtracted ? "- " : (index == 0 ? "" : "+ ")
            return sign + term.measure.text + (term.isOptional ? "?" : "")
        }.joined(separator: " ")
    }
}
