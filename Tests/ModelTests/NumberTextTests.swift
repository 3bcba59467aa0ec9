import Model
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        (Int64(0), "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (-26_972, "-26.972", "-26,972"),
        (1_234_567, "1.234.567", "1,234,567"), (.min, "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"),
    ])
    func countsCarryTheSeparatorsOfTheLanguage(value: Int64, vietnamese: String, english: String) {
        #expect(NumberText.integer(value, language: .vietnamese) == vietnamese)
        #expect(NumberText.integer(value, language: .english) == english)
    }

    @Test(arguments: [
        ("98.15", "98,15%", "98.15%"), ("0.07", "0,07%", "0.07%"), ("-0.5", "-0,5%", "-0.5%"), ("100", "100%", "100%"),
        ("1234.50", "1.234,50%", "1,234.50%"),
    ])
    func percentagesKeepTheirDecimals(text: String, vietnamese: String, english: String) throws {
        let value = try #require(ExactDecimal(text))

        #expect(NumberText.percent(value, language: .vietnamese) == vietnamese)
        #expect(NumberText.percent(value, language: .english) == english)
    }

    @Test func onlyPercentagesCarryASign() throws {
        let value = try #require(ExactDecimal("12.50"))

        #expect(NumberText.figure(value, unit: .percent, language: .english) == "12.50%")
        #expect(NumberText.figure(value, unit: .quotient, language: .vietnamese) == "12,50")
    }
}
