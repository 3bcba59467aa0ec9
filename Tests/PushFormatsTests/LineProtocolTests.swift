import Model
import PushFormats
import TestSupport
import Testing

struct LineProtocolTests {
    private static let measures = ["mail.accounts.active", "dossiers.received", "a.b_c", "a.b.c"].map {
        Measure(id: measure($0), title: LocalizedText(vietnamese: "", english: ""))
    }

    private func read(_ text: String, agency: String? = nil, _ precision: PushReading.Precision = .seconds, at: Instant? = nil) throws
        -> PushedObservations
    {
        try decode(
            text, .lineProtocol,
            PushReading(
                mostObservations: 100, mapping: PushMapping(measures: Self.measures, names: ["disk.used": measure("dossiers.received")]),
                precision: precision, agencyWhenMissing: agency, receivedAt: at))
    }

    @Test func theDayIsTheCivilDayOfVietNam() throws {
        // 2026-10-31 17:00:00 UTC is midnight in Viet Nam.
        let pushed = try read("mail_accounts_active,agency=H52.07 value=5i 1793466000\nmail_accounts_active,agency=H52.07 value=4i 1793465999\n")
        #expect(
            pushed.decoded == [
                Decoded("H52.07", "mail.accounts.active", DayRange(day("2026-10-31")), "4", 1),
                Decoded("H52.07", "mail.accounts.active", first, "5", 0),
            ])
    }

    @Test(arguments: [
        (PushReading.Precision.nanoseconds, "1793466000000000000"), (.microseconds, "1793466000000000"), (.milliseconds, "1793466000000"),
        (.seconds, "1793466000"), (.minutes, "29891100"), (.hours, "498185"),
    ])
    func precisionSaysWhatATimestampCounts(_ precision: PushReading.Precision, _ timestamp: String) throws {
        #expect(try read("m,agency=H value=1 \(timestamp)", precision).decoded == [Decoded("H", "m", first, "1", 0)])
        let now = Instant(day("2026-11-01"), hour: 0, minute: 0)
        #expect(try read("m,agency=H value=1", precision, at: now).decoded == [Decoded("H", "m", first, "1", 0)])
    }

    @Test func aTimestampInHoursBeyondAllSecondsIsRefusedAsItWasWritten() throws {
        #expect(
            try read("m,agency=H value=1 9223372036854775807", .hours).refusals == [
                "0 bad-day line 1, timestamp: 9223372036854775807 → a time in the precision that the request names"
            ])
        #expect(
            ["h", "m", "ms", "n", "u"].map { PushReading.Precision(parameter: $0) } == [.hours, .minutes, .milliseconds, .nanoseconds, .microseconds])
    }

    @Test func measuresAreFoundByTagNameFieldAndMapping() throws {
        let pushed = try read(
            """
            # a comment

            x,agency=H,measure=mail.accounts.active count=1i 1793466000
            dossiers,agency=H,host=a\\ b\\,c received=2i,other=3u 1793466000\r
            dondoc_dossiers_received,agency=H gauge=4 1793466000
            disk,agency=H used=5 1793466000
            a_b_c value=6,text="x y,\\" \n" 1793466000
            """, agency: "H52")
        #expect(
            pushed.decoded == [
                Decoded("H", "mail.accounts.active", first, "1", 0), Decoded("H", "dossiers.received", first, "2", 1),
                Decoded("H", "dossiers.other", first, "3", 2), Decoded("H", "dossiers.received", first, "4", 3),
                Decoded("H", "dossiers.received", first, "5", 4), Decoded("H52", "a_b_c", first, "6", 5),
            ])
        #expect(pushed.refusals == ["6 bad-value line 7, text: x y,\\\" \u{FFFD} → a number with digits and a decimal point"])
    }

    @Test func tagsMayNameTheDays() throws {
        let pushed = try read(
            "m,agency=H,period=2026-11,scheme=admin15 value=1 1793466000\nm,agency=H,from=2026-11-01,to=2026-11-30 value=2 1793466000")
        #expect(pushed.decoded == [Decoded("H", "m", days("2026-10-15", "2026-11-14"), "1", 0), Decoded("H", "m", november, "2", 1)])
    }

    @Test(arguments: [
        ("m value=1 1793466000", "0 malformed line 1, agency:  → a label 'agency' with an agency's code"),
        ("m,agency=H,agency=I value=1 1793466000", "0 malformed line 1, agency: the tag stands twice → it stands once"),
        ("m,agency=H value=1", "0 malformed line 1, timestamp:  → a timestamp in s at the end of the line"),
        ("m,agency=H value=1 x", "0 malformed line 1, timestamp: x → a whole number of s since 1970"),
        (
            "m,agency=H value=1 9223372036854775807",
            "0 bad-day line 1, timestamp: 9223372036854775807 → a time in the precision that the request names"
        ),
        ("m,agency=H value=1.5i 1793466000", "0 bad-value line 1, value: 1.5i → a number with digits and a decimal point"),
        ("m,agency=H value=t 1793466000", "0 bad-value line 1, value: t → a number with digits and a decimal point"),
        ("m,agency=H value=1 1793466000 x", "0 malformed line 1: x → the end of the line after the timestamp"),
        ("m,agency=H", "0 malformed line 1: the end of the line → a blank before the fields"),
        ("m,agency=H value", "0 malformed line 1: the end of the line → a field, name=value"),
        (",agency=H value=1", "0 malformed line 1: ,agency=H value=1 → a measurement"),
    ])
    func aBadLineIsRefusedAloneAndSaysWhy(_ line: String, _ refusal: String) throws {
        let pushed = try read(line + "\nm,agency=H value=2 1793466000")
        #expect(pushed.refusals == [refusal])
        #expect(pushed.decoded == [Decoded("H", "m", first, "2", 1)])
    }

    @Test func aTagForTheMeasureLeavesRoomForOneField() throws {
        let pushed = try read("x,agency=H,measure=m a=1,b=2 1793466000")
        #expect(
            pushed.refusals == [
                "0 malformed line 1, a: 2 fields → one field, because a tag names the measure",
                "1 malformed line 1, b: 2 fields → one field, because a tag names the measure",
            ])
    }
}
