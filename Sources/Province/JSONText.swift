/// JSON as text, keys in the order given: the simulated systems print what real ones print, digits included.
indirect enum JSONText: CustomStringConvertible {
    case null
    case number(Int)
    case text(String)
    /// Printed as it is: a decimal, a truth value.
    case raw(String)
    case array([JSONText])
    case object([(String, JSONText)])

    var description: String {
        switch self {
        case .null: "null"
        case .number(let number): String(number)
        case .text(let text): JSONText.quoted(text)
        case .raw(let text): text
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
        case .object(let members): "{" + members.map { JSONText.quoted($0.0) + ":" + $0.1.description }.joined(separator: ",") + "}"
        }
    }

    /// Names of agencies hold neither control characters nor anything else to escape but these two.
    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
