import ArgumentParser
import Control
import Model

/// Reads the arguments an operator types. Each failure says what was expected, with an example.
enum Parse {
    static func period(_ text: String) throws -> PeriodName {
        guard let period = PeriodName(text) else {
            throw ValidationError(
                "'\(text)' is not a period; write 2026-08, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-W32 or 2026-08-01, or as people say it, 8/2026 or \"Quý III/2026\"."
            )
        }
        return period
    }

    static func day(_ text: String) throws -> Day {
        guard let day = Day(text), Day.supported.contains(day) else {
            throw ValidationError("'\(text)' is not a day of 2000 to 2099; write 2026-08-31.")
        }
        return day
    }

    static func year(_ text: String) throws -> Int {
        guard let year = Int(text), text.utf8.count == 4, (Day.supported.lowerBound.year...Day.supported.upperBound.year).contains(year) else {
            throw ValidationError("'\(text)' is not a year of 2000 to 2099; write 2026.")
        }
        return year
    }

    static func instant(_ text: String) throws -> Instant {
        guard let instant = Instant(text) else {
            throw ValidationError("'\(text)' is not a moment; write 2026-08-31 for the end of that day, or 2026-08-31T07:30 by Viet Nam's clocks.")
        }
        return instant
    }

    /// A moment to count from: of a day its beginning, where `instant` takes its end.
    static func beginning(_ text: String) throws -> Instant {
        if let day = Day(text) { return day.start }
        guard let instant = Instant(text) else {
            throw ValidationError(
                "'\(text)' is not a moment; write 2026-08-31 for the beginning of that day, or 2026-08-31T07:30 by Viet Nam's clocks.")
        }
        return instant
    }

    static func agency(_ text: String) throws -> AgencyCode {
        guard let code = AgencyCode(text) ?? AgencyCode(legacy: text) else {
            throw ValidationError("'\(text)' is not an agency's code; write H52.07, as dondoc agencies list prints it.")
        }
        return code
    }

    static func measure(_ text: String) throws -> MeasureID {
        guard let measure = MeasureID(text) else {
            throw ValidationError("'\(text)' is not a measure's id; write one of measures.yaml, such as dossiers.received.")
        }
        return measure
    }

    /// The id of a source or indicator; whether there is one is for the answer to say.
    static func identifier(_ text: String) throws -> String {
        guard Identifier.isValid(text) else {
            throw ValidationError("'\(text)' is not an id; ids are 1 to 64 of a-z, 0-9, '.', '_', '-' and begin with a letter.")
        }
        return text
    }

    /// The id of a source, somebody who pushes as `push:NAME`, or what files are kept under, `import:NAME`.
    static func source(_ text: String) throws -> String {
        let prefix = ["push:", "import:"].first { text.hasPrefix($0) } ?? ""
        guard Identifier.isValid(text.dropFirst(prefix.count)) else {
            throw ValidationError(
                "'\(text)' is neither the id of a source nor push: or import: and a name; write one-stop, push:one-stop or import:csv.")
        }
        return text
    }

    /// How many lines of a list are wanted.
    static func listLength(_ text: String) throws -> Int {
        guard let count = Int(text), (1...500).contains(count) else { throw ValidationError("'\(text)' is not a number from 1 to 500.") }
        return count
    }

    /// How long something is still accepted.
    static func grace(_ text: String) throws -> Duration {
        let factors: [Character: Int] = ["m": 60, "h": 3600, "d": 86_400]
        if text == "0" { return .zero }
        guard let factor = text.last.flatMap({ factors[$0] }), let count = Int(text.dropLast()), (1...10_000).contains(count) else {
            throw ValidationError("'\(text)' is not a duration; write 0, 30m, 12h or 7d.")
        }
        return .seconds(count * factor)
    }

    static func alert(_ text: String) throws -> AlertKey {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, Identifier.isValid(parts[0]), Identifier.isValid(parts[1]), parts[2] == "-" || AgencyCode(parts[2]) != nil else {
            throw ValidationError(
                "'\(text)' is not an alert's key; write rule/subject/agency as dondoc alerts list prints it, such as on-time/dossier.late/H52.07.")
        }
        return AlertKey(rule: parts[0], subject: parts[1], agency: AgencyCode(parts[2]))
    }

    static func delivery(_ text: String) throws -> DeliveryID {
        guard let id = DeliveryID(text) else { throw ValidationError("'\(text)' is not a delivery's number; write D42 or 42.") }
        return id
    }

    static func letter(_ text: String) throws -> Int64 {
        guard let id = Int64(text), id > 0 else {
            throw ValidationError("'\(text)' is not a letter's number; write 7, as dondoc outbox list prints it.")
        }
        return id
    }

    static func format(_ text: String) throws -> OutputFormat { try choice(text) }
    static func language(_ text: String) throws -> Language { try choice(text) }
    static func scheme(_ text: String) throws -> PeriodScheme { try choice(text) }
    static func level(_ text: String) throws -> Agency.Level { try choice(text) }
    static func alertState(_ text: String) throws -> AlertState { try choice(text) }
    static func severity(_ text: String) throws -> Severity { try choice(text) }
    static func letterState(_ text: String) throws -> OutboxItem.State { try choice(text) }
    static func findingKind(_ text: String) throws -> Finding.Kind { try choice(text) }

    private static func choice<Choice: RawRepresentable & CaseIterable>(_ text: String) throws -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: text) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let near = TextFolding.didYouMean(text, among: names)
        throw ValidationError("'\(text)' is not one of \(names.joined(separator: ", "))\(near)")
    }
}
