import Model
import Testing

struct ExactNumberTests {
    @Test(arguments: [("98.70", 9870, 2), ("-0.5", -5, 1), ("0", 0, 0), ("9223372036854775807", Int64.max, 0)])
    func decimalsKeepTheirDigits(text: String, units: Int64, scale: Int) throws {
        let number = try #require(ExactDecimal(text))

        #expect(number.units == units)
        #expect(number.scale == scale)
        #expect(number.description == text)
    }

    @Test(arguments: ["", "-", ".5", "5.", "1e3", "1,5", "9223372036854775808", "1.0000000000", "+1", " 1", "NaN", "٣"])
    func otherTextsAreNoDecimals(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func decimalsCompareByValue() throws {
        let long = try #require(ExactDecimal("98.70"))
        let short = try #require(ExactDecimal("98.7"))

        #expect(long == short)
        #expect(long.hashValue == short.hashValue)
        #expect(try #require(ExactDecimal("-1.01")) < ExactDecimal(-1))
    }

    @Test func comparingTheLargestNumbersDoesNotOverflow() throws {
        let bound = try #require(ExactDecimal(units: .max, scale: 9))
        let ratio = try #require(Ratio(.max, over: .max))

        #expect(ratio.isBelow(percent: bound))
        #expect(!ratio.isAbove(percent: ExactDecimal(100)))
        #expect(!ratio.isBelow(percent: ExactDecimal(100)))
    }

    /// Counts and percentages as Lạng Sơn published them (2026), rounded half up at two decimals.
    @Test(
        arguments: [
            (197_476, 197_617, "99.93"), (141, 197_617, "0.07"), (179_061, 197_476, "90.67"), (18_415, 197_476, "9.33"), (370, 1881, "19.67"),
        ] as [(Int64, Int64, String)])
    func percentagesRoundHalfUp(numerator: Int64, denominator: Int64, printed: String) throws {
        let ratio = try #require(Ratio(numerator, over: denominator))

        #expect(ratio.percent()?.description == printed)
    }

    @Test(
        arguments: [
            (204_847, 207_030, "98.94", false), (97, 98, "98.9", false), (104_814, 106_014, "98.7", true), (1200, 106_014, "1.3", true),
            (102_770, 257_141, "40.0", false), (1, 3, "33.33", false), (1, 3, "33.35", true), (1, 8, "12.51", false),
        ] as [(Int64, Int64, String, Bool)])
    func aPrintedPercentageContradictsCountsOnlyBeyondItsRounding(
        numerator: Int64, denominator: Int64, printed: String, contradicts: Bool
    ) throws {
        let ratio = try #require(Ratio(numerator, over: denominator))

        #expect(ratio.isContradicted(byPercent: try #require(ExactDecimal(printed))) == contradicts)
    }

    @Test func nothingOverNothingIsNoRatio() {
        #expect(Ratio(0, over: 0) == nil)
        #expect(Ratio(5, over: -1) == nil)
    }

    @Test func expressionsRoundTripThroughTheirText() throws {
        let text = "dossiers.processed - dossiers.late - dossiers.other?"
        let expression = try #require(Expression(text))

        #expect(expression.description == text)
        #expect(expression.terms.map(\.isSubtracted) == [false, true, true])
        #expect(expression.terms.map(\.isOptional) == [false, false, true])
        #expect(Expression("a +") == nil)
        #expect(Expression("a b") == nil)
        #expect(Expression("") == nil)
    }
}
