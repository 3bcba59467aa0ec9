import Model
import TestSupport
import Testing

struct RegisterTests {
    @Test(arguments: ["H52", "H52.07", "H44.100", "H37.DN.002", "G12.01"])
    func codesOfTheCurrentFormAreAccepted(text: String) {
        #expect(AgencyCode(text)?.text == text)
    }

    @Test(arguments: ["", "h52", "H5", "H52.", "H52.7", "H52.0007", "000.00.07.H52", "H52.07.08.09.10.11", "H52 07"])
    func otherTextsAreNoCodes(text: String) {
        #expect(AgencyCode(text) == nil)
    }

    @Test func olderCodesAreReadFromTheRightWithoutZeroGroups() {
        #expect(AgencyCode(legacy: "000.00.07.H52")?.text == "H52.07")
        #expect(AgencyCode(legacy: "000.12.07.H52")?.text == "H52.07.12")
        #expect(AgencyCode(legacy: "H52.07") == nil)
    }

    @Test func lateFiguresOfAnAbolishedAgencyBelongToItsOldPeriods() {
        let register = merger()
        let old = code("H52.05")

        #expect(register.agency(old, on: day("2025-02-28"))?.name == "Sở Giao thông vận tải")
        #expect(register.agency(old, on: day("2025-03-01")) == nil)
        #expect(register.agency(old, in: period("2025-02").range) != nil)
    }

    @Test func theSuccessorAnswersOnceTheAgencyIsGone() {
        let register = merger()

        #expect(register.answerable(for: code("H52.05"), on: day("2025-02-28")).map(\.code.text) == ["H52.05"])
        #expect(register.answerable(for: code("H52.05"), on: day("2026-01-01")).map(\.code.text) == ["H52.06"])
    }

    @Test func aFunctionCanMoveWithoutAMerger() {
        let register = merger()
        let press = measure("press.items")

        #expect(register.answerable(for: code("H52.06"), measure: press, on: day("2026-01-01")).map(\.code.text) == ["H52.08"])
        #expect(register.answerable(for: code("H52.06"), on: day("2026-01-01")).map(\.code.text) == ["H52.06"])
    }

    @Test func successionsThatRunInACircleEnd() {
        let register = Register(
            agencies: [],
            successions: [
                Succession(predecessor: code("H52.01"), successor: code("H52.02"), effective: day("2025-01-01")),
                Succession(predecessor: code("H52.02"), successor: code("H52.01"), effective: day("2025-01-01")),
            ])

        #expect(register.answerable(for: code("H52.01"), on: day("2026-01-01")).isEmpty)
    }

    @Test func namesAreFoundWhateverTheirCaseBlanksAndNormalForm() {
        let register = merger()
        let range = DayRange(day("2025-01-10"))
        let decomposed = "So\u{031B}\u{0309} giao  thông VẬN tải"

        #expect(register.agencies(named: decomposed, in: range).map(\.code.text) == ["H52.05"])
        #expect(register.agencies(named: "Sở GTVT", in: range).map(\.code.text) == ["H52.05"])
        #expect(register.agencies(named: "So Giao thong van tai", in: range).isEmpty)
    }

    @Test func theNearestCandidateIsOfferedOnlyWhenItIsNear() {
        #expect(TextFolding.nearest(to: "treshold", among: ["threshold", "title"]) == "threshold")
        #expect(TextFolding.nearest(to: "colour", among: ["threshold", "title"]) == nil)
    }

    private func merger() -> Register {
        Register(
            agencies: [
                Agency(
                    code: code("H52.05"), name: "Sở Giao thông vận tải", level: .department, validFrom: day("2010-01-01"),
                    validTo: day("2025-03-01"), aliases: ["Sở GTVT"]),
                Agency(code: code("H52.06"), name: "Sở Xây dựng", level: .department, validFrom: day("2010-01-01")),
                Agency(code: code("H52.08"), name: "Sở Văn hóa, Thể thao và Du lịch", level: .department, validFrom: day("2010-01-01")),
            ],
            successions: [
                Succession(predecessor: code("H52.05"), successor: code("H52.06"), effective: day("2025-03-01")),
                Succession(
                    predecessor: code("H52.06"), successor: code("H52.08"), effective: day("2025-03-01"),
                    measures: [measure("press.items")]),
            ])
    }
}
