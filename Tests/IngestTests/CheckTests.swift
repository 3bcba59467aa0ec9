import Ingest
import Model
import TestSupport
import Testing

/// What is certain becomes an observation, what is not becomes a finding; each finding with its texts.
struct CheckTests {
    struct Refused: CustomTestStringConvertible, Sendable {
        let name: String
        let row: Row
        let kind: Finding.Kind
        var found: String?
        var expected: String?

        var testDescription: String { name }
    }

    static let refused = [
        Refused(name: "unknown code", row: row("H52.99"), kind: .unknownAgency, found: "H52.99", expected: "H52.01"),
        Refused(name: "another province", row: row("H44.01"), kind: .unknownAgency, found: "H44.01", expected: "H52.01"),
        Refused(name: "unknown name", row: row(name: "Sở Nội vu"), kind: .unknownAgency, found: "Sở Nội vu", expected: "Sở Nội vụ"),
        Refused(name: "ambiguous name", row: row(name: "Chiềng Chung"), kind: .ambiguousAgency, found: "Chiềng Chung", expected: "H52.03, H52.04"),
        Refused(
            name: "after the agency's end", row: row("H52.05", days("2026-06-01", "2026-06-30")), kind: .agencyNotInForce,
            found: "2026-06-01..2026-06-30"),
        Refused(
            name: "unknown measure", row: row("H52.01", measure: "dossier.received"), kind: .unknownMeasure, found: "dossier.received",
            expected: "dossiers.received"),
        Refused(
            name: "unreadable", row: row("H52.01", value: .unreadable("1.234")), kind: .unreadableValue, found: "1.234", expected: "a whole number"),
        Refused(
            name: "half a dossier", row: row("H52.01", value: .number(decimal("12.5"))), kind: .unreadableValue, found: "12.5",
            expected: "a whole number"),
        Refused(name: "negative", row: row("H52.01", value: .number(decimal("-3"))), kind: .negativeCount, found: "-3", expected: "0 or more"),
        Refused(
            name: "tomorrow", row: row("H52.01", DayRange(day("2026-07-03"))), kind: .futureDay, found: "2026-07-03", expected: "≤ 2026-07-02"),
        Refused(
            name: "last century", row: row("H52.01", DayRange(day("1999-12-31"))), kind: .unsupportedDay, found: "1999-12-31",
            expected: "2000-01-01..2099-12-31"),
        Refused(
            name: "no period of the scheme", row: row("H52.01", days("2026-05-15", "2026-06-14")), kind: .misalignedInterval,
            found: "2026-05-15..2026-06-14", expected: "calendar"),
    ]

    @Test(arguments: refused)
    func anUncertainValueIsRefusedWithTheReason(refused: Refused) {
        let checked = Ingest.check([refused.row], from: "test", in: context())

        #expect(checked.observations.isEmpty)
        #expect(checked.findings.map(\.kind) == [refused.kind])
        #expect(checked.findings.first?.found == refused.found)
        #expect(checked.findings.first?.expected == refused.expected)
        #expect(checked.findings.first?.place == "line 1")
        #expect(refused.kind.isRefusal)
    }

    @Test(arguments: [
        CheckTests.row("H52.01"), CheckTests.row("000.00.01.H52"), CheckTests.row(name: "SỞ NỘI  VỤ"), CheckTests.row(name: "SNV"),
        CheckTests.row(name: "Sở Nội vu\u{0323}"),
    ])
    func anAgencyIsKnownByCodeOldCodeNameAndAlias(row: Row) {
        let checked = Ingest.check([row], from: "test", in: context())

        #expect(checked.findings.isEmpty)
        #expect(checked.observations == [observation("H52.01", 7)])
    }

    @Test func lateFiguresOfAnAbolishedAgencyAreAcceptedForItsTime() {
        let checked = Ingest.check([CheckTests.row("H52.05", days("2025-02-01", "2025-02-28"))], from: "test", in: context())

        #expect(checked.findings.isEmpty)
        #expect(checked.observations.map(\.cell.agency) == [code("H52.05")])
    }

