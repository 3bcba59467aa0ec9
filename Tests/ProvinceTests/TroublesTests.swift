@testable import Province
import Foundation
import Model
import TestSupport
import Testing

/// Each trouble of the demo is in the answers of the system that has it, and only there.
struct TroublesTests {
    private let today = day("2026-09-10")

    @Test func oneAgencyContradictsItsOwnCounts() throws {
        let systems = AgencySystems(today: today)
        // Asked twice, because another agency restates the last month.
        _ = systems.nationalPortal(period("2026-08"))

        for month in ["2026-06", "2026-07", "2026-08"] {
            let wrong = try portal(systems.nationalPortal(period(month))).filter { !$0.isConsistent }.map(\.departmentName)

            #expect(wrong == ["\(Troubles.contradicts) - Tỉnh Sơn La"])
        }
    }

    @Test func nothingOfNothingHasNoRatio() throws {
        let text = AgencySystems(today: today).transparency(period("2026-08"))

        let metrics = try JSONDecoder().decode(Answer<Metrics>.self, from: Data(text.utf8)).data.metrics
        let empty = metrics.filter { $0.ratio == nil }
        let code = try #require(Roster.all.first { $0.name == Troubles.nothingToPublish }).code
        #expect(metrics.count == Roster.departments.count)
        #expect(empty.map(\.departmentCode) == [code])
        #expect(empty.map(\.denominator) == [0])
        #expect(text.contains(#""numerator":0,"denominator":0,"ratio":null"#))
    }

