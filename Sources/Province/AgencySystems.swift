import Model
import Synchronization

/// The answers of the agencies' systems, in the shapes that such systems have in Viet Nam; no sockets here.
///
/// Only two things depend on what was asked before: a system that is busy at first, and one that corrects last month when asked again.
final class AgencySystems: Sendable {
    private struct State {
        var busyAnswersLeft = Troubles.busyAnswers
        var asked: [String: Int] = [:]
        var failures: [String: (left: Int, status: Int)] = [:]
    }

    private let today: Day
    private let mergedLastDay: Day
    private let state = Mutex(State())

    init(today: Day) {
        self.today = today
        // The merger is in the past and within what the demo fetches: at the end of the third month before this one.
        let month = Period.lastClosed(.month, scheme: .calendar, on: today)
        mergedLastDay = month.advanced(by: -2).range.last
    }

    /// The status to refuse the next request of a source with; nil when it may answer.
    func refusal(of source: String) -> Int? {
        state.withLock { state in
            if let failure = state.failures[source], failure.left > 0 {
                state.failures[source]?.left -= 1
                return failure.status
            }
            guard source == "one-stop", state.busyAnswersLeft > 0 else { return nil }
            state.busyAnswersLeft -= 1
            return 503
        }
    }

    /// The next requests of a source are refused with a status.
    func fail(_ source: String, times: Int, status: Int) {
        state.withLock { $0.failures[source] = (times, status) }
    }

    /// National portal: one month, all agencies, on time and overdue with the portal's own percentage.
    func nationalPortal(_ month: Period) -> String {
        let count = state.withLock { state in
            state.asked[month.description, default: 0] += 1
            return state.asked[month.description] ?? 1
        }
        let isLastMonth = month == Period.lastClosed(.month, scheme: .calendar, on: today)
        let children = reporting(on: month.range.start).map { agency in
            let isWrong = agency.name == Troubles.restates && isLastMonth && count == 1
            let figures = Figures.month(agency, month.range, lateShare: isWrong ? Troubles.restatedFrom : nil)
            return JSONText.object([
                ("departmentCode", .text(agency.code)), ("departmentName", .text("\(agency.name) - Tỉnh Sơn La")),
                ("level", .text(agency.isCommune ? "WARD" : "PROVINCE")), ("totalReceived", .number(figures.processed)),
                ("totalOnTime", .number(figures.onTime)), ("totalOverdue", .number(figures.overdue)),
                ("overdueRatio", percent(figures.overdue, of: figures.processed, besideBy: agency.name == Troubles.contradicts ? 50 : 0)),
                ("score", .null), ("maxScore", .number(20)),
            ])
        }
        let overview = JSONText.object([("departmentCode", .text("H52")), ("timeType", .text("month"))])
        return JSONText.object([
            ("code", .text("OK")), ("data", .object([("overview", overview), ("children", .array(children))])), ("message", .null),
        ]).description
    }

    /// One-stop system: one day, all desks.
    func oneStop(_ day: Day) -> String {
        let rows = reporting(on: day).map { agency in
            let desk = Figures.desk(agency, on: day)
            return JSONText.object([
                ("maDinhDanh", .text(agency.code)), ("tenThongKe", .text(agency.name)), ("tiepNhanQuaMang", .number(desk.online)),
                ("tiepNhanTrucTiep", .number(desk.direct)), ("tiepNhanBCCI", .number(desk.postal)), ("tongTiepNhan", .number(desk.received)),
                ("daGiaiQuyet", .number(desk.resolved)), ("dungHan", .number(desk.onTime)), ("treHan", .number(desk.late)),
                ("dangXuLyTrongHan", .number(desk.openInTerm)), ("dangXuLyQuaHan", .number(desk.openOverdue)),
            ])
        }
        return JSONText.object([("success", .raw("true")), ("rows", .array(rows))]).description
    }

    /// Official mail: one month as the spreadsheet people know, thousands with a dot.
    func mail(_ month: Period) -> String {
        let lines = reporting(on: month.range.start).map { agency in
            let numbers = [
                Figures.staff(agency), Figures.staff(agency), Figures.activeMailboxes(agency, month.range), Figures.mailsSent(agency, month.range),
            ]
            return ([agency.code] + numbers.map { NumberText.integer($0, language: .vietnamese) }).joined(separator: ";")
        }
        return (["ma_don_vi;can_bo;hop_thu;hoat_dong;thu_gui"] + lines).joined(separator: "\r\n") + "\r\n"
    }

    /// Document management: one administrative month, units by name.
    func documents(_ range: DayRange) -> String {
        let rows = reporting(on: range.start).map { agency in
            let documents = Figures.documents(agency, range)
            return JSONText.object([
                ("tenDonVi", .text(agency.name)), ("banHanh", .number(documents.issued)), ("kySo", .number(documents.signed)),
                ("dienTu", .number(documents.electronic)),
            ])
        }
        return JSONText.object([("data", .array(rows))]).description
    }

    /// Portals: how many news each published on each day.
    func portals(_ range: DayRange) -> String {
        let rows = (0..<range.span).flatMap { offset -> [JSONText] in
            let day = range.start + offset
            return reporting(on: day).map { agency in
                JSONText.object([
                    ("donVi", .text(agency.code)), ("ngay", .text(day.vietnamese)), ("soTin", .number(Figures.news(agency, on: day, today: today))),
                ])
            }
        }
        return JSONText.object([("items", .array(rows))]).description
    }

    /// Transparency: procedures due for publication and published in time, with 0/0 where nothing was due.
    func transparency(_ month: Period) -> String {
        let rows = reporting(on: month.range.start).filter { !$0.isCommune }.map { agency in
            let procedures = Figures.procedures(agency, month.range)
            return JSONText.object([
                ("departmentCode", .text(agency.code)), ("code", .text("PUBLISH_ON_TIME")), ("numerator", .number(procedures.onTime)),
                ("denominator", .number(procedures.due)), ("ratio", percent(procedures.onTime, of: procedures.due, besideBy: 0)),
            ])
        }
        return JSONText.object([("code", .text("OK")), ("data", .object([("metrics", .array(rows))]))]).description
    }

    /// Who answers about a day: everyone but the one that never does, and the merged department while it existed.
    private func reporting(on day: Day) -> [Roster.Entry] {
        Roster.all.filter { $0.name != Troubles.neverReports } + (day <= mergedLastDay ? [Roster.merged] : [])
    }

    /// The percentage as portals print it, two decimals half up; null for 0/0. `besideBy` hundredths of a point make it wrong on purpose.
    private func percent(_ part: Int, of whole: Int, besideBy hundredths: Int64) -> JSONText {
        guard let printed = Ratio(Int64(part), over: Int64(whole))?.percent(),
            let shifted = ExactDecimal(units: printed.units + hundredths, scale: printed.scale)
        else { return .null }
        return .raw(shifted.description)
    }
}
