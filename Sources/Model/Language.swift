/// The language of everything people read. Log messages are always English.
public enum Language: String, CaseIterable, Sendable, Codable {
    case vietnamese = "vi"
    case english = "en"

    /// The language a POSIX locale such as `vi_VN.UTF-8` asks for; nil when it is neither of ours.
    public init?(locale: String) {
        self.init(rawValue: String(locale.prefix(2)).lowercased())
    }
}

/// A text in both languages, as the catalogue and the register carry it.
public struct LocalizedText: Hashable, Sendable, Codable {
    public let vietnamese: String
    public let english: String

    public init(vietnamese: String, english: String) {
        self.vietnamese = vietnamese
        self.english = english
    }

    /// A text that is made for each language in the same way.
    public init(_ text: (Language) -> String) {
        self.init(vietnamese: text(.vietnamese), english: text(.english))
    }

    /// A name, a number or the like, which is the same in both.
    public init(verbatim text: String) {
        self.init(vietnamese: text, english: text)
    }

    public subscript(language: Language) -> String {
        language == .vietnamese ? vietnamese : english
    }
}
