@testable import Province
import Model
import TestSupport
import Testing

/// The simulated figures keep the identities that real ones should.
struct FiguresTests {
    private static let days = (0..<60).map { day("2026-07-01") + $0 }
    private static let month = days2026("08-01", "08-31")

    @Test func theSameQuestionHasTheSameAnswer() {
        for agency in Roster.all {
            for day in Self.days { #expect(Figures.desk(agency, on: day) == Figures.desk(agency, on: day)) }
            #expect(Figures.month(agency, Self.month) == Figures.month(agency, Self.month))
            #expect(Figures.staff(agency) == Figures.staff(agency))
        }
    }

    @Test func theWaysInAddUpToReceivedAndTheWaysOutToResolved() {
        for agency in Roster.all + [Roster.merged] {
            for day in Self.days {
                let desk = Figures.desk(agency, on: day)
                #expect(desk.received == desk.online + desk.direct + desk.postal)
                #expect(desk.resolved == desk.onTime + desk.late)
                #expect(desk.resolved <= desk.received)
                #expect([desk.online, desk.direct, desk.postal, desk.onTime, desk.late, desk.openInTerm, desk.openOverdue].allSatisfy { $0 >= 0 })
            }
        }
    }

    @Test func partsNeverExceedTheirWholes() {
        for agency in Roster.all + [Roster.merged] {
            let figures = Figures.month(agency, Self.month)
            let documents = Figures.documents(agency, Self.month)
            let procedures = Figures.procedures(agency, Self.month)
            #expect(figures.onTime + figures.overdue == figures.processed)
            #expect(figures.processed > 0)
            #expect((0...figures.processed).contains(figures.overdue))
            #expect((0...Figures.staff(agency)).contains(Figures.activeMailboxes(agency, Self.month)))
            #expect(documents.signed <= documents.electronic && documents.electronic <= documents.issued)
            #expect(procedures.onTime <= procedures.due)
        }
    }

    @Test func figuresDifferFromDayToDayAndFromAgencyToAgency() {
        let agency = Roster.departments[0]

        #expect(Set(Self.days.map { Figures.desk(agency, on: $0) }).count > 20)
        #expect(Set(Roster.communes.map { Figures.month($0, Self.month) }).count > 30)
    }

    private static func days2026(_ first: String, _ last: String) -> DayRange { TestSupport.days("2026-\(first)", "2026-\(last)") }
}