    @Test func whatTheSourceDoesNotKnowIsStoredAsUnknownAndNotAsZero() {
        let checked = Ingest.check([CheckTests.row("H52.01", value: .unknown)], from: "test", in: context())

        #expect(checked.observations == [observation("H52.01", nil)])
        #expect(checked.findings.isEmpty)
    }

    @Test func theSameValueTwiceIsOneAndTwoValuesAreNone() {
        let same = Ingest.check([CheckTests.row("H52.01"), CheckTests.row("H52.01")], from: "test", in: context())
        let different = Ingest.check([CheckTests.row("H52.01"), CheckTests.row("H52.01", value: .number(decimal("8")))], from: "test", in: context())

        #expect(same.observations.count == 1)
        #expect(same.findings.isEmpty)
        #expect(different.observations.isEmpty)
        #expect(different.findings.map(\.kind) == [.duplicateInDelivery])
        #expect(different.findings.first?.found == "8")
        #expect(different.findings.first?.expected == "7 (line 1)")
    }

    @Test func aPartAboveItsWholeRefusesBothAndNothingElse() {
        let month = days("2026-06-01", "2026-06-30")
        let rows = [
            CheckTests.row("H52.01", month, value: .number(decimal("5"))),
            CheckTests.row("H52.01", month, measure: "dossiers.online", value: .number(decimal("6"))), CheckTests.row("H52.02", month),
        ]

        let checked = Ingest.check(rows, from: "test", in: context())

        #expect(checked.observations.map(\.cell.agency) == [code("H52.02")])
        #expect(checked.findings.map(\.kind) == [.partAboveWhole])
        #expect(checked.findings.first?.found == "6/5")
        #expect(checked.findings.first?.expected == "dossier.online")
    }

    @Test func aWholeThatIsStoredAlreadyIsComparedWithToo() {
        let month = days("2026-06-01", "2026-06-30")
        let known = CellTable([measure("dossiers.received"): [code("H52.01"): [Cell(range: month, value: 5, delivery: DeliveryID(1))]]])
        let row = CheckTests.row("H52.01", month, measure: "dossiers.online", value: .number(decimal("6")))

        let checked = Ingest.check([row], from: "test", in: context(known: known))

        #expect(checked.observations.isEmpty)
        #expect(checked.findings.map(\.kind) == [.partAboveWhole])
    }

    @Test func aRunningTotalThatFallsIsStoredAndNoted() {
        let known = CellTable([measure("plan.done"): [code("H52.01"): [Cell(range: DayRange(day("2026-05-31")), value: 40, delivery: DeliveryID(1))]]]
        )
        let row = CheckTests.row("H52.01", days("2026-06-01", "2026-06-30"), measure: "plan.done", value: .number(decimal("38")))

        let checked = Ingest.check([row], from: "test", in: context(known: known))

        #expect(checked.observations.map(\.cell.range) == [DayRange(day("2026-06-30"))])
        #expect(checked.findings.map(\.kind) == [.cumulativeFall])
        #expect(checked.findings.first?.found == "38 (2026-06-30)")
        #expect(checked.findings.first?.expected == "≥ 40 (2026-05-31)")
    }

    @Test func aRunningTotalMayBeginAnewWithItsYear() {
        let known = CellTable([measure("plan.done"): [code("H52.01"): [Cell(range: DayRange(day("2025-12-31")), value: 40, delivery: DeliveryID(1))]]]
        )
        let row = CheckTests.row("H52.01", DayRange(day("2026-01-31")), measure: "plan.done", value: .number(decimal("3")))

        #expect(Ingest.check([row], from: "test", in: context(known: known)).findings.isEmpty)
    }

    @Test func daysWithinAMonthThatIsCountedAlreadyAreNotedOnce() {
        let month = Cell(range: days("2026-06-01", "2026-06-30"), value: 90, delivery: DeliveryID(1))
        let known = CellTable([measure("dossiers.received"): [code("H52.01"): [month]]])
        let rows = ["2026-06-03", "2026-06-04"].map { CheckTests.row("H52.01", DayRange(day($0))) }

        let checked = Ingest.check(rows, from: "test", in: context(known: known))

        #expect(checked.observations.count == 2)
        #expect(checked.findings.map(\.kind) == [.overlappingGranularity])
        #expect(checked.findings.first?.found == "2026-06-03")
        #expect(checked.findings.first?.expected == "2026-06-01..2026-06-30")
    }