    @Test func oneAgencyNeverReportsAnywhere() throws {
        let systems = AgencySystems(today: today)
        let silent = try #require(Roster.all.first { $0.name == Troubles.neverReports })
        let month = period("2026-08")
        let answers = [
            systems.nationalPortal(month), systems.oneStop(today - 1), systems.mail(month), systems.documents(month.range),
            systems.portals(month.range), systems.transparency(month),
        ]

        for answer in answers { #expect(!answer.contains(silent.code) && !answer.contains(silent.name)) }
        for agency in Roster.all where agency != silent { #expect(answers[1].contains("\"\(agency.code)\"")) }
    }

    @Test func lastMonthOfOneAgencyIsCorrectedAtTheSecondAsking() throws {
        let systems = AgencySystems(today: today)
        let first = try portal(systems.nationalPortal(period("2026-08")))
        let second = try portal(systems.nationalPortal(period("2026-08")))
        let third = try portal(systems.nationalPortal(period("2026-08")))

        let changed = zip(first, second).filter { $0 != $1 }
        #expect(changed.map(\.0.departmentName) == ["\(Troubles.restates) - Tỉnh Sơn La"])
        #expect(changed.map { $0.0.totalReceived == $0.1.totalReceived } == [true])
        #expect(
            changed.map { $0.0.totalOverdue * 100 / $0.0.totalReceived }.allSatisfy {
                (Troubles.restatedFrom - 1...Troubles.restatedFrom).contains($0)
            })
        #expect(second == third)
    }

    @Test func olderMonthsAreTheSameAtEveryAsking() {
        let systems = AgencySystems(today: today)

        #expect(systems.nationalPortal(period("2026-07")) == systems.nationalPortal(period("2026-07")))
    }

    @Test func theOneStopSystemIsBusyTwiceAndNobodyElseIs() {
        let systems = AgencySystems(today: today)

        let oneStop = (1...4).map { _ in systems.refusal(of: "one-stop") }
        let others = ["national-portal", "mail", "documents", "portals", "transparency"].map { systems.refusal(of: $0) }

        #expect(oneStop == [503, 503, nil, nil])
        #expect(others.allSatisfy { $0 == nil })
    }

    @Test func afterAnOrderedFailureASystemAnswersAgain() {
        let systems = AgencySystems(today: today)

        systems.fail("mail", times: 2, status: 500)

        #expect((1...3).map { _ in systems.refusal(of: "mail") } == [500, 500, nil])
        #expect(systems.refusal(of: "documents") == nil)
    }

    @Test func onePortalAloneHasHadNoNewsForLong() throws {
        let range = DayRange(start: today - Troubles.staleDays + 1, span: Troubles.staleDays)
        let stale = try #require(Roster.all.first { $0.name == Troubles.stalePortal })

        let text = AgencySystems(today: today).portals(range)

        let items = try JSONDecoder().decode(News.self, from: Data(text.utf8)).items
        let published = Dictionary(grouping: items.filter { $0.donVi != Roster.merged.code }, by: \.donVi).mapValues {
            $0.reduce(0) { $0 + $1.soTin }
        }
        #expect(published.filter { $0.value == 0 }.map(\.key) == [stale.code])
        #expect((0..<60).contains { Figures.news(stale, on: range.start - 1 - $0, today: today) > 0 })
    }

    @Test func theMergedDepartmentAnswersOnlyWhileItExisted() {
        let systems = AgencySystems(today: today)
        let last = day("2026-06-30")
        let code = Roster.merged.code

        #expect(systems.oneStop(last).contains(code))
        #expect(!systems.oneStop(last + 1).contains(code))
        #expect(systems.nationalPortal(period("2026-06")).contains(code))
        #expect(!systems.nationalPortal(period("2026-07")).contains(code))
        #expect(systems.mail(period("2026-06")).contains(code))
        #expect(!systems.mail(period("2026-07")).contains(code))
    }

    @Test func lateDossiersAreThoseOfTheAgenciesNamedForIt() throws {
        let rows = try portal(AgencySystems(today: today).nationalPortal(period("2026-06")))

        let late = rows.filter { $0.totalOverdue * 100 > $0.totalReceived * 5 }.map { $0.departmentName.dropLast(" - Tỉnh Sơn La".count) }
        #expect(Set(late.map(String.init)) == Set(Troubles.lateShares.keys))
    }

    @Test func oneAgencyHardlyUsesItsMailAndOneHardlySigns() throws {
        let systems = AgencySystems(today: today)

        let mail = try DelimitedText.records(systems.mail(period("2026-08")), separator: ";").dropFirst().map { $0.map(\.text) }
        let idle = try mail.filter { try number($0[3]) * 100 < number($0[1]) * 80 }.map { $0[0] }
        let documents = try JSONDecoder().decode(Documents.self, from: Data(systems.documents(period("2026-08").range).utf8)).data
        let unsigned = documents.filter { $0.kySo * 100 < $0.banHanh * 90 }.map(\.tenDonVi)

        #expect(idle == Roster.all.filter { Troubles.mailShares[$0.name] != nil }.map(\.code))
        #expect(Set(unsigned) == Set(Troubles.signedShares.keys))
    }

    private func number(_ text: String) throws -> Int { try #require(Int(text.filter { $0 != "." })) }

    private func portal(_ text: String) throws -> [PortalRow] {
        try JSONDecoder().decode(Answer<Portal>.self, from: Data(text.utf8)).data.children
    }
}

// The answers as a client reads them, to be independent of how they are written.

private struct Answer<Content: Decodable>: Decodable { let data: Content }

private struct Portal: Decodable { let children: [PortalRow] }

private struct PortalRow: Decodable, Equatable {
    let departmentName: String
    let totalReceived: Int
    let totalOnTime: Int
    let totalOverdue: Int
    let overdueRatio: Decimal

    /// Whether the printed percentage is that of the counts, to the two decimals printed.
    var isConsistent: Bool {
        let exact = Decimal(totalOverdue) * 100 / Decimal(totalReceived)
        return totalOnTime + totalOverdue == totalReceived && abs(exact - overdueRatio) <= Decimal(sign: .plus, exponent: -3, significand: 6)
    }
}

private struct Metrics: Decodable {
    struct Metric: Decodable {
        let departmentCode: String
        let denominator: Int
        let ratio: Decimal?
    }
    let metrics: [Metric]
}

private struct News: Decodable {
    struct Item: Decodable {
        let donVi: String
        let soTin: Int
    }
    let items: [Item]
}

private struct Documents: Decodable {
    struct Row: Decodable {
        let tenDonVi: String
        let banHanh: Int
        let kySo: Int
    }
    let data: [Row]
}
