/// Why a letter cannot be written. Each is a mistake in the settings, found before anything is sent.
public enum NotifyError: Error, Hashable, CustomStringConvertible {
    /// A template that letters need is not there.
    case templateMissing(name: String, language: String)
    /// A template cannot be parsed.
    case templateBroken(name: String, line: Int, detail: String)
    /// There is no address a letter could go to.
    case noRecipient

    public var description: String {
        switch self {
        case .templateMissing(let name, let language):
            "templates/\(language)/\(name).mustache is missing: copy the one that is shipped and adapt it"
        case .templateBroken(let name, let line, let detail):
            "\(name).mustache:\(line): the template cannot be read, \(detail)"
        case .noRecipient:
            "nobody can get this letter: the agency has no contacts and mail.operators in dondoc.yaml is empty; enter at least one operator"
        }
    }
}
