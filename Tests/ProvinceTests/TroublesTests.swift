import Foundation
import Model
import TestSupport
import Testing

@testable import Province

/// Each trouble is seen where it is meant to be, and nowhere else.
@Suite struct TroublesTests {
    private let today = day("2026-11-24")
    private let lastMonth = period("2026-10")
    private let everyone = Roster.all + [Roster.merged]

    private func systems() -> AgencySystems { AgencySystems(today: today) }

    /// The rows under a path of member names.
    private func rows(_ json: String, _ path: String...) throws -> [[String: Any]] {
        var value = try JSONSerialization.jsonObject(with: Data(json.utf8))
        for name in path {
            let object = try #require(value as? [String: Any])
            value = try #require(object[name])
        }
        return try #require(value as? [[String: Any]])
    }

    private func portal(_ systems: AgencySystems, _ month: Period) throws -> [String: [String: Any]] {
        let children = try rows(systems.nationalPortal(month), "data", "children")
        return try Dictionary(uniqueKeysWithValues: children.map { (try #require($0["departmentCode"] as? String), $0) })
    }

    private func code(of name: String) throws -> String { try #require(everyone.first { $0.name == name }).code }

    private func names(_ codes: some Sequence<String>) -> Set<String> { Set(everyone.filter { codes.contains($0.code) }.map(\.name)) }

    private func late(_ row: [String: Any]) throws -> Ratio {
        let overdue = try #require(row["totalOverdue"] as? Int)
        let received = try #require(row["totalReceived"] as? Int)
        return try #require(Ratio(Int64(overdue), over: Int64(received)))
    }

    /// Asked twice, so that what was restated is told right.
    private func settled() throws -> [String: [String: Any]] {
        let systems = systems()
        _ = systems.nationalPortal(lastMonth)
        return try portal(systems, lastMonth)
    }

    @Test func oneAgencyIsInNobodysAnswers() throws {
        let systems = systems()
        let silent = try code(of: Troubles.neverReports)
        let answers = [
            systems.nationalPortal(lastMonth), systems.oneStop(day("2026-10-05")), systems.mail(lastMonth),
            systems.documents(period("2026-11", .admin15).range), systems.portals(lastMonth.range),
        ]

        for answer in answers {
            #expect(!answer.contains(silent) && !answer.contains(Troubles.neverReports))
            #expect(answer.contains(Roster.communes[0].code) || answer.contains(Roster.communes[0].name))
        }
    }

    @Test func onePortalIsSilentForItsDaysAndOnlyThat() throws {
        let systems = systems()
        func publishers(_ range: DayRange) throws -> Set<String> {
            let rows = try rows(systems.portals(range), "items").filter { ($0["soTin"] as? Int ?? 0) > 0 }
            return names(Set(rows.compactMap { $0["donVi"] as? String }))
        }
        let silentDays = DayRange(start: today - (Troubles.staleDays - 1), span: Troubles.staleDays)
        let asked = Set(Roster.all.map(\.name)).subtracting([Troubles.neverReports])

        #expect(try publishers(silentDays) == asked.subtracting([Troubles.stalePortal]))
        #expect(try publishers(DayRange(start: silentDays.start - 60, span: 60)).contains(Troubles.stalePortal))
    }

    @Test func onlyTheLateAgenciesAreBeyondTheDemosBounds() throws {
        let figures = try settled()
        let beyondWarning = try figures.filter { try late($0.value).isAbove(percent: decimal("5")) }
        let beyondCritical = try figures.filter { try late($0.value).isAbove(percent: decimal("20")) }

        #expect(names(beyondWarning.keys) == ["Sở Y tế", "Xã Mường Bám"])
        #expect(names(beyondCritical.keys) == ["Xã Mường Bám"])
    }

    @Test func theOneStopSystemIsBusyTwiceAndTheOthersNever() {
        let systems = systems()

        #expect((1...4).map { _ in systems.refusal(of: "one-stop") } == [503, 503, nil, nil])
        #expect(systems.refusal(of: "national-portal") == nil)
    }

    @Test func aRefusalOnDemandEndsAfterItsCount() {
        let systems = systems()

        systems.fail("mail", times: 2, status: 429)

        #expect((1...3).map { _ in systems.refusal(of: "mail") } == [429, 429, nil])
        #expect(systems.refusal(of: "documents") == nil)
    }

    @Test func oneAgencysLastMonthIsRestatedOnTheSecondAskingAndNothingElse() throws {
        let systems = systems()
        let answers = try (1...3).map { _ in try portal(systems, lastMonth) }
        let earlier = (1...2).map { _ in systems.nationalPortal(period("2026-09")) }
        let restated = try code(of: Troubles.restates)

        let changed = answers[0].keys.filter { answers[0][$0]?["totalOnTime"] as? Int != answers[1][$0]?["totalOnTime"] as? Int }

        #expect(changed == [restated])
        #expect(try late(#require(answers[0][restated])).isAbove(percent: decimal("20")))
        #expect(try late(#require(answers[1][restated])).isBelow(percent: decimal("5")))
        #expect(NSDictionary(dictionary: answers[1]) == NSDictionary(dictionary: answers[2]))
        #expect(earlier[0] == earlier[1])
    }

    @Test func oneAgencyHadNothingToPublishAndPrintsNoPercentage() throws {
        let metrics = try rows(systems().transparency(lastMonth), "data", "metrics")

        let nothing = metrics.filter { $0["denominator"] as? Int == 0 }

        #expect(names(nothing.compactMap { $0["departmentCode"] as? String }) == [Troubles.nothingToPublish])
        #expect(nothing.allSatisfy { $0["numerator"] as? Int == 0 && $0["ratio"] is NSNull })
        #expect(metrics.filter { $0["ratio"] is NSNull }.count == 1)
    }

    @Test func onePrintedPercentageContradictsItsCounts() throws {
        // The text after the key, because a parser's Double would decide what this is about.
        let parts = systems().nationalPortal(lastMonth).split(separator: #""departmentCode":"H52.DM."#).dropFirst()
        let contradicting = try parts.filter { part in
            func figure(_ key: String) throws -> String {
                String(part[try #require(part.firstRange(of: "\"\(key)\":")).upperBound...].prefix { $0 != "," })
            }
            let counts = try #require(Ratio(Int64(figure("totalOverdue")) ?? -1, over: Int64(figure("totalReceived")) ?? -1))
            return counts.isContradicted(byPercent: decimal(try figure("overdueRatio")))
        }

        #expect(names(contradicting.map { "H52.DM." + $0.prefix { $0 != "\"" } }) == [Troubles.contradicts])
    }

    @Test(arguments: ["2026-01-01", "2026-11-24", "2027-03-01", "2028-02-29", "2029-12-31", "2030-06-15"])
    func theMergedDepartmentAnswersUntilItsLastMonthWhichIsCritical(_ date: String) throws {
        let systems = AgencySystems(today: day(date))
        let lastOfAll = Period.lastClosed(.month, scheme: .calendar, on: day(date))

        let months = try (0..<6).map { try portal(systems, lastOfAll.advanced(by: -$0))[Roster.merged.code] }

        #expect(months.map { $0 != nil } == [false, false, true, true, true, true])
        #expect(try late(#require(months[2])).isAbove(percent: decimal("20")))
        #expect(try late(#require(months[2])).denominator >= 20)
    }

    @Test func theMergedDepartmentIsInEverySystemOnTheSameDaysOnly() {
        let systems = systems()
        let lastDay = day("2026-08-31")

        #expect(systems.oneStop(lastDay).contains(Roster.merged.code) && !systems.oneStop(lastDay + 1).contains(Roster.merged.code))
        #expect(systems.mail(period("2026-08")).contains(Roster.merged.code) && !systems.mail(period("2026-09")).contains(Roster.merged.code))
        #expect(systems.transparency(period("2026-08")).contains(Roster.merged.code))
        #expect(!systems.transparency(period("2026-09")).contains(Roster.merged.code))
        #expect(
            systems.portals(DayRange(lastDay)).contains(Roster.merged.code) && !systems.portals(DayRange(lastDay + 1)).contains(Roster.merged.code))
    }

    @Test func fewMailboxesAreUsedAtOneAgencyAndFewDocumentsSignedAtAnother() throws {
        let systems = systems()
        let mail = systems.mail(lastMonth).split(separator: "\r\n").dropFirst().map { line in
            line.split(separator: ";").map { String($0).replacing(".", with: "") }
        }
        let documents = try rows(systems.documents(period("2026-11", .admin15).range), "data")

        let unused = try mail.filter { try #require(Ratio(Int64($0[3]) ?? -1, over: Int64($0[1]) ?? -1)).isBelow(percent: decimal("80")) }
        let unsigned = try documents.filter { row in
            let counts = try ["kySo", "banHanh"].map { Int64(try #require(row[$0] as? Int)) }
            return try #require(Ratio(counts[0], over: counts[1])).isBelow(percent: decimal("80"))
        }

        // Codes in `mail` lose their dots with the thousands.
        #expect(unused.map { $0[0] } == [try code(of: "Xã Mường Lạn").replacing(".", with: "")])
        #expect(unsigned.compactMap { $0["tenDonVi"] as? String } == ["Sở Khoa học và Công nghệ"])
    }
}
