import Model

/// An invented letter in which every variable occurs: what templates are checked against, and what a preview shows.
enum LetterSample {
    /// The variables of the sample, made by the code that makes those of real letters.
    static func variables(_ kind: LetterKind, _ language: Language) -> [String: Any] {
        let context = LetterContext(head: head(language), catalogue: catalogue, material: material, today: now.day)
        switch kind {
        case .digest, .summary: return context.variables(for: standing, at: now)
        case .rejection: return context.variables(for: rejected, at: now)
        case .undelivered: return context.variables(for: undelivered, at: now)
        case .operators:
            // What no agency is answerable for has no addressee.
            let notice = Notice(agency: nil, addressees: [], transitions: transitions)
            return context.variables(for: notice, at: now, answerBy: now.day, isForwarded: false)
        case .notice, .notReported, .reminder, .escalation, .resolved:
            let notice = Notice(agency: successor, addressees: [successor], transitions: transitions, audience: .head, step: 1)
            return context.variables(for: notice, at: now, answerBy: now.day, isForwarded: true)
        }
    }

    /// The pictures of the sample, as real letters have them.
    static func pictures(_ kind: LetterKind, _ language: Language) -> [LetterPicture] {
        let context = LetterContext(head: head(language), catalogue: catalogue, material: material, today: now.day)
        return Array(transitions.lazy.compactMap { context.picture(of: $0) }.prefix(1))
    }

    /// Everything a letter may have beside what it tells.
    private static var material: LetterMaterial {
        var material = LetterMaterial()
        let key = key("late")
        material.provenance[key] = ["Hệ thống một cửa (mẫu), 31 lần nhận, gần nhất 01/11/2026 02:15 (D1, SHA-256 3f2a…)"]
        material.firstTold[key] = now + .seconds(-7 * 86_400)
        material.earlierLetters = 1
        let answer = Remediation(
            key: key, at: now + .seconds(-5 * 86_400), enteredBy: "Trúc", cause: "", plan: "", due: now.day - 1, evidence: nil)
        material.answers = StandingAnswers([answer], since: [:])
        material.firstTold[AlertKey(rule: "late", subject: "late", agency: AgencyCode("H52.02"))] = now + .seconds(-7 * 86_400)
        material.histories[key] = (0..<12).map { index in
            Reading(
                indicator: "late", definitionVersion: 1, agency: code("H52.01"), period: period.advanced(by: index - 11), state: .figure,
                numerator: Int64(2 + index), denominator: 200, coverage: Coverage(days: 30, of: 30))
        }
        return material
    }

    private static var standing: Standing {
        let alerts = transitions.filter { $0.to.isOpen }.map(\.alert)
        var named = alerts
        for index in named.indices { named[index].assignee = "Trúc" }
        // More than a list names.
        let many = (0..<LetterContext.longestList).map { number in
            Alert(
                key: AlertKey(rule: "late", subject: "late", agency: AgencyCode("H52.\(number + 100)")), state: .firing, severity: .warning,
                since: now,
                period: period, reason: .noLongerJudged("rule"))
        }
        var standing = Standing(since: now + .seconds(-7 * 86_400), alerts: named + many)
        standing.begun = [key("late")]
        standing.ended = [key("late")]
        for alert in standing.alerts {
            standing.urged[alert.key] = Urged(toldAt: now, severity: .warning, step: 4, stepAt: now)
            standing.told[alert.key] = Standing.Told(first: now, letters: 4)
            standing.promises[alert.key] = now.day - 1
        }
        standing.summaryStep = 4
        standing.failedLetters = [
            Standing.FailedLetter(id: 1, subject: "Đôn đốc 1 nội dung cần khắc phục – Sở Mẫu", error: "550 5.1.1 mailbox unavailable")
        ]
        standing.doubts = [Standing.Doubt(title: "restated-closed-period", count: 1)]
        return standing
    }

    private static var rejected: Rejection {
        let names = [
            Rejection.Item(what: "Không rõ cơ quan", place: "data[3].code", days: DayRange(now.day), found: "H52.99", nearest: "H52.09"),
            Rejection.Item(what: "Giá trị không đọc được", place: "data[3].received", found: "12a", expected: "số nguyên"),
        ]
        // More than a letter names.
        let many = (0...LetterContext.longestList).map { Rejection.Item(what: "Giá trị không đọc được", place: "data[\($0)].received") }
        let whole = Rejection.Item(what: "Không giải mã được dữ liệu", found: "nội dung rỗng")
        let last = Int64(LetterContext.longestList)
        let parts = (0...last).map { number in
            Rejection.Part(
                delivery: DeliveryID(number + 1), receivedAt: now, sha256: "3f2a…", days: period.range, stored: 1, refused: number == last ? 0 : 2,
                isRefusedWhole: number == last, items: number == last ? [whole] : names + many)
        }
        guard let rejection = Rejection(source: "Hệ thống một cửa (mẫu)", parts: parts) else { preconditionFailure("there are parts") }
        return rejection
    }

