import Model
import TestSupport
import Testing

@testable import Province

@Suite struct FiguresTests {
    private let everyone = Roster.all + [Roster.merged]
    private let year = days("2026-01-01", "2026-12-31")
    private var months: [DayRange] { (1...12).map { period("2026-\($0.padded(to: 2))").range } }

    private func desks(_ agency: Roster.Entry) -> [Figures.Desk] { (0..<year.span).map { Figures.desk(agency, on: year.start + $0) } }

    /// Pinned, because everything that documents and tests say about the demo rests on the same figures everywhere and always.
    @Test func figuresAreTheSameOnEveryMachine() {
        let desk = Figures.desk(Roster.departments[1], on: day("2026-08-03"))

        #expect([desk.online, desk.direct, desk.postal, desk.onTime, desk.late, desk.openInTerm, desk.openOverdue] == [61, 10, 0, 66, 1, 24, 1])
        #expect(Figures.month(Roster.communes[0], period("2026-08").range) == Figures.Month(processed: 78, overdue: 0))
        #expect(Figures.staff(Roster.communes[74]) == 42)
    }

    @Test func nothingIsNegativeAndPartsNeverExceedTheirWhole() {
        for agency in everyone {
            for desk in desks(agency) {
                #expect(min(desk.online, desk.direct, desk.postal, desk.onTime, desk.late, desk.openInTerm, desk.openOverdue) >= 0)
                #expect(desk.resolved <= desk.received)
            }
            for month in months {
                let documents = Figures.documents(agency, month)
                let procedures = Figures.procedures(agency, month)
                #expect((0...documents.electronic).contains(documents.signed) && documents.electronic <= documents.issued)
                #expect((0...Figures.staff(agency)).contains(Figures.activeMailboxes(agency, month)))
                #expect((0...procedures.due).contains(procedures.onTime))
            }
        }
    }

    @Test func thePortalsMonthIsTheSumOfTheDesksDays() {
        for agency in everyone {
            for month in months {
                let figures = Figures.month(agency, month)
                let received = (0..<month.span).reduce(0) { $0 + Figures.desk(agency, on: month.start + $1).received }
                #expect(figures.processed == received)
                #expect((0...figures.processed).contains(figures.overdue) && figures.onTime + figures.overdue == figures.processed)
            }
        }
    }

    @Test func communesReceiveTensToHundredsOfDossiersAMonthAndDepartmentsHundredsToThousands() {
        let communes = Roster.communes.map { Figures.month($0, period("2026-08").range).processed }
        let departments = Roster.departments.map { Figures.month($0, period("2026-08").range).processed }

        #expect(communes.allSatisfy { (30...600).contains($0) })
        #expect(departments.allSatisfy { (300...3000).contains($0) })
    }

    @Test func weekendsAreQuietAndWeekdaysDiffer() {
        for agency in Roster.departments {
            let received = (0..<28).map { offset in
                let day = day("2026-08-03") + offset
                return (isWeekend: day.weekday > 5, count: Figures.desk(agency, on: day).received)
            }
            let weekdays = received.filter { !$0.isWeekend }.map(\.count)
            let weekends = received.filter(\.isWeekend).map(\.count)
            #expect((weekends.max() ?? 0) * 4 < (weekdays.min() ?? 0))
            #expect(Set(weekdays).count > 3)
        }
    }
}
