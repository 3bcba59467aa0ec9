import Model
import Testing

struct DelimitedTextTests {
    @Test func quotesHoldSeparatorsLineBreaksAndQuotes() throws {
        let text = "\u{FEFF}code,name\r\nH52.01,\"Sở \"\"Nội vụ\"\",\nSơn La\"\r\n\r\nH52.02,\"\""

        let records = try DelimitedText.records(text)

        #expect(records.map { $0.map(\.text) } == [["code", "name"], ["H52.01", "Sở \"Nội vụ\",\nSơn La"], ["H52.02", ""]])
    }

    @Test func fieldsKnowWhereTheyBegan() throws {
        let records = try DelimitedText.records("a;bb\n\"x\ny\";z", separator: ";")

        #expect(records[1].map { [$0.line, $0.column] } == [[2, 1], [3, 4]])
    }

    @Test(arguments: [
        ("a,\"b", "line 1, column 3: a quote is opened and never closed"),
        ("a,b\"c", "line 1, column 4: a quote inside a field that does not begin with one"),
        ("a\n\"b\"c", "line 2, column 4: text after a closing quote"),
    ])
    func brokenTextIsRefusedAtItsPlace(text: String, message: String) {
        #expect {
            try DelimitedText.records(text)
        } throws: {
            "\($0)" == message
        }
    }
}
