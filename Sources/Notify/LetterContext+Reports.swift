import Model

extension LetterContext {
    /// How many alerts a list of a report names; what is more is counted. A digest has two such lists, and Gmail cuts letters off at 102 kB: with a
    /// hundred each their HTML had 145 kB.
    static let longestList = 50

    /// The variables of a digest or a summary.
    func variables(for standing: Standing, at now: Instant) -> [String: Any] {
        let alerts = standing.alerts.sorted(by: LetterContext.worseFirst)
        let agencies = Set(alerts.compactMap(\.key.agency))
        let escalated = alerts.filter { alert in
            standing.summaryStep.map { step in (standing.urged[alert.key]?.step ?? -1) >= step } ?? false
        }
        let overdue = alerts.filter { alert in standing.promises[alert.key].map { $0 < now.day } ?? false }
        var variables = heading(at: now)
        variables.merge([
            "from": day(standing.since.day), "to": day(now.day), "openCount": String(alerts.count),
            "criticalCount": String(alerts.count { $0.severity == .critical }), "agencyCount": String(agencies.count),
            "begunCount": String(standing.begun.count), "endedCount": String(standing.ended.count), "answerCount": String(standing.answers),
            "lettersSent": String(standing.lettersSent), "lettersWaiting": String(standing.lettersWaiting),
            "lettersFailed": String(standing.failedLetters.count), "subjects": subjects(standing, alerts),
        ]) { first, _ in first }
        add(list: alerts, as: "open", standing, now.day, to: &variables)
        add(list: escalated, as: "escalated", standing, now.day, to: &variables)
        add(list: overdue, as: "overdue", standing, now.day, to: &variables)
        if !standing.failedLetters.isEmpty {
            variables["failed"] = [
                "letters": standing.failedLetters.map {
                    ["letter": String($0.id), "subject": HeaderText.cleaned($0.subject), "error": HeaderText.cleaned($0.error)]
                }
            ]
        }
        if !standing.doubts.isEmpty {
            variables["doubts"] = ["kinds": standing.doubts.map { ["title": $0.title, "count": String($0.count)] }]
        }
        return variables
    }

    /// The variables of a letter about deliveries that were not taken as a whole.
    func variables(for rejection: Rejection, at now: Instant) -> [String: Any] {
        var variables = heading(at: now)
        variables["source"] = HeaderText.cleaned(rejection.source)
        let refused = rejection.parts.reduce(0) { $0 + $1.refused }
        let whole = rejection.parts.count(where: \.isRefusedWhole)
        if refused > 0 { variables["refusedCount"] = String(refused) }
        if whole > 0 { variables["wholeCount"] = String(whole) }
        var named = 0
        variables["deliveries"] = rejection.parts.prefix(LetterContext.longestList).map { part in
            let items = part.items.prefix(LetterContext.longestList - named)
            var entry = group(of: part)
            entry["items"] = items.enumerated().map { group(of: $1, number: named + $0 + 1) }
            if part.repeated > 0 { entry["repeated"] = String(part.repeated) }
            if part.items.count > items.count { entry["moreItems"] = String(part.items.count - items.count) }
            named += items.count
            return entry
        }
        if rejection.parts.count > LetterContext.longestList {
            variables["moreDeliveries"] = String(rejection.parts.count - LetterContext.longestList)
        }
        return variables
    }

    private func group(of part: Rejection.Part) -> [String: Any] {
        var group: [String: Any] = [
            "delivery": part.delivery.description, "received": day(part.receivedAt.day), "receivedAt": String(part.receivedAt.clock.prefix(5)),
            "sha256": part.sha256, "stored": String(part.stored), "refused": String(part.refused),
        ]
        if let days = part.days { group["period"] = period(days) }
        if part.isRefusedWhole { group["isRefusedWhole"] = true }
        return group
    }

    private func group(of item: Rejection.Item, number: Int) -> [String: Any] {
        var group: [String: Any] = ["number": String(number), "what": HeaderText.cleaned(item.what)]
        let texts = [("place", item.place), ("found", item.found), ("expected", item.expected), ("nearest", item.nearest)]
        for (name, text) in texts { group[name] = text.map { HeaderText.cleaned($0) } }
        group["days"] = item.days.map(period)
        return group
    }

