import Model

/// The variables of a letter's templates; docs/letters.md lists them.
///
/// A variable that does not apply is absent, which a template tests with a section. Values are strings, true, or lists of such groups, so that
/// templates need no logic and no formatting of their own.
struct LetterContext {
    let head: Letterhead
    let catalogue: LetterCatalogue
    /// What it may say and show beside what it tells.
    let material: LetterMaterial
    /// The day of writing.
    let today: Day

    var language: Language { head.language }

    /// The variables of every kind of letter.
    func heading(at now: Instant) -> [String: Any] {
        [
            "province": head.provinceName, "sender": head.senderName, "date": day(now.day), "time": String(now.clock.prefix(5)),
            "answerAddress": head.answerAddress, "language": language == .vietnamese ? "vi" : "en",
        ]
    }

    /// The variables of one letter.
    func variables(for notice: Notice, at now: Instant, answerBy: Day?, isForwarded: Bool) -> [String: Any] {
        let firing = notice.transitions.filter { $0.to != .resolved }
        let over = notice.transitions.filter { $0.to == .resolved }
        let ended = over.filter(\.reason.isMereEnd)
        let resolved = over.filter { !$0.reason.isMereEnd } + ended
        var variables = heading(at: now)
        variables.merge([
            "answerDays": String(head.answerWithin), "firingCount": String(firing.count), "resolvedCount": String(resolved.count),
            "firing": items(firing, addressee: notice.agency), "resolved": resolvedItems(resolved, ended: ended.count, addressee: notice.agency),
            "remediedCount": String(resolved.count - ended.count), "endedCount": String(ended.count),
            "copies": head.operators.map { ["address": HeaderText.cleaned($0)] },
        ]) { first, _ in first }
        if material.earlierLetters > 0 { variables["step"] = String(material.earlierLetters + 1) }
        if let agency = notice.agency {
            variables["addressee"] = HeaderText.cleaned(agency.name)
            variables["addresseeCode"] = agency.code.text
        }
        if let answerBy { variables["answerBy"] = day(answerBy) }
        if notice.audience == .head { variables["isToHead"] = true }
        if isForwarded { variables["isForwarded"] = true }
        if !firing.isEmpty { variables["hasFiring"] = true }
        if !resolved.isEmpty { variables["hasResolved"] = true }
        if ended.count < resolved.count { variables["hasRemedied"] = true }
        return variables
    }

    private func items(_ transitions: [Transition], addressee: Agency?) -> [[String: Any]] {
        transitions.enumerated().map { index, transition in item(transition, number: index + 1, addressee: addressee) }
    }

    /// What was put right, and behind it what merely ended: where that begins after something that was put right is marked.
    private func resolvedItems(_ transitions: [Transition], ended: Int, addressee: Agency?) -> [[String: Any]] {
        var items = items(transitions, addressee: addressee)
        let begin = items.count - ended
        if begin > 0, ended > 0 { items[begin]["isFirstEnded"] = true }
        return items
    }

    /// The variables of one alert.
    func item(_ transition: Transition, number: Int, addressee: Agency?) -> [String: Any] {
        let key = transition.key
        let indicator = catalogue.indicators[key.subject]
        var item: [String: Any] = [
            "number": String(number), "title": catalogue.title(of: key.subject, language), "severity": severity(transition.severity),
            "reference": key.description,
        ]
        if transition.severity == .critical { item["isCritical"] = true }
        if let clause = indicator?.clause, !clause.isEmpty { item["clause"] = clause }
        if let agency = key.agency {
            item["agency"] = HeaderText.cleaned(catalogue.name(of: agency))
            item["agencyCode"] = agency.text
            if agency != addressee?.code { item["isOther"] = true }
            if catalogue.register.answerable(for: agency, on: today).isEmpty { item["hasNobody"] = true }
        } else {
            item["isSource"] = true
        }
        if let action = catalogue.actions[key.rule]?[language] { item["action"] = action }
        if let told = material.firstTold[key] {
            item["toldOn"] = day(told.day)
            item.merge(answer(to: key)) { _, new in new }
        }
        if let picture = picture(of: transition) { item["picture"] = ["id": picture.id, "alt": picture.alt] }
        if let lines = material.provenance[key], !lines.isEmpty {
            item["provenance"] = lines.map { ["line": HeaderText.cleaned($0)] }
            item["hasProvenance"] = true
        }
        item.merge(facts(transition.reason, indicator)) { _, new in new }
        return item
    }

    /// The variables of what the agency has said to an alert that it was told of.
    private func answer(to key: AlertKey) -> [String: Any] {
        guard let answered = material.answers?.answeredAt[key] else { return ["isUnanswered": true] }
        var answer: [String: Any] = ["answeredOn": day(answered.day)]
        if let promised = material.answers?.promises[key] {
            answer["promised"] = day(promised)
            if promised < today { answer["isBroken"] = true }
        }
        return answer
    }

