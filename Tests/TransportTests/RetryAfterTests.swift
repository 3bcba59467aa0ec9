import Testing

@testable import Transport

struct RetryAfterTests {
    @Test(
        arguments: [
            ("0", nil, Duration.seconds(0)),
            ("120", nil, .seconds(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", nil, .seconds(37)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", nil, .seconds(37)),
            ("Sun Nov  6 08:49:37 1994", nil, .seconds(37)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT", .seconds(7)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", "nonsense", .seconds(37)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", nil, .seconds(0)),
            ("", nil, nil),
            ("-5", nil, nil),
            ("soon", nil, nil),
            ("99999999999999999999", nil, nil),
        ] as [(String, String?, Duration?)])
    func bothFormsAreRead(value: String, serverDate: String?, expected: Duration?) {
        #expect(RetryAfter.duration(value, serverDate: serverDate, now: 784_111_740) == expected)
    }
}
