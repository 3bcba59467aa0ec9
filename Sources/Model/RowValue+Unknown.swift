extension RowValue {
    /// Whether a text is what people write for "there is no figure", which is not zero and not "not reported".
    public static func meansUnknown(_ text: String) -> Bool {
        ["-", "–", "—", "không có số liệu", "null"].contains(TextFolding.key(text))
    }
}
