extension String {
    /// Its first letters for a message. In the place of control characters, with which a text from outside could rewrite a terminal, stands U+FFFD.
    public func printable(upTo most: Int = .max) -> String {
        String(unicodeScalars.prefix(most).map { $0.properties.generalCategory == .control ? "\u{FFFD}" : Character($0) })
    }
}
