/// A way into a JSON document: names joined by dots, places in lists in brackets, `data.overview.metrics[0].numerator`.
struct JSONPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case name(String)
        case place(Int)
    }

    let text: String
    let steps: [Step]

    /// Nil when the text is not such a path. The empty text is the document itself.
    init?(_ text: String) {
        self.text = text
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) where !text.isEmpty {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            if !pieces[0].isEmpty { steps.append(.name(String(pieces[0]))) }
            guard !pieces[0].isEmpty || pieces.count > 1 else { return nil }
            for piece in pieces.dropFirst() {
                guard piece.hasSuffix("]"), let place = Int(piece.dropLast()), place >= 0 else { return nil }
                steps.append(.place(place))
            }
        }
        self.steps = steps
    }

    /// The document itself.
    static let root = JSONPath(steps: [])

    private init(steps: [Step]) {
        text = ""
        self.steps = steps
    }

    /// The value at the path; nil when the way ends before it.
    func value(in root: JSONValue) -> JSONValue? {
        var value = root
        for step in steps {
            switch (step, value) {
            case (.name(let name), .object(let members)):
                guard let member = members[name] else { return nil }
                value = member
            case (.place(let place), .array(let elements)):
                guard place < elements.count else { return nil }
                value = elements[place]
            default: return nil
            }
        }
        return value
    }
}
