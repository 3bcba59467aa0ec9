import Model
import Testing

@testable import Spreadsheets

struct CellNumberTests {
    @Test(arguments: [
        ("1250", "1250"), ("0", "0"), ("-3", "-3"), ("0.1", "0.1"), ("0.10000000000000001", "0.1"), ("98.150000000000006", "98.15"),
        ("98.149999999999991", "98.15"), ("0.30000000000000004", "0.3"), ("1E3", "1000"), ("1.5E+2", "150"), ("2.5E-2", "0.025"),
        ("26972.000", "26972"),
        ("9007199254740993", "9007199254740993"), ("123456789012345678", "123456789012345678"), ("1e2", "100"),
    ])
    func digitsBecomeTheDecimalThatIsShown(digits: String, decimal: String) {
        #expect(CellNumber.exact(digits)?.description == decimal)
    }

    @Test(arguments: [("0.98150000000000004", "98.15"), ("1", "100"), ("0.5", "50"), ("0.29999999999999999", "30"), ("0", "0")])
    func percentagesAreTheNumberBeforeTheSign(digits: String, decimal: String) {
        #expect(CellNumber.exact(digits, isPercent: true)?.description == decimal)
    }

    @Test(arguments: ["", "-", "abc", "1.2.3", "1E", "1E500", "0.98148148148148151", "1E30", "NaN", "inf", "0x10", "12345678901234567890"])
    func whatIsNoExactNumberIsNone(digits: String) {
        #expect(CellNumber.exact(digits) == nil)
    }

    @Test func placesAreReadAndWrittenAlike() {
        for column in [1, 26, 27, 52, 702, 703, 16_384] {
            let place = CellPlace(row: 17, column: column)
            #expect(CellPlace(place.description) == place)
        }
        #expect(CellPlace("XFD1048576") == CellPlace(row: 1_048_576, column: 16_384))
        #expect(["", "D", "17", "D0", "D01", "d17", "ABCD1", "D12345678", "D-1", "Đ1"].allSatisfy { CellPlace($0) == nil })
        #expect(CellPlace.column("ab") == 28)
    }
}
