import Foundation
import Model

/// A configuration directory, file by file. Each function reports every problem it finds; nil or a short list is never the only sign of one.
public enum SettingsFiles {
    /// Why a directory cannot be read at all, nil when it can; without this every file of it would be reported as missing.
    public static func obstacle(_ path: String) -> Problem? {
        var facts = stat()
        // The dot is looked up in the directory, which takes the right to search it.
        if stat("\(path)/.", &facts) == 0 { return nil }
        return errno == EACCES ? Problem(file: path, message: YAMLFile.obstacle(code: EACCES)) : missing(path)
    }

    /// Where a setting's path leads; a relative one begins in the configuration directory.
    static func path(_ text: String, in directory: String) -> String { text.hasPrefix("/") ? text : "\(directory)/\(text)" }

    private static func missing(_ directory: String) -> Problem {
        Problem(file: directory, message: "there is no such directory; give the one that holds dondoc.yaml")
    }

    /// Where the daemon of a directory takes questions; nil with a problem when its dondoc.yaml does not say.
    public static func controlSocket(in directory: String, problems: ProblemList) -> String? {
        if let obstacle = obstacle(directory) {
            problems.add(obstacle)
            return nil
        }
        return ProvinceFile(files: YAMLFile(directory: directory, problems: problems)).controlSocket()
    }

    /// The files that everything rests on: dondoc.yaml, the register, the calendar, the catalogue and the targets.
    ///
    /// - Parameter replacements: texts to read in the place of files, by name.
    /// - Returns: nil when the register or the catalogue could not be read at all. With problems in the list a value is still returned where
    ///   it can be, so that sources and rules are checked in the same run; it must not be used then.
    public static func core(in directory: String, replacing replacements: [String: String] = [:], problems: ProblemList) -> CoreSettings? {
        let files = YAMLFile(directory: directory, problems: problems, replacements: replacements)
        checkNames(files)
        let province = ProvinceFile(files: files).read()
        let calendar = CalendarFile(files: files).read()
        let measures = MeasuresFile(files: files).read()
        let register = RegisterFiles(files: files, measures: measures, province: province?.province).read()
        let indicators = IndicatorsFile(files: files, measures: measures).read()
        let targets = TargetsFile(files: files, indicators: indicators, register: register).read()
        guard let register, let indicators, measures.isReadable else { return nil }
        PushNames(files: files, register: register, measures: measures).check()
        return CoreSettings(
            province: province ?? .unreadable(in: directory), register: register, calendar: calendar, measures: measures.all, indicators: indicators,
            targets: targets)
    }

    /// A short name for the contents of some files, `v-0c1f9a3e5b7d2468`: the same texts give the same name.
    public static func version(of names: [String], in directory: String) -> String {
        var fingerprint = Fingerprint()
        for name in names {
            // A file that cannot be read is a problem of the reading, not of its name.
            fingerprint.add(FileManager.default.contents(atPath: "\(directory)/\(name)") ?? Data())
            fingerprint.add(CollectionOfOne(0xFF))
        }
        return "v-" + fingerprint.digits
    }

    /// The mapping at the top of a text that stands in no directory, such as a map that an operator hands in with a file.
    public static func mapping(of text: String, named name: String, problems: ProblemList) -> SettingsReader? {
        YAMLFile(directory: "", problems: problems, replacements: [name: text]).reader(name)
    }

    /// The working calendar alone, for whoever looks at nothing else.
    public static func calendar(in directory: String, problems: ProblemList) -> WorkCalendar {
        CalendarFile(files: YAMLFile(directory: directory, problems: problems)).read()
    }

    private static let names = [
        "agencies.csv", "calendar.yaml", "dondoc.yaml", "indicators.yaml", "measures.yaml", "rules.yaml", "successions.csv", "targets.yaml",
    ]

    /// A file with a mistyped name would be ignored, and whoever wrote it would think it is in force.
    private static func checkNames(_ files: YAMLFile) {
        for name in files.names(in: ".") where !names.contains(name) && isConfiguration(name) {
            let hint = TextFolding.nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? "; move it out of this directory"
            files.problems.add(Problem(file: name, message: "no file of this name is read\(hint)"))
        }
        for name in files.names(in: "sources.d") where !name.hasSuffix(".yaml") && isConfiguration(name) {
            files.problems.add(Problem(file: "sources.d/\(name)", message: "is not read; names of sources end in .yaml"))
        }
    }

    private static func isConfiguration(_ name: String) -> Bool { [".yaml", ".yml", ".csv", ".json"].contains { name.hasSuffix($0) } }

    /// The sources in sources.d, one a file, with a reader that the kind of connector reads its own keys from. A source with a mistake in its
    /// common keys is among them, so that its own keys are checked too and rules may name it.
    public static func sources(in directory: String, problems: ProblemList) -> [(SourceSettings, SettingsReader)] {
        let files = YAMLFile(directory: directory, problems: problems)
        var seen: [String: String] = [:]
        return files.names(in: "sources.d", ending: ".yaml").compactMap { name in
            guard let reader = files.reader("sources.d/\(name)"), let source = SourceSettings(reader) else { return nil }
            if let other = seen[source.id] {
                reader.problem("id", "the source '\(source.id)' is already in sources.d/\(other); ids must differ")
            }
            seen[source.id] = name
            return (source, reader)
        }
    }

    /// The rules of rules.yaml, with a reader that the kind of rule reads its own keys from.
    public static func rules(
        in directory: String, replacing replacements: [String: String] = [:], problems: ProblemList
    ) -> [(id: String, kind: String, SettingsReader)] {
        guard let file = YAMLFile(directory: directory, problems: problems, replacements: replacements).reader("rules.yaml") else { return [] }
        defer { file.finish() }
        var seen: Set<String> = []
        if !file.has("rules") { file.problem(nil, "'rules' is missing; write 'rules: []' for none") }
        return (file.readers("rules") ?? []).compactMap { reader -> (id: String, kind: String, SettingsReader)? in
            let id = reader.identifier("id")
            let kind = reader.requiredString("kind")
            if let id, !seen.insert(id).inserted { reader.problem("id", "the rule '\(id)' stands twice; ids must differ") }
            guard let kind else { return nil }
            // Without a good id the rest of the block is checked all the same.
            return (id ?? "unnamed", kind, reader)
        }
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
    public func effectiveDays() -> (from: Day?, to: Day?) {
        let from = day("from")
        let to = day("to").map { $0 + 1 }
        if let from, let to, to <= from { problem("to", "'to' is \(to - 1), before 'from', which is \(from)") }
        return (from, to)
    }
}
