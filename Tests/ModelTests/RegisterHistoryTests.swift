import Model
import TestSupport
import Testing

/// The register through time, on the merger of three communes and a function that moved without one.
@Suite struct RegisterHistoryTests {
    private let register = Register(
        agencies: [
            Agency(code: code("H52"), name: "UBND tỉnh", level: .province, validFrom: day("2000-01-01")),
            Agency(
                code: code("H52.20"), name: "Huyện Cũ", level: .district, parent: code("H52"), validFrom: day("2000-01-01"),
                validTo: day("2025-07-01")),
            Agency(
                code: code("H52.20.01"), name: "Xã A", level: .commune, parent: code("H52.20"), validFrom: day("2000-01-01"),
                validTo: day("2025-07-01")),
            Agency(
                code: code("H52.20.02"), name: "Xã B", level: .commune, parent: code("H52.20"), validFrom: day("2000-01-01"),
                validTo: day("2025-07-01")),
            Agency(code: code("H52.30"), name: "Xã Mới", level: .commune, parent: code("H52"), validFrom: day("2025-07-01")),
            Agency(code: code("H52.07"), name: "Sở Nội vụ", level: .department, parent: code("H52"), validFrom: day("2000-01-01")),
        ],
        successions: [
            Succession(predecessor: code("H52.20.01"), successor: code("H52.30"), effective: day("2025-07-01"), note: "Nghị quyết 1681"),
            Succession(predecessor: code("H52.20.02"), successor: code("H52.30"), effective: day("2025-07-01"), note: "Nghị quyết 1681"),
            Succession(
                predecessor: code("H52.20"), successor: code("H52.07"), effective: day("2025-07-01"), measures: [measure("staff")], note: ""),
        ])

    @Test func theTreeHangsEveryAgencyOfTheDayBelowItsParent() {
        let before = register.tree(on: day("2025-06-30")).map { "\($0.depth) \($0.agency.code)" }
        let after = register.tree(on: day("2025-07-01")).map { "\($0.depth) \($0.agency.code)" }

        #expect(before == ["0 H52", "1 H52.07", "1 H52.20", "2 H52.20.01", "2 H52.20.02"])
        #expect(after == ["0 H52", "1 H52.07", "1 H52.30"])
    }

    @Test func anAgencyWhoseParentIsGoneStandsAtTheTop() {
        let orphan = Register(agencies: [
            Agency(code: code("H52.20.01"), name: "Xã A", level: .commune, parent: code("H52.20"), validFrom: day("2000-01-01"))
        ])

        #expect(orphan.tree(on: day("2026-01-01")).map(\.depth) == [0])
    }

    @Test func theHistoryTellsWhatCameAndWhatWent() {
        let told = { (text: String) in register.history(of: code(text)).map { "\($0.day) \($0.kind.rawValue) \($0.code) \($0.measures.map(\.text))" }
        }

        #expect(
            told("H52.30") == [
                "2025-07-01 begins H52.30 []", "2025-07-01 takes-over H52.20.01 []", "2025-07-01 takes-over H52.20.02 []",
            ])
        #expect(told("H52.20.01") == ["2000-01-01 begins H52.20.01 []", "2025-07-01 ends H52.20.01 []", "2025-07-01 passes-on H52.30 []"])
        #expect(told("H52.07") == ["2000-01-01 begins H52.07 []", #"2025-07-01 receives H52.20 ["staff"]"#])
        #expect(told("H52.20").last == #"2025-07-01 gives H52.07 ["staff"]"#)
    }
}
