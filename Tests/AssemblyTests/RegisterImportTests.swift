import Assembly
import Foundation
import Model
import Settings
import TestSupport
import Testing

/// Lists of agencies taken into a register of two departments and a district.
@Suite struct RegisterImportTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.copy(repository("config"), to: "config")
        try directory.write(
            """
            code,name,level,parent,valid_from,valid_to,contacts,aliases
            H52,UBND tỉnh Sơn La,province,,2000-01-01,,,
            H52.01,Sở Một,department,H52,2000-01-01,,mot@sonla.example,Sở 1
            H52.02,"Sở Hai, Ba",department,H52,2000-01-01,,,
            H52.20,Huyện Cũ,district,H52,2000-01-01,,,

            """, to: "config/agencies.csv")
        try directory.write("predecessor,successor,effective,measures,note\n", to: "config/successions.csv")
    }

    private func prepare(
        _ list: String, successions: String? = nil, closing: RegisterImport.Closing? = nil
    ) -> Result<RegisterImporter, ConfigurationProblems> {
        RegisterImporter.prepare(
            agencies: .init(name: "list.csv", text: list), successions: successions.map { .init(name: "successions-list.csv", text: $0) },
            closing: closing, directory: directory.file("config"))
    }

    private func changes(_ list: String, closing: RegisterImport.Closing? = nil) throws -> [String] {
        try prepare(list, closing: closing).get().comparison.changes.map {
            "\($0.kind.rawValue) \($0.code) \($0.column): \($0.before) → \($0.after) (\($0.line.map(String.init) ?? "-"))"
        }
    }

    private func problems(_ list: String, successions: String? = nil) -> [String] {
        guard case .failure(let found) = prepare(list, successions: successions) else { return [] }
        return found.problems.map(\.description)
    }

    private func register() throws -> String { try String(contentsOfFile: directory.file("config/agencies.csv"), encoding: .utf8) }

    @Test func listOfCodesAndAddressesEntersContacts() throws {
        let found = try changes("contacts,code\nhai@sonla.example,H52.02\n,H52.01\n")

        #expect(found == ["changed H52.02 contacts:  → hai@sonla.example (2)"])
    }

    @Test func emptyCellLeavesWhatStandsAndADashEmptiesIt() throws {
        #expect(try changes("code,name,contacts,aliases\nH52.01,,,\n") == [])
        #expect(
            try changes("code,name,contacts,aliases\nH52.01,,-,-\n") == [
                "changed H52.01 contacts: mot@sonla.example →  (2)", "changed H52.01 aliases: Sở 1 →  (2)",
            ])
    }

    @Test func newCodeIsAddedAndALaterFirstDayContinuesAKnownOne() throws {
        let found = try changes(
            """
            code,name,level,parent,valid_from
            H52.03,Sở Ba,department,H52,01/03/2025
            H52.01,Sở Một mới,department,H52,2025-03-01

            """)

        #expect(
            found == [
                "added H52.03 :  → department, H52, 01/03/2025 (2)", "continued H52.01 valid_from: 2000-01-01 → 2025-03-01 (3)",
                "continued H52.01 name: Sở Một → Sở Một mới (3)",
            ])
    }

    @Test func agenciesOfALevelThatTheListDoesNotNameEndTheDayBefore() throws {
        let closing = RegisterImport.Closing(levels: [.district], day: day("2025-07-01"))

        let prepared = try prepare("code\nH52.01\n", closing: closing).get().comparison

        #expect(prepared.changes.map(\.kind) == [.closed])
        #expect(prepared.changes.map(\.code) == ["H52.20"])
        #expect(prepared.changes.map(\.after) == ["2025-06-30"])
        #expect(prepared.unchanged == 1)
        #expect(prepared.untouched == 2)
    }

    @Test func previewWritesNothingAndApplyingKeepsTheFormerFiles() throws {
        let before = try register()
        let importer = try prepare(
            "code,name,level,parent,valid_from\nH52.03,\"Sở \"\"Ba\"\"\",department,H52,2025-03-01\n",
            successions: "predecessor,successor,effective\nH52.02,H52.03,2025-03-01\n"
        ).get()
        #expect(try register() == before)

        let former = try importer.apply(stamp: "20261123-0815")

        let top = directory.file("config")
        #expect(former == ["\(top)/agencies.csv.before-20261123-0815", "\(top)/successions.csv.before-20261123-0815"])
        #expect(try String(contentsOfFile: former[0], encoding: .utf8) == before)
        #expect(try register() == before + "H52.03,\"Sở \"\"Ba\"\"\",department,H52,2025-03-01,,,\n")
        let loaded = try Configuration.load(top).get().core.register
        #expect(loaded.agency(code("H52.03"), on: day("2025-03-01"))?.name == "Sở \"Ba\"")
        #expect(loaded.successions.map(\.successor.text) == ["H52.03"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: top).filter { $0.hasSuffix(".new") } == [])
    }

    @Test func importingTheSameListAgainChangesNothing() throws {
        let list = "code,name,level,parent,valid_from\nH52.01,Sở Một mới,department,H52,2025-03-01\n"
        let successions = "predecessor,successor,effective\nH52.02,H52.01,01/03/2025\n"
        _ = try prepare(list, successions: successions).get().apply(stamp: "1")

        let again = try prepare(list, successions: successions).get().comparison

        #expect(again.changes == [])
        #expect(again.texts == [:])
    }

    @Test func aSecondChangeWithinTheMinuteKeepsBothFormerFiles() throws {
        _ = try prepare("code,contacts\nH52.02,a@sonla.example\n").get().apply(stamp: "1")

        let former = try prepare("code,contacts\nH52.02,b@sonla.example\n").get().apply(stamp: "1")

        #expect(former == [directory.file("config/agencies.csv.before-1-2")])
        #expect(try String(contentsOfFile: former[0], encoding: .utf8).contains("a@sonla.example"))
    }

    @Test func mistakesAreNamedAtTheirPlacesInTheList() {
        let found = problems(
            """
            code,name,level,parent,valid_from,contacts
            H52.03,Sở Ba,departement,H52,2025-03-01,
            H52.04,Sở Bốn,department,H52.99,2025-03-01,bon

            """)

        #expect(
            found == [
                "list.csv:2:1: 'level' is 'departement', expected one of province, department, district, commune",
                "list.csv:3:1: 'bon' is not an e-mail address; several are separated by |",
                "list.csv:3:1: no agency has the code 'H52.99'; did you mean 'H52.01'?",
            ])
    }

    @Test func listThatCannotBeTakenInIsRefusedBeforeItIsCompared() {
        #expect(
            problems("name\nSở Ba\n") == [
                "list.csv:1:1: the header lacks code; the columns are code,name,level,parent,valid_from,valid_to,contacts,aliases,head_contacts"
            ])
        #expect(
            problems("code,valid_from\nH52.01,1.3.2025\n,2025-03-01\nH52.02,\nH52.02,\n") == [
                "list.csv:2:8: 'valid_from' is '1.3.2025', expected a day such as 2026-08-01 or 01/08/2026",
                "list.csv:3:1: 'code' is empty, expected an agency code such as H52.07",
                "list.csv:5:1: 'H52.02' stands on line 4 already; keep one of them",
            ])
        #expect(
            problems("code\nH52.01\n", successions: "predecessor,successor,effective\nH52.02,H52.77,2025-03-01\n") == [
                "successions-list.csv:2:1: no agency has the code 'H52.77' in agencies.csv; did you mean 'H52.01'?"
            ])
    }
}
