import Foundation
import Ingest
import Model
import TestSupport
import Testing

/// Whose figure a row is.
@Suite struct AgencyTests {
    @Test func unknownCodeIsRefusedWithTheNearestOne() {
        let row = Province.row(agency: .code("H52.4l"))

        let checked = Province.check([row])

        #expect(
            checked == Checked(observations: [], findings: [Province.finding(.unknownAgency, agency: "H52.4l", found: "H52.4l", expected: "H52.41")]))
    }

    @Test func codeLikeNoOtherIsRefusedWithoutAdvice() {
        let checked = Province.check([Province.row(agency: .code("tổng cộng"))])

        #expect(checked.findings == [Province.finding(.unknownAgency, agency: "tổng cộng", found: "tổng cộng")])
    }

    @Test func codeOfTheOldFormIsTheSameAgency() {
        let checked = Province.check([Province.row(agency: .code("000.00.01.H52"))])

        #expect(checked == Checked(observations: [Province.observation(Province.received, 7)], findings: []))
    }

    @Test(arguments: ["SNV", "sở  nội vụ", "Sở Nội vụ tỉnh", "Sở Nội vụ".decomposedStringWithCanonicalMapping])
    func nameOrAliasIsFoundInAnySpelling(name: String) {
        let checked = Province.check([Province.row(agency: .name(name))])

        #expect(checked == Checked(observations: [Province.observation(Province.received, 7)], findings: []))
    }

    @Test func unknownNameIsRefusedWithTheNearestOneAndTonesCount() {
        let checked = Province.check([Province.row(agency: .name("Xã Mường Lạ"))])

        #expect(checked.observations.isEmpty)
        #expect(checked.findings == [Province.finding(.unknownAgency, agency: "Xã Mường Lạ", found: "Xã Mường Lạ", expected: "Xã Mường La")])
    }

    @Test func nameOfTwoAgenciesIsRefusedWithBothCodes() {
        let checked = Province.check([Province.row(agency: .name("Xã Tân Lập"))])

        #expect(checked.observations.isEmpty)
        #expect(
            checked.findings == [Province.finding(.ambiguousAgency, agency: "Xã Tân Lập", found: "Xã Tân Lập", expected: "H52.42, H52.43")])
    }

    @Test func abolishedAgencyKeepsItsOldPeriodsAndGetsNoNewOnes() {
        let last = days("2025-02-01", "2025-02-28")
        let next = days("2025-03-01", "2025-03-31")

        let checked = Province.check([Province.row(agency: .code("H52.03"), in: last), Province.row(agency: .code("H52.03"), in: next)])

        #expect(checked.observations == [Province.observation(Province.received, 7, agency: "H52.03", in: last)])
        #expect(checked.findings == [Province.finding(.agencyNotInForce, agency: "H52.03", in: next, found: "2025-03-01..2025-03-31")])
    }

    @Test func agencyOfAnotherProvinceIsUnknownEvenWhenRegistered() {
        let checked = Province.check([Province.row(agency: .code("H01.05")), Province.row(agency: .code("H77.01"))])

        #expect(checked.observations.isEmpty)
        #expect(checked.findings.map(\.kind) == [.unknownAgency, .unknownAgency])
        #expect(checked.findings.map(\.found) == ["H01.05", "H77.01"])
    }

    @Test(.timeLimit(.minutes(1))) func veryLongNameIsCutAndCostsNoMoreThanAShortOne() {
        let long = String(repeating: "Sở ", count: 1_000_000)

        let checked = Province.check([Province.row(agency: .name(long)), Province.row(agency: .code(long)), Province.row(long)])

        #expect(checked.findings.map(\.kind) == [.unknownAgency, .unknownAgency, .unknownMeasure])
        #expect(checked.findings.allSatisfy { ($0.found?.count ?? 0) == 80 && $0.expected == nil })
    }
}
