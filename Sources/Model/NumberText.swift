/// Numbers as people read them: `1.234.567` and `98,15%` in Vietnamese, `1,234,567` and `98.15%` in English. Only for eyes; files and
/// the wire use plain digits.
public enum NumberText {
    /// A count with thousands separators.
    public static func integer(_ value: some BinaryInteger, language: Language) -> String {
        (value < 0 ? "-" : "") + grouped(String(value.magnitude), language)
    }

    /// A decimal number with thousands separators and all the decimals it carries.
    public static func decimal(_ value: ExactDecimal, language: Language) -> String {
        let digits = value.units.magnitude.padded(to: value.scale + 1)
        let whole = grouped(String(digits.dropLast(value.scale)), language)
        let fraction = value.scale == 0 ? "" : (language == .vietnamese ? "," : ".") + digits.suffix(value.scale)
        return (value.units < 0 ? "-" : "") + whole + fraction
    }

    /// A number of percent with the sign, without a blank before it, as Vietnamese publications print it.
    public static func percent(_ value: ExactDecimal, language: Language) -> String {
        decimal(value, language: language) + "%"
    }

    /// A number in the unit of an indicator: with the percent sign or without.
    public static func figure(_ value: ExactDecimal, unit: Indicator.Unit, language: Language) -> String {
        unit == .percent ? percent(value, language: language) : decimal(value, language: language)
    }

    private static func grouped(_ digits: String, _ language: Language) -> String {
        let separator: Character = language == .vietnamese ? "." : ","
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.utf8.count - index) % 3 == 0 { text.append(separator) }
            text.append(digit)
        }
        return text
    }
}
