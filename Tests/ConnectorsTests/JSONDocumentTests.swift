import Testing

@testable import Connectors

@Suite struct JSONDocumentTests {
    private func read(_ text: String) -> Result<JSONValue, DecodeError> { read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) -> Result<JSONValue, DecodeError> {
        do throws(DecodeError) { return .success(try JSONDocument.value(in: bytes)) } catch { return .failure(error) }
    }

    private func complaint(_ text: String) -> String? {
        guard case .failure(let error) = read(text) else { return nil }
        return error.description
    }

    @Test(arguments: ["0", "-0", "1250", "12345678901234567890123", "68.88", "1e3", "-1.5E-7", "0.1"])
    func numbersStayAsTheyWereWritten(_ digits: String) {
        #expect(read(digits) == .success(.number(digits)))
        #expect(read(" [\(digits)]\n") == .success(.array([.number(digits)])))
    }

    @Test(arguments: [
        (#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{C}\n\r\t"), (#""\u0110\u1ecbnh""#, "Định"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
        (#""\ude00x""#, "\u{FFFD}x"), (#""\ud83dA""#, "\u{FFFD}A"), (#""\u0000""#, "\u{0}"), ("\"Sơn La\"", "Sơn La"), (#""""#, ""),
        (#""\ud83d\u0041""#, "\u{FFFD}A"),
    ])
    func textsAreUnescaped(_ json: String, _ text: String) {
        #expect(read(json) == .success(.string(text)))
    }

    @Test func everyKindOfValueIsRead() {
        let json = "\u{FEFF} { \"a\" : [ null , true , false , { } , [ ] ] ,\r\n\t\"\" : -1 } "

        let expected = JSONValue.object(["a": .array([.null, .bool(true), .bool(false), .object([:]), .array([])]), "": .number("-1")])

        #expect(read(json) == .success(expected))
    }

    @Test(arguments: [
        ("", "line 1, column 1: the answer ends in the middle; it was cut off"),
        ("{\"a\":1", "line 1, column 7: the answer ends in the middle; it was cut off"),
        ("[1,", "line 1, column 4: the answer ends in the middle; it was cut off"),
        ("\"a", "line 1, column 3: the answer ends in the middle of a text; it was cut off"),
        ("\"a\\", "line 1, column 4: the answer ends in the middle of a text; it was cut off"),
        ("{\n \"sở\" 1}", "line 2, column 7: expected a colon"),
        ("{a:1}", "line 1, column 2: expected a key in quotes"),
        ("{\"a\":1 2}", "line 1, column 8: expected a comma or a closing brace"),
        ("[1 2]", "line 1, column 4: expected a comma or a closing bracket"),
        ("[1,]", "line 1, column 4: this is not JSON"),
        ("{\"a\":1,}", "line 1, column 8: expected a key in quotes"),
        ("{\"a\":1,\n\"a\":1}", "line 2, column 1: the key stands twice in one object, so its value is uncertain"),
        ("nul", "line 1, column 1: expected 'null'"),
        ("NaN", "line 1, column 1: this is not JSON"),
        ("1 1", "line 1, column 3: expected the end of the answer"),
        ("\"a\nb\"", "line 2, column 1: a control character inside a text"),
        ("\"\\x\"", "line 1, column 4: an unknown escape in a text"),
        ("\"\\u12g4\"", "line 1, column 4: an unfinished \\u escape in a text"),
        ("\"\\u12", "line 1, column 4: an unfinished \\u escape in a text"),
        ("01", "line 1, column 3: this is not a number"), ("-", "line 1, column 2: this is not a number"),
        ("1.", "line 1, column 3: this is not a number"), ("1.e5", "line 1, column 3: this is not a number"),
        ("1e", "line 1, column 3: this is not a number"), (".5", "line 1, column 1: this is not JSON"),
        ("+5", "line 1, column 1: this is not JSON"),
    ])
    func mistakesAreNamedWithTheirPlaces(_ json: String, _ message: String) {
        #expect(complaint(json) == message)
    }

    @Test func depthIsBounded() {
        let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)

        #expect(complaint(deepest) == nil)
        #expect(complaint("[\(deepest)]") == "line 1, column 65: nested deeper than 64 levels")
    }

    @Test func bytesThatAreNoUTF8AreRefused() {
        #expect(read([0x22, 0xFF, 0x22]) == .failure(DecodeError("the answer is not UTF-8")))
    }

    /// Whatever a line or a fault does to a body, reading it ends with a value or with a message.
    @Test func mutatedBodiesNeitherTrapNorHang() {
        let bodies = [
            #"{"code":"OK","data":{"children":[{"departmentCode":"H52.07","ratio":68.88,"scoreDelta":null,"n":-1.5e-7,"ok":true}]}}"#,
            #"[{"donVi":"V\u0103n ph\u00f2ng \ud83c\udfdb","a":[[],{}],"b":"\"\\\n"},"Sở Y tế",12345678901234567890]"#,
        ].map { Array($0.utf8) }
        let pieces = ["{", "}", "[", "]", "\"", "\\", "\\u", "\\ud83d", ",", ":", "1e", "-", "nul", "\u{0}"]
        var random = Seeded(0x5EED)
        var refused = 0

        for round in 0..<6000 {
            if case .failure(let error) = read(random.mutated(bodies[round % bodies.count], pieces: pieces)) {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }

        #expect(refused > 3000)
    }
}
