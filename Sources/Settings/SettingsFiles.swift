import Foundation
import Model

/// A configuration directory, file by file. Each function reports every problem it finds; nil or a short list is never the only sign of one.
public enum SettingsFiles {
    /// The files that everything rests on: dondoc.yaml, the register, the calendar, the catalogue and the targets.
    ///
    /// - Returns: nil when a file could not be read at all. With problems in the list a value is still returned where it can be, so that later
    ///   files are checked too; it must not be used then.
    public static func core(in directory: String, problems: ProblemList) -> CoreSettings? {
        let files = YAMLFile(directory: directory, problems: problems)
        let province = ProvinceFile(files: files).read()
        let measures = CatalogueFiles(files: files).measures()
        let register = RegisterFiles(files: files).read(measures: measures, province: province?.province)
        let calendar = CalendarFile(files: files).read()
        let indicators = CatalogueFiles(files: files).indicators(measures: measures)
        let targets = TargetsFile(files: files).read(indicators: indicators, register: register)
        guard let province, let register, let calendar else { return nil }
        return CoreSettings(
            province: province, register: register, calendar: calendar, measures: measures, indicators: indicators, targets: targets)
    }

    /// The sources in sources.d, one a file, with a reader that the kind of connector reads its own keys from.
    public static func sources(in directory: String, problems: ProblemList) -> [(SourceSettings, SettingsReader)] {
        let files = YAMLFile(directory: directory, problems: problems)
        var seen: [String: String] = [:]
        return files.names(in: "sources.d", ending: ".yaml").compactMap { name in
            guard let reader = files.reader("sources.d/\(name)"), let source = SourceSettings(reader) else { return nil }
            if let other = seen.updateValue(name, forKey: source.id) {
                reader.problem("id", "the source '\(source.id)' is already in sources.d/\(other); ids must differ")
                return nil
            }
            return (source, reader)
        }
    }

    /// The rules of rules.yaml, with a reader that the kind of rule reads its own keys from.
    public static func rules(in directory: String, problems: ProblemList) -> [(id: String, kind: String, SettingsReader)] {
        guard let file = YAMLFile(directory: directory, problems: problems).reader("rules.yaml") else { return [] }
        var seen: Set<String> = []
        let rules = (file.readers("rules") ?? []).compactMap { reader -> (id: String, kind: String, SettingsReader)? in
            let id = reader.identifier("id")
            let kind = reader.requiredString("kind")
            guard let id, let kind else { return nil }
            guard seen.insert(id).inserted else {
                reader.problem("id", "the rule '\(id)' stands twice; ids must differ")
                return nil
            }
            return (id, kind, reader)
        }
        if !file.has("rules") { file.problem(nil, "'rules' is missing; write 'rules: []' for none") }
        file.finish()
        return rules
    }

    /// The letter templates of a language by name; every file templates/<language>/<name>.mustache is one.
    public static func templates(in directory: String, language: Language, problems: ProblemList) -> [String: String] {
        let files = YAMLFile(directory: directory, problems: problems)
        let folder = "templates/\(language.rawValue)"
        var templates: [String: String] = [:]
        for name in files.names(in: folder, ending: ".mustache") {
            templates[String(name.dropLast(".mustache".count))] = files.text("\(folder)/\(name)")
        }
        return templates
    }
}

/// Everything but sources, rules and templates, which other modules understand.
public struct CoreSettings: Sendable {
    public var province: ProvinceSettings
    public var register: Register
    public var calendar: WorkCalendar
    public var measures: [MeasureID: Measure]
    /// In the order of the file, which is the order of the dispatch.
    public var indicators: [Indicator]
    public var targets: Targets

    public init(
        province: ProvinceSettings, register: Register, calendar: WorkCalendar, measures: [MeasureID: Measure], indicators: [Indicator],
        targets: Targets
    ) {
        self.province = province
        self.register = register
        self.calendar = calendar
        self.measures = measures
        self.indicators = indicators
        self.targets = targets
    }
}

extension SettingsReader {
    /// A required key with the form of `Identifier`.
    func identifier(_ key: String) -> String? {
        requiredValue(key, expected: "1 to 64 of a-z, 0-9, '.', '_', '-', beginning with a letter") { Identifier.isValid($0) ? $0 : nil }
    }

    /// `from` and `to`, both inclusive, as a half-open pair; `to` before `from` is a problem.
    func effectiveDays() -> (from: Day?, to: Day?) {
        let from = day("from")
        let to = day("to").map { $0 + 1 }
        if let from, let to, to <= from { problem("to", "'to' is \(to - 1), before 'from', which is \(from)") }
        return (from, to)
    }
}