    @Test func anEmptyDeliveryIsAFinding() {
        #expect(Ingest.check([], from: "test", in: context()).findings == [Finding(.emptyDelivery, source: "test")])
    }

    @Test func garbageCannotFloodTheFindings() {
        let rows = (0..<1000).map { CheckTests.row("H52.\($0 % 90 + 10)", DayRange(day("2026-06-01") + $0 % 20), value: .unreadable("?")) }

        let checked = Ingest.check(rows, from: "test", in: context())

        #expect(checked.findings.count == Ingest.mostFindings + 1)
        #expect(checked.findings.last == Finding(.moreFindings, source: "test", found: "800"))
    }

    @Test func theNeighbourhoodCoversTheMonthsAroundAndTheMeasuresThatBelongTogether() throws {
        let row = CheckTests.row("H52.01", DayRange(day("2026-06-20")), measure: "dossiers.online")

        let around = try #require(Ingest.neighbourhood(of: [row], measures: context().measures, indicators: context().indicators))

        #expect(around.measures == [measure("dossiers.online"), measure("dossiers.received")])
        #expect(around.range == days("2026-05-15", "2026-07-14"))
        #expect(Ingest.neighbourhood(of: [], measures: context().measures, indicators: []) == nil)
    }

    // MARK: - What the rows are held against

    static func row(
        _ code: String = "H52.01", _ range: DayRange = DayRange(day("2026-06-01")), measure: String = "dossiers.received",
        value: RowValue = .number(ExactDecimal(7))
    ) -> Row {
        Row(subject: .code(code), measure: measure, range: range, value: value, place: "line 1")
    }

    static func row(name: String) -> Row {
        Row(subject: .name(name), measure: "dossiers.received", range: DayRange(day("2026-06-01")), value: .number(ExactDecimal(7)), place: "line 1")
    }

    private func observation(_ agency: String, _ value: Int64?) -> Observation {
        Observation(cell: CellKey(agency: code(agency), measure: measure("dossiers.received"), range: DayRange(day("2026-06-01"))), value: value)
    }

    private func context(known: CellTable = CellTable([:])) -> IngestContext {
        let text = LocalizedText(vietnamese: "thử", english: "test")
        let since = day("2000-01-01")
        let agencies = [
            Agency(code: code("H52.01"), name: "Sở Nội vụ", level: .department, validFrom: since, aliases: ["SNV"]),
            Agency(code: code("H52.02"), name: "Sở Y tế", level: .department, validFrom: since),
            Agency(code: code("H52.03"), name: "Chiềng Chung", level: .commune, validFrom: since),
            Agency(code: code("H52.04"), name: "Chiềng Chung", level: .commune, validFrom: since),
            Agency(code: code("H52.05"), name: "Sở Giao thông vận tải", level: .department, validFrom: since, validTo: day("2025-03-01")),
        ]
        let measures = [
            Measure(id: measure("dossiers.received"), title: text), Measure(id: measure("dossiers.online"), title: text),
            Measure(id: measure("plan.done"), title: text, kind: .cumulative(since: .calendar)),
        ]
        let definition = Indicator.Definition(
            version: 1, numerator: Expression([.init(measure: measure("dossiers.online"))]),
            denominator: Expression([.init(measure: measure("dossiers.received"))]), wording: text, legalBasis: "test")
        let indicator = Indicator(
            id: "dossier.online", title: text, clause: "", direction: .higherIsBetter, unit: .percent, scheme: .calendar, period: .month,
            definitions: [definition])
        return IngestContext(
            register: Register(agencies: agencies), measures: Dictionary(uniqueKeysWithValues: measures.map { ($0.id, $0) }), indicators: [indicator],
            province: code("H52"), today: day("2026-07-02"), known: known)
    }
}
