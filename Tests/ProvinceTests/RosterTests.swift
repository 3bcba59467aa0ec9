import Foundation
import Model
import TestSupport
import Testing

@testable import Province

@Suite struct RosterTests {
    private let everyone = Roster.all + [Roster.merged]

    @Test func holdsTheEightWardsAndSixtySevenCommunesOf2025() {
        let wards = Roster.communes.filter { $0.name.hasPrefix("Phường ") }
        let communes = Roster.communes.filter { $0.name.hasPrefix("Xã ") }

        #expect(wards.count == 8)
        #expect(communes.count == 67)
        #expect(Set(Roster.communes.map(\.name)).count == 75)
        #expect(Roster.departments.count == 14)
    }

    /// Two with one index would have the same figures.
    @Test func figuresAreDrawnFromDifferentPlaces() {
        #expect(Set(everyone.map(\.index)).count == everyone.count)
    }

    @Test func codesAreValidDifferentAndMarkedAsTheDemos() {
        let codes = everyone.compactMap { AgencyCode($0.code) }

        #expect(codes.count == everyone.count)
        #expect(Set(codes).count == everyone.count)
        #expect(codes.allSatisfy { $0.text.hasPrefix("H52.DM.") })
    }

    @Test func namesAreComposedUnicodeAsRegistersCarryThem() {
        #expect(
            everyone.filter { $0.name.unicodeScalars.elementsEqual($0.name.precomposedStringWithCanonicalMapping.unicodeScalars) }.count
                == everyone.count)
    }

    @Test func everyTroubleIsThatOfAnAgencyThatExistsAndNobodyHasTwo() {
        let troubled =
            [Troubles.neverReports, Troubles.stalePortal, Troubles.restates, Troubles.nothingToPublish, Troubles.contradicts]
            + Troubles.lateShares.keys + Troubles.mailShares.keys + Troubles.signedShares.keys

        #expect(Set(troubled).isSubset(of: everyone.map(\.name)))
        #expect(Set(troubled).count == troubled.count)
    }

    @Test func theDemosRegisterListsTheProvinceAndEveryAgencyOnce() throws {
        let table = try register("agencies.csv")

        let listed = table.dropFirst().map { "\($0[0]) \($0[1])" }

        #expect(Set(listed) == Set(everyone.map { "\($0.code) \($0.name)" } + ["H52 UBND tỉnh Sơn La"]))
        #expect(listed.count == everyone.count + 1)
    }

    @Test func theDemosRegisterWritesToNobodyOutsideTheReservedNames() throws {
        let contacts = try register("agencies.csv").dropFirst().map { $0[6] }.filter { !$0.isEmpty }

        #expect(contacts.count == everyone.count)
        #expect(contacts.allSatisfy { $0.hasSuffix("@demo.sonla.example") })
    }

    @Test func theMergedDepartmentAndItsSuccessorAreThoseOfTheDemosRegister() throws {
        let successions = try register("successions.csv").dropFirst()

        #expect(successions.map { Array($0.prefix(2)) } == [[Roster.merged.code, Roster.successor.code]])
        #expect(Roster.successor.name == "Sở Xây dựng")
    }

    private func register(_ name: String) throws -> [[String]] {
        let text = try String(contentsOfFile: repository("config/demo/\(name)"), encoding: .utf8)
        return try DelimitedText.records(text).map { $0.map(\.text) }
    }
}
