import Model
import PushFormats
import TestSupport
import Testing

struct CSVTests {
    @Test func theDocumentedHeaderIsRead() throws {
        let pushed = try decode("agency,measure,from,to,value\nH52.07,m,2026-11-01,2026-11-30,123\nH52,m,2026-11-01,,12.5\n", .csv)
        #expect(pushed.decoded == [Decoded("H52.07", "m", november, "123", 0), Decoded("H52", "m", first, "12.5", 1)])
        #expect(pushed.items.map(\.line) == [2, 3])
    }

    @Test func columnsStandInAnyOrderAndQuotesReturnsAndAByteOrderMarkDoNotMatter() throws {
        let pushed = try decode(
            "\u{FEFF}value,scheme,period,\"agency\",measure\r\n\"007\",admin15,2026-11,\"H \"\"x\"\",\n2\",m\r\n\r\n-,,2026-11,H,m\r\nnull,,2026-11,H,m",
            .csv)
        #expect(
            pushed.decoded == [
                Decoded("H \"x\",\n2", "m", days("2026-10-15", "2026-11-14"), "7", 0), Decoded("H", "m", november, "null", 1),
                Decoded("H", "m", november, "null", 2),
            ])
        #expect(pushed.items.map(\.line) == [2, 5, 6])
    }

    @Test func aBlankValueIsNoReportAndADashIsKnownToBeUnknown() throws {
        let pushed = try decode(
            "agency,measure,from,to,value\nH,m,2026-11-01,2026-11-30,\nH,n,2026-11-01,2026-11-30,\"\"\nH,o,2026-11-01,2026-11-30, \n"
                + "H,p,2026-11-01,2026-11-30,-\nH,q,2026-11-01,2026-11-30,–\nH,r,2026-11-01,2026-11-30,Không có số liệu\n"
                + "H,s,2026-11-01,2026-11-30,NULL\nH,t,2026-11-01,2026-11-30,0\nH,u,2026-11-01,2026-11-30,--\n", .csv)
        #expect(
            pushed.decoded == [
                Decoded("H", "p", november, "null", 3), Decoded("H", "q", november, "null", 4), Decoded("H", "r", november, "null", 5),
                Decoded("H", "s", november, "null", 6), Decoded("H", "t", november, "0", 7),
            ])
        #expect(pushed.refusals == ["8 bad-value line 10, value: -- → a number with digits and a decimal point"])
    }

    @Test(arguments: [
        ("H,m,2026-11-01,,12,5", "0 malformed line 2: 6 fields → 5 fields; a decimal comma splits a number, write 12.5"),
        ("H,m,2026-11-01", "0 malformed line 2: 3 fields → 5 fields"),
        ("H,m,2026-11-01,,\"12,5\"", "0 bad-value line 2, value: 12,5 → a number with digits and a decimal point"),
        ("H,m,2026-11-01,,1.234.567", "0 bad-value line 2, value: 1.234.567 → a number with digits and a decimal point"),
        (
            "H,m,2026-11-01,,12.000",
            "0 bad-value line 2, value: 12.000 → a whole number without a point, or other than three decimals; the point is the decimal mark"
        ),
        ("H,m,01/11/2026,,1", "0 bad-day line 2, from: 01/11/2026 → a day, 2026-11-01"),
        (",m,2026-11-01,,1", "0 malformed line 2, agency:  → an agency's code"),
        ("H,m,2026-11-01,,99999999999999999999", "0 bad-value line 2, value: 99999999999999999999 → a number below 9223372036854775808"),
    ])
    func aBadLineIsRefusedAloneAndSaysWhy(_ line: String, _ refusal: String) throws {
        let pushed = try decode("agency,measure,from,to,value\n\(line)\nH,m,2026-11-01,,1\n", .csv)
        #expect(pushed.refusals == [refusal])
        #expect(pushed.decoded == [Decoded("H", "m", first, "1", 1)])
    }

    @Test(arguments: [
        ("", "line 1: the body is empty; expected the header agency,measure,from,to,value"),
        (
            "H,m,2026-11-01,,1\n",
            "line 1: the header is missing; expected agency,measure,from,to,value, found 'H,m,2026-11-01,,1'"
        ),
        (
            "agency;measure;from;to;value\n",
            "line 1: the fields are separated by ';'; expected ','. In Excel and LibreOffice save as CSV with commas, and write 12.5, not 12,5"
        ),
        (
            "agency\tmeasure\tfrom\tto\tvalue\n",
            "line 1: the fields are separated by a tab; expected ','. In Excel and LibreOffice save as CSV with commas, and write 12.5, not 12,5"
        ),
        ("agency,mesure,from,to,value\n", "line 1: unknown column 'mesure'; did you mean 'measure'?"),
        ("agency,measure,from,value,value\n", "line 1: the column 'value' stands twice"),
        ("agency,measure,to,value\n", "line 1: the header has no column 'from'; expected agency,measure,from,to,value"),
        ("agency,measure,from,value\n\"H", "line 2: a quotation mark is not closed before the end of the body"),
        (
            "agency,measure,from,value\n\"H\"x,m,2026-11-01,1",
            "line 2: found a text after a closing quotation mark; expected ',' or the end of the line"
        ),
    ])
    func aTableWithoutItsHeaderOrShapeIsRefusedAsAWhole(_ body: String, _ message: String) {
        #expect(problem(body, .csv) == message)
    }
}
