import Model

/// A URL or body with variables for the days that are asked for: `${from}`, `${to}` (inclusive), `${year}`, `${month}`, `${quarter}`.
///
/// Days take a pattern, `${to:dd/MM/yyyy}`; numbers a width, `${month:2}`. `$${` stands for `${` itself.
struct RequestTemplate: Hashable, Sendable {
    enum Part: Hashable, Sendable {
        case literal(String)
        case day(isLast: Bool, Day.Pattern)
        case number(Number, width: Int)
    }

    enum Number: String, CaseIterable, Sendable {
        case year, month, quarter
    }

    struct Malformed: Error {
        let message: String
    }

    let text: String
    private let parts: [Part]

    init(_ text: String) throws(Malformed) {
        self.text = text
        var parts: [Part] = []
        var literal = ""
        var rest = text[...]
        while let dollar = rest.firstRange(of: "${") {
            let before = rest[..<dollar.lowerBound]
            if before.hasSuffix("$") {
                literal += before.dropLast() + "${"
                rest = rest[dollar.upperBound...]
                continue
            }
            guard let end = rest[dollar.upperBound...].firstIndex(of: "}") else { throw Malformed(message: "'${' is never closed") }
            literal += before
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = ""
            parts.append(try RequestTemplate.part(rest[dollar.upperBound..<end]))
            rest = rest[rest.index(after: end)...]
        }
        literal += rest
        if !literal.isEmpty { parts.append(.literal(literal)) }
        self.parts = parts
    }

    /// The numbers of periods that stand in it.
    var numbers: [Number] {
        parts.compactMap { part in
            if case .number(let number, _) = part { number } else { nil }
        }
    }

    /// The text for a window; `escape` is applied to what the variables stand for, not to the text around them.
    func filled(for window: DayRange, scheme: PeriodScheme, escape: (String) -> String = { $0 }) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): return text
            case .day(let isLast, let pattern): return escape((isLast ? window.last : window.start).written(pattern))
            case .number(let number, let width):
                // Every supported day lies in a month and a quarter.
                let kind: Period.Kind = number == .quarter ? .quarter : .month
                guard let period = Period(kind, containing: window.start, scheme: scheme) else { return "" }
                return (number == .year ? period.year : period.index).padded(to: width)
            }
        }.joined()
    }

    private static func part(_ variable: Substring) throws(Malformed) -> Part {
        let pieces = variable.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(pieces[0])
        let format = pieces.count == 2 ? String(pieces[1]) : nil
        if name == "from" || name == "to" {
            guard let pattern = format.map({ Day.Pattern(rawValue: $0) }) ?? .iso else {
                let all = Day.Pattern.allCases.map(\.rawValue).joined(separator: ", ")
                throw Malformed(message: "'${\(variable)}': unknown pattern, expected one of \(all)")
            }
            return .day(isLast: name == "to", pattern)
        }
        guard let number = Number(rawValue: name) else {
            let all = ["from", "to"] + Number.allCases.map(\.rawValue)
            let hint = TextFolding.didYouMean(name, among: all)
            throw Malformed(message: "unknown variable '${\(variable)}', expected one of \(all.joined(separator: ", "))\(hint)")
        }
        guard let width = format.map({ Int($0) }) ?? 1, (1...4).contains(width) else {
            throw Malformed(message: "'${\(variable)}': the width must be a number from 1 to 4")
        }
        return .number(number, width: width)
    }
}

extension Day {
    /// The day in a source's way of writing.
    func written(_ pattern: Pattern) -> String {
        switch pattern {
        case .iso: description
        case .slashed: description.replacing("-", with: "/")
        case .vietnamese: vietnamese
        }
    }
}
