import Model
import PushFormats
import TestSupport
import Testing

struct JSONTests {
    @Test func theDocumentedExampleIsRead() throws {
        let pushed = try decode(
            #"{"observations":[{"agency":"H52.07","measure":"mail.accounts.active","from":"2026-11-01","to":"2026-11-30","value":123}]}"#)
        #expect(pushed.decoded == [Decoded("H52.07", "mail.accounts.active", november, "123", 0)])
        #expect(pushed.unreadable.isEmpty)
    }

    @Test func oneDayPeriodSchemeNullAndEscapesAreRead() throws {
        let pushed = try decode(
            """
            { "observations" : [
              {"value": 12.50, "from": "2026-11-01", "to": null, "measure": "m", "agency": "H52\\u002e07"},
              {"agency": "H52", "measure": "m", "period": "2026-11", "scheme": "admin15", "value": null},
              {"agency": "\\ud83d\\ude00", "measure": "m", "period": "2026-11", "value": 1e3}
            ] }
            """)
        #expect(
            pushed.decoded == [
                Decoded("H52.07", "m", first, "12.50", 0), Decoded("H52", "m", days("2026-10-15", "2026-11-14"), "null", 1),
                Decoded("😀", "m", november, "1000", 2),
            ])
    }

    @Test(arguments: [
        (#"{"agency":"H","measure":"m","from":"2026-11-01","valeu":1}"#, "0 malformed observations[0]: unknown field 'valeu' → 'value'"),
        (
            #"{"agency":"H","agency":"H","measure":"m","from":"2026-11-01","value":1}"#,
            "0 malformed observations[0].agency: the field stands twice → it stands once"
        ),
        (#"{"measure":"m","from":"2026-11-01","value":1}"#, "0 malformed observations[0].agency:  → an agency's code"),
        (#"{"agency":5,"measure":"m","from":"2026-11-01","value":1}"#, "0 malformed observations[0].agency: 5 → a text in quotation marks"),
        (
            #"{"agency":"H","measure":"m","from":"2026-11-01"}"#,
            "0 malformed observations[0].value:  → a number, or null when it is known to be unknown"
        ),
        (
            #"{"agency":"H","measure":"m","from":"2026-11-01","value":"1"}"#,
            "0 malformed observations[0].value: \"1\" → a number, or null when it is known to be unknown"
        ),
        (#"{"agency":"H","measure":"m","value":1}"#, "0 malformed observations[0].from:  → a day, 2026-11-01, or a period"),
        (#"{"agency":"H","measure":"m","from":"2026-02-30","value":1}"#, "0 bad-day observations[0].from: 2026-02-30 → a day, 2026-11-01"),
        (
            #"{"agency":"H","measure":"m","from":"292277026596-12-04","value":1}"#,
            "0 bad-day observations[0].from: 292277026596-12-04 → a day, 2026-11-01"
        ),
        (
            #"{"agency":"H","measure":"m","from":"2026-11-02","to":"2026-11-01","value":1}"#,
            "0 bad-day observations[0].to: 2026-11-01 → 2026-11-02 or later"
        ),
        (
            #"{"agency":"H","measure":"m","period":"2026-13","value":1}"#,
            "0 bad-day observations[0].period: 2026-13 → a period, 2026-11, 2026-Q4, 2026-W45, 2026"
        ),
        (
            #"{"agency":"H","measure":"m","period":"2026-11","from":"2026-11-01","value":1}"#,
            "0 malformed observations[0].period: 2026-11 → a period, or from and to, not both"
        ),
        (
            #"{"agency":"H","measure":"m","period":"2026-11","scheme":"lunar","value":1}"#,
            "0 bad-day observations[0].scheme: lunar → calendar or admin15"
        ),
        (
            #"{"agency":"H","measure":"m","from":"2026-11-01","value":NaN}"#,
            "0 bad-value observations[0].value: NaN → a number, or null when it is known to be unknown"
        ),
        (
            #"{"agency":"H","measure":"m","from":"2026-11-01","value":1e400}"#,
            "0 bad-value observations[0].value: 1e400 → a number below 9223372036854775808"
        ),
        (#"{"agency":"H","measure":"m","from":"2026-11-01","value":1e-10}"#, "0 bad-value observations[0].value: 1e-10 → at most 9 decimals"),
        ("[1, 2]", "0 malformed observations[0]: [1, 2] → an object"),
    ])
    func aBadObservationIsRefusedAloneAndSaysWhy(_ observation: String, _ refusal: String) throws {
        let good = #"{"agency":"H","measure":"m","from":"2026-11-01","value":1}"#
        let pushed = try decode("{\"observations\":[\(observation),\(good)]}")
        #expect(pushed.refusals == [refusal])
        #expect(pushed.decoded == [Decoded("H", "m", first, "1", 1)])
    }

    @Test(arguments: [
        ("", "byte 0: the JSON text ends here; expected {\"observations\": [ … ]}"),
        ("[]", "byte 0: found '[]'; expected {\"observations\": [ … ]}"),
        (#"{"observation":[]}"#, "byte 2: found the name 'observation'; expected {\"observations\": [ … ]} and nothing beside it"),
        (
            #"{"observations":[],"observations":[]}"#,
            "byte 20: found the name 'observations'; expected {\"observations\": [ … ]} and nothing beside it"
        ),
        (#"{"observations":[}"#, "byte 17: found '}'; expected a value"),
        (#"{"observations":[{"agency":"H"#, "byte 29: the JSON text ends here; expected the quotation mark that ends the string of byte 27"),
        (#"{"observations":[]} x"#, "byte 20: found 'x'; expected the end of the body"),
        ("{\"observations\":[{\"a\":\"\u{1}\"}]}", "byte 23: found '\u{FFFD}\"}]}'; expected a string without control characters"),
        (
            #"{"observations":[{"a":"\ud800"}]}"#,
            "byte 24: found 'ud800\"}]}'; expected one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"
        ),
    ])
    func aBodyThatIsNotOfTheShapeIsRefusedWithItsPlace(_ body: String, _ message: String) {
        #expect(problem(body) == message)
    }

    @Test func nestingIsBounded() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(problem("{\"observations\":[\(deep)") == "byte 81: found '[[[[[[[[[[[['; expected at most 64 levels of nesting")
    }

    @Test func bytesThatAreNoUTF8AreToldWithTheirPlace() {
        let bytes = Array("{\"observations\":[{\"agency\":\"".utf8) + [0xC3, 0x28]
        #expect(throws: PushFormatError.malformed(.byte(28), .notUTF8(.body))) {
            try PushDecoder.decode(bytes, as: .json, PushReading(mostObservations: 100))
        }
    }

    @Test func moreObservationsThanAllowedAreNotRead() {
        let many = Array(repeating: "0", count: 101).joined(separator: ",")
        #expect(problem("{\"observations\":[\(many)]}") == "the body holds more than 100 observations; send them in several requests")
    }

    @Test func linesAreReadOneByOneAndABrokenOneIsRefusedAlone() throws {
        let pushed = try decode(
            """
            {"agency":"H","measure":"m","from":"2026-11-01","value":1}\r

            {"agency":"H","measure":
            {"agency":"H","measure":"m","from":"2026-11-02","value":2} x
            {"agency":"H","measure":"m","from":"2026-11-01","value":3}
            """, .ndjson)
        #expect(pushed.decoded == [Decoded("H", "m", first, "1", 0), Decoded("H", "m", first, "3", 3)])
        #expect(
            pushed.refusals == [
                "1 malformed line 3: byte 85: the JSON text ends here; expected a value → one JSON object a line",
                "2 malformed line 4: byte 145: found 'x'; expected the end of the line → one JSON object a line",
            ])
        #expect(pushed.items.map(\.line) == [1, 5])
    }
}
