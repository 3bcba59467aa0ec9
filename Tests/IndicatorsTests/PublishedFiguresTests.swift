import Indicators
import Model
import Testing

/// Counts and percentages as their publishers printed them, from cells to print. `decimals` and `rounding` are the publisher's own.
@Suite struct PublishedFiguresTests {
    struct Figure: Sendable, CustomTestStringConvertible {
        let place: String
        let part: Int64
        let whole: Int64
        let printed: String
        var rounding = Ratio.Rounding.halfUp

        var testDescription: String { "\(place) \(part)/\(whole)" }
        var decimals: Int { printed.split(separator: ".").dropFirst().first?.utf8.count ?? 0 }
    }

    static let figures: [Figure] = [
        Figure(place: "Lạng Sơn, partial", part: 0, whole: 49, printed: "0.00"),
        Figure(place: "Lạng Sơn, full", part: 49, whole: 49, printed: "100.00"),
        Figure(place: "Lạng Sơn, online", part: 197_476, whole: 197_617, printed: "99.93"),
        Figure(place: "Lạng Sơn, direct and postal", part: 141, whole: 197_617, printed: "0.07"),
        Figure(place: "Lạng Sơn, on time", part: 179_061, whole: 197_476, printed: "90.67"),
        Figure(place: "Lạng Sơn, overdue", part: 18_415, whole: 197_476, printed: "9.33"),
        Figure(place: "Lạng Sơn, services", part: 370, whole: 1881, printed: "19.67"),
        Figure(place: "Huế 1-2, early", part: 124_907, whole: 257_141, printed: "48.6"),
        Figure(place: "Huế 1-2, on time", part: 102_770, whole: 257_141, printed: "40.0"),
        Figure(place: "Huế 1-2, late", part: 19_852, whole: 257_141, printed: "7.7"),
        Figure(place: "Huế 3, early", part: 43_434, whole: 61_827, printed: "70.3"),
        Figure(place: "Huế 3, on time", part: 11_795, whole: 61_827, printed: "19.1"),
        Figure(place: "Huế 3, late", part: 4331, whole: 61_827, printed: "7.0"),
        Figure(place: "Huế 4, early", part: 952, whole: 1611, printed: "59.1"),
        Figure(place: "Huế 4, on time", part: 388, whole: 1611, printed: "24.1"),
        Figure(place: "Huế 4, late", part: 268, whole: 1611, printed: "16.6"),
        Figure(place: "Huế, level 2", part: 2643, whole: 2643, printed: "100"),
        Figure(place: "Huế, level 3", part: 1856, whole: 2643, printed: "70.2"),
        Figure(place: "Huế, level 4", part: 736, whole: 2643, printed: "27.8"),
        Figure(place: "Lâm Đồng, departments", part: 175_354, whole: 175_920, printed: "99.68"),
        Figure(place: "Lâm Đồng, districts", part: 26_473, whole: 26_972, printed: "98.15"),
        Figure(place: "Lâm Đồng, communes", part: 204_847, whole: 207_030, printed: "98.94", rounding: .truncated),
        Figure(place: "Bộ TN&MT, resolved", part: 456, whole: 1610, printed: "28.3"),
        Figure(place: "Hà Nam, fully online", part: 115_665, whole: 168_746, printed: "68.54"),
        Figure(place: "Bến Tre, resolved", part: 8980, whole: 10_180, printed: "88.2"),
        Figure(place: "Bến Tre, on time", part: 8960, whole: 8980, printed: "99.8"),
        Figure(place: "Bến Tre, late", part: 17, whole: 8980, printed: "0.2"),
        Figure(place: "Quảng Nam, procedures", part: 97, whole: 98, printed: "98.9", rounding: .truncated),
        Figure(place: "Sơn La, plan 2025", part: 31, whole: 75, printed: "41.33"),
    ]

    private func reading(_ figure: Figure) -> Reading {
        Fixture.reading(
            Fixture.indicator("part", over: "whole"),
            ["part": [Fixture.cell("2026-08-01", "2026-08-31", figure.part)], "whole": [Fixture.cell("2026-08-01", "2026-08-31", figure.whole)]])
    }

    @Test(arguments: figures)
    func printedPercentageIsReproducedFromCells(figure: Figure) throws {
        let printed = try #require(ExactDecimal(figure.printed))

        let ratio = try #require(reading(figure).ratio)

        #expect(ratio.percent(scale: figure.decimals, rounding: figure.rounding) == printed)
        #expect(!ratio.isContradicted(byPercent: printed))
    }

    @Test(arguments: [("98.7", Int64(104_814), "98.87"), ("1.3", 1200, "1.13")])
    func wrongTableOfLamDongIsContradictedAndTheCountsWin(printed: String, part: Int64, ours: String) throws {
        let reading = reading(Figure(place: "Sở TN&MT Lâm Đồng", part: part, whole: 106_014, printed: printed))

        let claim = try #require(ExactDecimal(printed))
        #expect(try #require(reading.ratio).isContradicted(byPercent: claim))
        #expect(reading.figure(in: .percent)?.description == ours)
    }

    @Test func carryOverIdentityHoldsAcrossTerms() {
        let indicator = Fixture.indicator("carried + received - resolved", unit: .count)
        let cells = [
            "carried": [Fixture.cell("2026-08-01", "2026-08-31", 1246)], "received": [Fixture.cell("2026-08-01", "2026-08-31", 364)],
            "resolved": [Fixture.cell("2026-08-01", "2026-08-31", 456)],
        ]

        #expect(Fixture.reading(indicator, cells).numerator == 1154)
    }
}
