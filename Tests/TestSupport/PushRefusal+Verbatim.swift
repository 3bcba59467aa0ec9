import Model

extension PushRefusal {
    /// A refusal whose words are the same in both languages.
    public init(index: Int, code: Code, place: String, found: String = "", expected: String = "") {
        self.init(
            index: index, code: code, place: LocalizedText(verbatim: place), found: LocalizedText(verbatim: found),
            expected: LocalizedText(verbatim: expected))
    }
}
