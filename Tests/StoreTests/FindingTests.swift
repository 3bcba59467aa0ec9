import Model
import Store
import Testing

@Suite struct FindingTests {
    @Test func aFindingThatComesBackIsOneLineWithACount() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let day = DayRange(Sample.firstDay)
        let first = Finding(.unknownAgency, source: "one-stop", agency: "H99", range: day, place: "line 3", found: "H99", expected: "a code")
        let again = Finding(.unknownAgency, source: "one-stop", agency: "H99", range: day, place: "line 7", found: "H99 ", expected: "a known code")
        let recorded = try await store.record(Sample.delivery(), observations: [], findings: [first])

        try await store.note(findings: [again, again], at: Sample.noon(2))

        let records = try store.findings()
        #expect(records.count == 1)
        let record = try #require(records.first)
        #expect(record.finding == again && record.count == 3 && record.delivery == recorded.id)
        #expect(record.firstSeen == Sample.noon() && record.lastSeen == Sample.noon(2))
    }

    @Test func asOfAnInstantAFindingHasTheWordsOfThen() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        func finding(_ found: String) -> Finding { Finding(.fetchFailed, source: "portal", found: found) }
        let story = [(0, "503"), (1, "503"), (3, "timeout"), (5, "503"), (6, "503")]
        for (day, found) in story { try await store.note(findings: [finding(found)], at: Sample.noon(day)) }

        func known(_ day: Int, hour: Int) throws -> FindingRecord? {
            try store.findings(asOf: Instant(Sample.firstDay + day, hour: hour, minute: 0)).first
        }

        #expect(try known(0, hour: 8) == nil)
        #expect(try known(0, hour: 12)?.finding == finding("503"))
        #expect(try known(2, hour: 0)?.finding == finding("503"))
        #expect(try known(2, hour: 0)?.count == 2)
        #expect(try known(2, hour: 0)?.lastSeen == Sample.noon(1))
        #expect(try known(3, hour: 12)?.finding == finding("timeout"))
        #expect(try known(5, hour: 11)?.finding == finding("timeout"))
        #expect(try known(5, hour: 12)?.finding == finding("503"))
        #expect(try known(9, hour: 0)?.count == 5)
    }

    @Test func everyPartOfTheNaturalKeyTellsFindingsApart() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let day = Sample.firstDay
        let all = [
            Finding(.negativeCount), Finding(.futureDay), Finding(.negativeCount, source: "a"), Finding(.negativeCount, agency: "a"),
            Finding(.negativeCount, measure: "a"), Finding(.negativeCount, range: DayRange(day)),
            Finding(.negativeCount, range: DayRange(start: day, span: 2)), Finding(.negativeCount, range: DayRange(day + 1)),
        ]

        try await store.note(findings: all + all, at: Sample.noon())

        let records = try store.findings()
        #expect(Set(records.map(\.finding)) == Set(all))
        #expect(records.allSatisfy { $0.count == 2 })
    }

    @Test func findingsAreChosenByKindSourceAndTime() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let old = Finding(.fetchFailed, source: "portal", found: "503")
        let new = Finding(.emptyDelivery, source: "one-stop")
        try await store.note(findings: [old], at: Sample.noon(0))
        try await store.note(findings: [new], at: Sample.noon(5))

        #expect(try store.findings().map(\.finding) == [new, old])
        #expect(try store.findings(limit: 1).map(\.finding) == [new])
        #expect(try store.findings(kinds: [.fetchFailed, .storeFull]).map(\.finding) == [old])
        #expect(try store.findings(kinds: []).isEmpty)
        #expect(try store.findings(source: "one-stop").map(\.finding) == [new])
        #expect(try store.findings(kinds: [.fetchFailed], source: "one-stop").isEmpty)
        #expect(try store.findings(since: Sample.noon(5)).map(\.finding) == [new])
    }
}
