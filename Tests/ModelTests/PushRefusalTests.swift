import Foundation
import Model
import Testing

struct PushRefusalTests {
    private let refusal = PushRefusal(
        index: 1, code: .badValue, place: PushedObservations.place(index: 1, line: 3, field: "value"), found: LocalizedText(verbatim: "-1"),
        expected: LocalizedText(vietnamese: "từ 0 trở lên", english: "0 or more"))

    @Test func itIsKeptWithItsWordsInBothLanguages() throws {
        #expect(refusal.place == LocalizedText(vietnamese: "dòng 3, value", english: "line 3, value"))
        #expect(try JSONDecoder().decode(PushRefusal.self, from: JSONEncoder().encode(refusal)) == refusal)
        #expect(String(decoding: try JSONEncoder().encode(refusal), as: UTF8.self).contains(#""found":"-1""#))
    }

    @Test func whatAnEarlierVersionKeptIsReadAsItsEnglish() throws {
        let kept = #"{"code":"bad-value","expected":"0 or more","found":"-1","index":1,"place":"line 3, value"}"#
        let read = try JSONDecoder().decode(PushRefusal.self, from: Data(kept.utf8))
        #expect(read.place == LocalizedText(verbatim: "line 3, value"))
        #expect(read.expected == LocalizedText(verbatim: "0 or more"))
    }

    @Test func printableTextHoldsNoControlCharacterAndKeepsAllOthers() {
        #expect("H52\u{1B}[31m\u{7}\u{9B}\r\n".printable() == "H52\u{FFFD}[31m\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect("Sở Nội vu\u{323} 😀".printable() == "Sở Nội vu\u{323} 😀")
        #expect("abc".printable(upTo: 2) == "ab")
    }
}
