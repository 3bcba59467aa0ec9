@testable import Province
import Foundation
import Model
import TestSupport
import Testing

struct RosterTests {
    @Test func theProvinceHas75CommunesEachOnce() {
        let names = Roster.communes.map(\.name)

        #expect(names.count { $0.hasPrefix("Phường ") } == 8)
        #expect(names.count { $0.hasPrefix("Xã ") } == 67)
        #expect(names.count == 75)
        #expect(Set(names.map(TextFolding.key)).count == 75)
    }

    @Test func everyAgencyHasACodeOfItsOwn() {
        let all = Roster.all + [Roster.merged]

        for agency in all { #expect(AgencyCode(agency.code)?.text == agency.code) }
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(Set(all.map(\.index)).count == all.count)
    }

    @Test func theMergedDepartmentWentIntoTheOneOfConstruction() {
        #expect(Roster.successor.name == "Sở Xây dựng")
        #expect(!Roster.all.contains(Roster.merged))
    }

    @Test func theDemosRegisterListsExactlyTheRoster() throws {
        let text = try String(contentsOfFile: repository("config/demo/agencies.csv"), encoding: .utf8)

        let lines = try DelimitedText.records(text).dropFirst().map { [$0[0].text, $0[1].text, $0[2].text] }

        let province = ["H52", "UBND tỉnh Sơn La", "province"]
        let agencies = (Roster.departments + [Roster.merged] + Roster.communes).map { [$0.code, $0.name, $0.isCommune ? "commune" : "department"] }
        #expect(lines == [province] + agencies)
    }

    @Test func everyTroubleIsThatOfAnAgencyThatExists() {
        let troubled =
            [Troubles.neverReports, Troubles.stalePortal, Troubles.restates, Troubles.nothingToPublish, Troubles.contradicts]
            + Troubles.lateShares.keys + Troubles.mailShares.keys + Troubles.signedShares.keys

        let names = Set((Roster.all + [Roster.merged]).map(\.name))
        for name in troubled { #expect(names.contains(name)) }
        #expect(Set(troubled).count == troubled.count)
    }
}