    /// Days as the reporting period that they are, or as the first and the last of them.
    private func period(_ days: DayRange) -> String {
        for scheme in PeriodScheme.allCases {
            for kind in Period.Kind.allCases {
                if let period = Period(kind, containing: days.start, scheme: scheme), period.range == days { return period.title(language) }
            }
        }
        return "\(day(days.start)) \(language == .vietnamese ? "đến" : "to") \(day(days.last))"
    }

    /// The variables of a letter about addresses that others did not reach.
    func variables(for undelivered: [UndeliveredMail], at now: Instant) -> [String: Any] {
        var variables = heading(at: now)
        variables["count"] = String(undelivered.count)
        variables["items"] = undelivered.prefix(LetterContext.longestList).enumerated().map { index, mail in
            var group: [String: Any] = [
                "number": String(index + 1), "address": HeaderText.cleaned(mail.address), "letter": String(mail.letter),
                "subject": HeaderText.cleaned(mail.subject), "written": day(mail.writtenAt.day),
            ]
            if let agency = mail.agency {
                group["agency"] = HeaderText.cleaned(catalogue.name(of: agency))
                group["agencyCode"] = agency.text
            }
            if !mail.answer.isEmpty { group["answer"] = HeaderText.cleaned(mail.answer) }
            return group
        }
        if undelivered.count > LetterContext.longestList { variables["more"] = String(undelivered.count - LetterContext.longestList) }
        return variables
    }

    /// A group with `items`, and `more` when there are more than it names; absent when the list is empty.
    private func add(list: [Alert], as name: String, _ standing: Standing, _ today: Day, to variables: inout [String: Any]) {
        guard !list.isEmpty else { return }
        let named = list.prefix(LetterContext.longestList).enumerated().map { item($1, number: $0 + 1, standing, today) }
        var group: [String: Any] = ["count": String(list.count), "items": named]
        if list.count > named.count { group["more"] = String(list.count - named.count) }
        variables[name] = group
    }

    private func item(_ alert: Alert, number: Int, _ standing: Standing, _ today: Day) -> [String: Any] {
        let transition = Transition(
            key: alert.key, from: alert.state, to: alert.state, severity: alert.severity, at: alert.since, period: alert.period, reason: alert.reason)
        var group = item(transition, number: number, addressee: nil)
        group["since"] = day(alert.since.day)
        group["state"] = alert.state.title(language)
        if let told = standing.told[alert.key] {
            group["told"] = ["on": day(told.first.day), "step": String(told.letters)]
        }
        if let promised = standing.promises[alert.key] {
            group["promised"] = day(promised)
            if promised < today { group["isBroken"] = true }
        }
        if !alert.assignee.isEmpty { group["assignee"] = HeaderText.cleaned(alert.assignee) }
        return group
    }

    /// One group for each subject that has alerts or had changes, the one with the most agencies first. An agency counts once, however many rules
    /// look at the subject.
    private func subjects(_ standing: Standing, _ alerts: [Alert]) -> [[String: Any]] {
        let open = Dictionary(grouping: alerts, by: \.key.subject)
        let begun = Dictionary(grouping: standing.begun, by: \.subject)
        let ended = Dictionary(grouping: standing.ended, by: \.subject)
        func agencies(_ keys: [AlertKey]?) -> Int { Set((keys ?? []).map(\.agency)).count }
        let ids = Set(open.keys).union(begun.keys).union(ended.keys)
        func rank(_ id: String) -> (Int, String) { (-agencies(open[id]?.map(\.key)), id) }
        return ids.sorted { rank($0) < rank($1) }.enumerated().map { index, id in
            let alerts = open[id] ?? []
            var named: Set<AgencyCode> = []
            let names = alerts.compactMap(\.key.agency).filter { named.insert($0).inserted }.map { HeaderText.cleaned(catalogue.name(of: $0)) }
            var group: [String: Any] = [
                "number": String(index + 1), "title": catalogue.title(of: id, language), "open": String(agencies(alerts.map(\.key))),
                "critical": String(agencies(alerts.filter { $0.severity == .critical }.map(\.key))), "begun": String(agencies(begun[id])),
                "ended": String(agencies(ended[id])),
            ]
            if !names.isEmpty { group["names"] = names.prefix(5).joined(separator: "; ") }
            if names.count > 5 { group["moreNames"] = String(names.count - 5) }
            return group
        }
    }

    private static func worseFirst(_ left: Alert, _ right: Alert) -> Bool {
        (left.severity == .critical ? 0 : 1, left.since.milliseconds, left.key) < (
            right.severity == .critical ? 0 : 1, right.since.milliseconds, right.key
        )
    }
}
