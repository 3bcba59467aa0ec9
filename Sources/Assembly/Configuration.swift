import Connectors
import Glibc
import Model
import Notify
import Rules
import Settings

/// An operator's directory, read as a whole: core files, sources with their connectors, rules, letter templates. Immutable once loaded.
public struct Configuration: Sendable {
    /// A source with what can ask it.
    public struct Source: Sendable {
        public let settings: SourceSettings
        public let connector: any Connector
    }

    /// The directory it was read from.
    public let directory: String
    public let core: CoreSettings
    /// In order of their files' names.
    public let sources: [Source]
    /// In the order of rules.yaml.
    public let rules: [any Rule]
    /// A digest of what decides: rules, targets and definitions. Transitions carry it.
    public let rulesVersion: String
    /// Nil while dondoc.yaml has no mail section: alerts are then judged and shown, and no letters are written.
    public let letterWriter: LetterWriter?

    /// Files outside the directory's own, such as keys and passwords, with the settings that name them.
    public let namedFiles: [NamedFile]

    /// Nil: letters go unsigned.
    public var letterSigner: LetterSigner? { core.province.mail?.smime.map { LetterSigner($0) } }

    /// Reads everything and changes nothing; reports every problem of every file at once. `replacements` are texts of core files to read in the
    /// place of those on disk, so that a change can be checked before it is made.
    public static func load(_ directory: String, replacing replacements: [String: String] = [:]) -> Result<Configuration, ConfigurationProblems> {
        if let obstacle = SettingsFiles.obstacle(directory) { return .failure(ConfigurationProblems(problems: [obstacle])) }
        let problems = ProblemList()
        let core = SettingsFiles.core(in: directory, replacing: replacements, problems: problems)
        let sources = sources(in: directory, core: core, problems: problems)
        let rules = rules(in: directory, replacing: replacements, core: core, sources: sources, problems: problems)
        if let core, problems.isEmpty { checkScopes(core, rules: rules, problems: problems) }
        let writer = core.flatMap { letterWriter(in: directory, core: $0, sources: sources, rules: rules, problems: problems) }
        guard problems.isEmpty, let core else { return .failure(ConfigurationProblems(problems: problems.problems)) }
        return .success(
            Configuration(
                directory: directory, core: core, sources: sources, rules: rules,
                rulesVersion: SettingsFiles.version(of: ["rules.yaml", "targets.yaml", "indicators.yaml"], in: directory), letterWriter: writer,
                namedFiles: problems.named))
    }

    /// What loads, but is worth knowing: thresholds not set, agencies without a contact, mail not set up, files that are named and not
    /// there.
    public func warnings(_ language: Language) -> [String] {
        let isVietnamese = language == .vietnamese
        var warnings: [String] = []
        if core.targets.all.isEmpty {
            warnings.append(
                isVietnamese
                    ? "targets.yaml: chưa đặt ngưỡng nào, nên chưa chỉ số nào được xét theo ngưỡng"
                    : "targets.yaml: no threshold is set, so no indicator is judged by one")
        }
        if core.province.mail == nil {
            warnings.append(
                isVietnamese ? "dondoc.yaml: chưa cấu hình thư, nên không viết thư nào" : "dondoc.yaml: mail is not set up, so no letters are written"
            )
        }
        if core.province.urging.steps.contains(where: { $0.audience == .summary }), let mail = core.province.mail, mail.summary == nil {
            warnings.append(
                isVietnamese
                    ? "dondoc.yaml: urging.steps kết thúc bằng 'summary' nhưng chưa có mail.summary, nên việc quá các bước sẽ không được báo cáo với ai"
                    : "dondoc.yaml: urging.steps ends in 'summary' and there is no mail.summary, so nobody hears of what is past all steps")
        }
        let silent = core.register.agencies.count { $0.level != .province && $0.validTo == nil && $0.contacts.isEmpty }
        if silent > 0 {
            warnings.append(
                isVietnamese
                    ? "agencies.csv: \(silent) cơ quan chưa có địa chỉ nhận thư; thư sẽ gửi cho người vận hành"
                    : "agencies.csv: \(silent) agencies have no contact; their letters go to the operators")
        }
        if sources.isEmpty {
            warnings.append(isVietnamese ? "sources.d: chưa có nguồn dữ liệu nào" : "sources.d: there is no source yet")
        }
        if let key = core.province.mail?.smime?.key, isOpenToOthers(key) {
            warnings.append(
                isVietnamese
                    ? "dondoc.yaml: khóa ký thư \(key) người khác đọc hoặc ghi được; chgrp dondoc và chmod 640 tệp này"
                    : "dondoc.yaml: the key that signs letters, \(key), may be read or written by others; chgrp dondoc and chmod 640 it")
        }
        return warnings
            + namedFiles.filter(\.isMissing).map { file in
                let place = "\(file.file):\(file.line):\(file.column)"
                return isVietnamese
                    ? "\(place): tệp \(file.path) nêu ở '\(file.key)' chưa có" : "\(place): '\(file.key)' names \(file.path), which is not there"
            }
    }

