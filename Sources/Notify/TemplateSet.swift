import Mustache

/// The templates of one language, parsed: for each kind of letter a subject, a text and, where the province wants one, an HTML version. Templates
/// whose names begin with "_" are parts that others include with `{{> _name}}`.
struct TemplateSet: Sendable {
    /// Which part of a letter; the raw value is the end of the template's name.
    enum Aspect: String, CaseIterable {
        case subject = "-subject"
        case text = ""
        case html = ".html"
    }

    /// Every name that a letter asks for.
    static let known = LetterKind.allCases.flatMap { kind in Aspect.allCases.map { kind.rawValue + $0.rawValue } }

    /// The names of the templates without which letters of some kinds cannot be written.
    static func required(for kinds: [LetterKind]) -> [String] { kinds.flatMap { [$0.rawValue, $0.rawValue + Aspect.subject.rawValue] } }

    private let names: Set<String>
    private let library: MustacheLibrary

    /// Parses every template once; `language` is named in the message about a missing one.
    init(_ templates: [String: String], for kinds: [LetterKind], language: String) throws(NotifyError) {
        var parsed: [String: MustacheTemplate] = [:]
        for (name, text) in templates { parsed[name] = try TemplateSet.parse(text, name: name) }
        for name in TemplateSet.required(for: kinds) where parsed[name] == nil {
            throw NotifyError.templateMissing(name: name, language: language)
        }
        names = Set(parsed.keys)
        library = MustacheLibrary(templates: parsed)
    }

    /// Whether a kind has templates of its own.
    func has(_ kind: LetterKind) -> Bool { TemplateSet.required(for: [kind]).allSatisfy(names.contains) }

    /// The filled template of a kind, or of the kind that stands in for it; nil when there is none. The HTML is that of the kind whose text is
    /// used: a text of the province's own must not go beside the HTML of another.
    func render(_ kind: LetterKind, _ aspect: Aspect, _ variables: [String: Any]) -> String? {
        let decisive = aspect == .html ? Aspect.text : aspect
        let owner = names.contains(kind.rawValue + decisive.rawValue) ? kind : kind.fallback ?? kind
        return library.render(variables, withTemplate: owner.rawValue + aspect.rawValue)
    }

    /// The first line tells the library how to escape: plain text must keep "&" and "<" as they are.
    static func parse(_ text: String, name: String) throws(NotifyError) -> MustacheTemplate {
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(name.hasSuffix(Aspect.html.rawValue) ? "HTML" : "TEXT")}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            throw NotifyError.templateBroken(name: name, line: max(1, error.context.lineNumber - 1), detail: explain(error.error))
        } catch {
            throw NotifyError.templateBroken(name: name, line: 1, detail: explain(error))
        }
    }

    private static func explain(_ error: any Error) -> String {
        switch error as? MustacheTemplate.Error {
        case .sectionCloseNameIncorrect: "a section is closed under another name than it was opened with"
        case .unfinishedName: "a tag is not closed with '}}', or its name holds characters that names cannot have"
        case .expectedSectionEnd: "a section '{{#…}}' is never closed with '{{/…}}'"
        case .invalidSetDelimiter: "a '{{=…=}}' tag is not well-formed"
        default: "it is not well-formed Mustache"
        }
    }
}