    private static var undelivered: [UndeliveredMail] {
        // More than a list names.
        (0...Int64(LetterContext.longestList)).map { number in
            UndeliveredMail(
                address: "mau@example.vn", letter: number + 1, subject: "Đôn đốc 1 nội dung cần khắc phục – Sở Mẫu", agency: code("H52.01"),
                writtenAt: now + .seconds(-86_400), answer: "550 5.1.1 mailbox unavailable")
        }
    }

    private static let basis = "Quyết định số 00/QĐ-UBND ngày 01/01/2026 (văn bản mẫu)"
    private static let now = Instant(milliseconds: 1_793_581_200_000)
    private static let period = Period.lastClosed(.month, scheme: .calendar, on: now.day)

    private static var successor: Agency {
        Agency(code: code("H52.01"), name: "Sở Mẫu", level: .department, validFrom: Day(number: 0), contacts: ["mau@example.vn"])
    }

    private static func head(_ language: Language) -> Letterhead {
        Letterhead(
            senderName: "Sở Nội vụ", senderAddress: "dondoc@example.vn", replyTo: "cchc@example.vn", envelopeFrom: "dondoc@example.vn",
            operators: ["truc@example.vn"], answerWithin: 5, provinceName: "Tỉnh Mẫu", language: language)
    }

    private static let catalogue = LetterCatalogue(
        register: Register(agencies: [successor]), calendar: WorkCalendar(years: [:]), indicators: [indicator],
        actions: [
            "late": LocalizedText(
                vietnamese: "Làm rõ nguyên nhân, có biện pháp khắc phục và báo cáo kết quả.", english: "clarify the cause, remedy it and report.")
        ])

    private static let indicator = Indicator(
        id: "late", title: LocalizedText(vietnamese: "Chỉ số mẫu", english: "Sample indicator"), clause: "1.5", direction: .lowerIsBetter,
        unit: .percent, scheme: .calendar, period: .month,
        definitions: [
            Indicator.Definition(
                version: 1, numerator: Expression([]),
                wording: LocalizedText(
                    vietnamese: "hồ sơ quá hạn / hồ sơ đã xử lý", english: "late dossiers / dossiers handled"),
                legalBasis: basis)
        ])

    private static var transitions: [Transition] {
        let beyond = [Indicator.Direction.lowerIsBetter, .higherIsBetter].map { Reason.beyondThreshold(judged($0)) }
        let stale = [period.range.last, nil].map { last in
            Reason.stale(
                Reason.Stale(last: last, today: now.day, limit: 30, countsWorkingDays: true, age: last == nil ? nil : 40, legalBasis: basis))
        }
        let missing = Reason.notReported(Reason.NotReported(period: period, due: now.day, ever: false, legalBasis: basis))
        let held = Reason.lettersHeld(Reason.Held(letters: 30, ceiling: 20, isFirstRun: true))
        let owed = Reason.owed(
            Reason.Owed(
                title: LocalizedText(vietnamese: "Báo cáo cải cách hành chính quý III", english: "Report of the third quarter"), due: now.day,
                received: nil, evidence: "", legalBasis: basis))
        let reasons = beyond + stale + [owed] + [missing, held, .noLongerJudged("rule")]
        let firing = reasons.map { transition(key("late"), .firing, $0) }
        let other = [AlertKey(rule: "late", subject: "late", agency: AgencyCode("H52.02")), AlertKey(rule: "late", subject: "late", agency: nil)]
        return firing + reasons.map { transition(key("late"), .resolved, $0) }
            + other.flatMap { [transition($0, .firing, missing), transition($0, .resolved, missing)] }
    }

    private static func judged(_ direction: Indicator.Direction) -> Reason.Judged {
        let reading = Reading(
            indicator: "late", definitionVersion: 1, agency: code("H52.01"), period: period, state: .figure, numerator: 1, denominator: 2,
            coverage: Coverage(days: 30, of: 31), reportedPercent: ExactDecimal(50))
        return Reason.Judged(
            reading: reading, unit: .percent, direction: direction, bound: ExactDecimal(5), legalBasis: basis, consecutive: 2,
            reason: "Cơ quan mới thành lập (mẫu)", goal: direction == .lowerIsBetter ? ExactDecimal(3) : nil)
    }

    private static func transition(_ key: AlertKey, _ state: AlertState, _ reason: Reason) -> Transition {
        Transition(key: key, from: .pending, to: state, severity: .critical, at: now, period: period, reason: reason)
    }

    private static func key(_ rule: String) -> AlertKey { AlertKey(rule: rule, subject: "late", agency: AgencyCode("H52.01")) }

    private static func code(_ text: String) -> AgencyCode {
        guard let code = AgencyCode(text) else { preconditionFailure("\(text) is an agency code") }
        return code
    }
}