    /// The variables of the reason: one group, named after its kind, and the period where there is one.
    private func facts(_ reason: Reason, _ indicator: Indicator?) -> [String: Any] {
        switch reason {
        case .beyondThreshold(let judged), .withinThreshold(let judged):
            return period(judged.reading.period).merging(["threshold": threshold(judged, indicator)]) { first, _ in first }
        case .notReported(let facts), .reported(let facts):
            var group: [String: Any] = ["due": day(facts.due)]
            if !facts.ever { group["never"] = true }
            if !facts.legalBasis.isEmpty { group["legalBasis"] = facts.legalBasis }
            var days = period(facts.period)
            // With the period, because templates that operators have written know no other place for it.
            if !facts.earlier.isEmpty { days["period"] = missing(facts) }
            return days.merging(["notReported": group]) { first, _ in first }
        case .stale(let facts), .fresh(let facts):
            return ["stale": stale(facts)]
        case .moved(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.reading.period)
        case .worsened(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.readings.last?.period)
        case .ranked(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.reading.period)
        case .contradicted(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.reading.period)
        case .budget(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.period)
        case .unbalanced(let facts): return statement(facts.sentence(language), facts.legalBasis, facts.period)
        case .restated(let facts): return statement(facts.sentence(language), facts.legalBasis, nil)
        case .owed(let facts): return statement(facts.sentence(language), facts.legalBasis, nil)
        case .lettersHeld(let facts), .lettersReleased(let facts):
            var group: [String: Any] = ["letters": String(facts.letters), "ceiling": String(facts.ceiling)]
            if facts.isFirstRun { group["isFirstRun"] = true }
            return ["held": group]
        case .excepted(let facts):
            return ["ended": ["why": HeaderText.cleaned(facts.words(language))]]
        case .noLongerJudged(let why):
            return ["ended": ["why": Reason.end(why, language)]]
        }
    }

    /// What a sentence says by itself, and the text it rests on.
    private func statement(_ sentence: String, _ legalBasis: String, _ of: Period?) -> [String: Any] {
        var group: [String: Any] = ["text": HeaderText.cleaned(sentence)]
        if !legalBasis.isEmpty { group["legalBasis"] = legalBasis }
        return (of.map { period($0) } ?? [:]).merging(["statement": group]) { first, _ in first }
    }

    private func period(_ period: Period) -> [String: Any] {
        ["period": period.title(language), "periodFrom": day(period.range.start), "periodTo": day(period.range.last)]
    }

    /// `Tháng 4/2026 (còn thiếu cả: Tháng 2/2026)`
    private func missing(_ facts: Reason.NotReported) -> String {
        let others = facts.earlier.map { $0.title(language) }.joined(separator: ", ")
        return "\(facts.period.title(language)) (\(language == .vietnamese ? "còn thiếu cả" : "missing too"): \(others))"
    }

    private func threshold(_ judged: Reason.Judged, _ indicator: Indicator?) -> [String: Any] {
        let reading = judged.reading
        let definition = indicator?.definitions.first { $0.version == reading.definitionVersion }
        var group: [String: Any] = [
            "bound": NumberText.figure(judged.bound, unit: judged.unit, language: language), "coverageDays": String(reading.coverage.days),
            "coverageOf": String(reading.coverage.of), "version": String(reading.definitionVersion),
        ]
        group[judged.direction == .higherIsBetter ? "isFloor" : "isCeiling"] = true
        if let figure = reading.figure(in: judged.unit) { group["figure"] = NumberText.figure(figure, unit: judged.unit, language: language) }
        if judged.unit.isRatio, let numerator = reading.numerator, let denominator = reading.denominator {
            group["numerator"] = NumberText.integer(numerator, language: language)
            group["denominator"] = NumberText.integer(denominator, language: language)
            group["isRatio"] = true
        }
        if !judged.legalBasis.isEmpty { group["legalBasis"] = judged.legalBasis }
        if let goal = judged.goal { group["goal"] = NumberText.figure(goal, unit: judged.unit, language: language) }
        if let reason = judged.reason { group["reason"] = HeaderText.cleaned(reason) }
        if let wording = definition?.wording[language], !wording.isEmpty { group["wording"] = wording }
        if let basis = definition?.legalBasis, !basis.isEmpty { group["definitionBasis"] = basis }
        if let percent = reading.reportedPercent { group["reportedPercent"] = NumberText.percent(percent, language: language) }
        if judged.consecutive > 1 { group["consecutive"] = String(judged.consecutive) }
        if !reading.coverage.isComplete { group["isIncomplete"] = true }
        return group
    }

    private func stale(_ facts: Reason.Stale) -> [String: Any] {
        var group: [String: Any] = ["limit": String(facts.limit), "today": day(facts.today)]
        group[facts.last == nil ? "never" : "last"] = facts.last.map { day($0) } ?? true
        if let age = facts.age { group["age"] = String(age) }
        if facts.countsWorkingDays { group["workingDays"] = true }
        if !facts.legalBasis.isEmpty { group["legalBasis"] = facts.legalBasis }
        return group
    }

    func day(_ day: Day) -> String { language == .vietnamese ? day.vietnamese : day.description }

    private func severity(_ severity: Severity) -> String {
        switch (severity, language) {
        case (.warning, .vietnamese): "cảnh báo"
        case (.critical, .vietnamese): "nghiêm trọng"
        case (_, .english): severity.rawValue
        }
    }
}