    private func isOpenToOthers(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & 0o027 != 0
    }

    // MARK: - Reading the parts

    private static func sources(in directory: String, core: CoreSettings?, problems: ProblemList) -> [Source] {
        let found = SettingsFiles.sources(in: directory, problems: problems)
        guard let core else { return [] }
        let context = SourceContext(directory: directory, measures: core.measures, answerBytes: core.province.limits.answerBytes)
        return found.compactMap { settings, reader in
            ConnectorCatalogue.make(settings, reader, context).map { Source(settings: settings, connector: $0) }
        }
    }

    private static func rules(
        in directory: String, replacing replacements: [String: String], core: CoreSettings?, sources: [Source], problems: ProblemList
    ) -> [any Rule] {
        let found = SettingsFiles.rules(in: directory, replacing: replacements, problems: problems)
        guard let core else { return [] }
        let context = RuleContext(
            indicators: core.indicators, measures: core.measures, register: core.register, sources: sources.map(\.settings.id))
        return found.compactMap { RuleCatalogue.make(id: $0.id, kind: $0.kind, $0.2, context) }
    }

    private static func letterWriter(
        in directory: String, core: CoreSettings, sources: [Source], rules: [any Rule], problems: ProblemList
    ) -> LetterWriter? {
        guard let mail = core.province.mail else { return nil }
        let language = core.province.language
        let templates = SettingsFiles.templates(in: directory, language: language, problems: problems)
        let wanted: [LetterKind: Bool] = [
            .digest: mail.digest != nil, .summary: mail.summary != nil, .rejection: sources.contains { !$0.settings.contacts.isEmpty },
            // A configuration from before this kind goes on without it.
            .undelivered: templates[LetterKind.undelivered.rawValue] != nil,
        ]
        let kinds = LetterKind.allCases.filter { wanted[$0] ?? false }
        let catalogue = LetterCatalogue(
            register: core.register, calendar: core.calendar, indicators: core.indicators, measures: core.measures,
            actions: Dictionary(rules.compactMap { rule in rule.action.map { (rule.id, $0) } }, uniquingKeysWith: { first, _ in first }),
            sources: Dictionary(
                sources.map { ($0.settings.id, $0.settings.title) } + rules.compactMap { $0 as? ObligationRule }.map { ($0.id, $0.title) }
                    + rules.compactMap { $0 as? IdentityRule }.map { ($0.id, $0.title) },
                uniquingKeysWith: { first, _ in first }))
        let head = Letterhead(mail, provinceName: core.province.provinceName, language: language)
        let writer = Result { () throws(NotifyError) in
            // Letters carry their Message-IDs into the store, so a new secret with every loading is enough.
            try LetterWriter(
                head: head, catalogue: catalogue, templates: templates, kinds: kinds, secret: (0..<32).map { _ in UInt8.random(in: 0...255) })
        }
        // A writer has parsed them all; without one each that cannot be parsed is told with its line.
        let isParsed = (try? writer.get()) != nil
        let broken = TemplateCheck.problems(in: templates, language: language, kinds: kinds, parses: !isParsed)
        for problem in broken {
            let file = "templates/\(language.rawValue)/\(problem.template).mustache"
            problems.add(Problem(file: file, line: problem.line, column: 1, message: problem.message))
        }
        guard broken.isEmpty else { return nil }
        switch writer {
        case .success(let writer): return writer
        case .failure(let error):
            problems.add(Problem(file: "templates/\(language.rawValue)", message: error.description))
            return nil
        }
    }
}

extension NamedFile {
    /// There is nothing of that name. A file that this user may not see counts as there: the daemon's user may.
    fileprivate var isMissing: Bool { access(path, F_OK) != 0 && errno == ENOENT }
}

/// A directory that cannot be used, with every reason.
public struct ConfigurationProblems: Error {
    /// In order of file and line; at least one.
    public let problems: [Problem]
}
