import Control
import Model
import Reports
import Store

/// How many changes are shown at most; the newest ones.
private let longestList = 1000

extension Desk {
    /// One line an alert for everything that has changed since: what it was, what it is, who did it.
    func alertsChanges(since: Instant?) throws(Failure) -> Document {
        let start = since ?? (today - 1).start
        let records = try reading { () throws(StoreError) in try store.transitions(since: start, limit: longestList) }
        var changes: [AlertKey: AlertChange] = [:]
        // Newest first: what comes later in the list is what it was before.
        for record in records {
            let transition = record.transition
            let change = changes[transition.key] ?? AlertChange(newest: transition, before: transition.from, count: 0, letters: 0)
            changes[transition.key] = AlertChange(
                newest: change.newest, before: transition.from, count: change.count + 1, letters: change.letters + record.letters.count)
        }
        let ordered = changes.values.sorted { left, right in
            left.newest.severity != right.newest.severity
                ? left.newest.severity > right.newest.severity : (right.newest.at, left.newest.key) < (left.newest.at, right.newest.key)
        }
        return Document([.sheet(AlertChangesReport.sheet(ordered, since: start, register: core.register, language: language))])
    }

    func silenceList(all: Bool) throws(Failure) -> Document {
        let silences = try reading { () throws(StoreError) in try store.silences(endingAfter: all ? nil : now) }
        return Document([.sheet(SilencesReport.sheet(silences, at: now, language: language))])
    }

    func remediationList(overdue: Bool, agency: AgencyCode?) throws(Failure) -> Document {
        if let agency { _ = try self.agency(agency) }
        let (alerts, answers, ends) = try reading { () throws(StoreError) in
            (try store.alerts(), try store.remediations(), try store.lastEnds())
        }
        let isOpen = Dictionary(alerts.map { ($0.key, $0.state.isOpen) }, uniquingKeysWith: { first, _ in first })
        // What an agency said last is what holds; a promise that it renewed is not overdue.
        var last: [AlertKey: Int64] = [:]
        for answer in answers where answer.due != nil { last[answer.key] = answer.id }
        let entries = answers.filter { agency == nil || $0.key.agency == agency }
            .map { RemediationEntry(answer: $0, state: $0.state(on: today, alertIsOpen: (isOpen[$0.key] ?? false) && !$0.isPast(ends))) }
            .filter { !overdue || ($0.state == .overdue && last[$0.answer.key] == $0.answer.id) }
        return Document([.sheet(RemediationReport.sheet(entries, register: core.register, language: language))])
    }

    func remediationEvidence(_ id: Int64) throws(Failure) -> Payload {
        guard let bytes = try reading({ () throws(StoreError) in try store.evidence(of: id) }) else {
            throw Failure(
                .unknownID, language == .vietnamese ? "giải trình số \(id) không có tài liệu kèm theo" : "answer \(id) has no evidence",
                hint: "dondoc remediation list")
        }
        return Payload(bytes)
    }
}
