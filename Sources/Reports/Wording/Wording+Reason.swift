import Model

extension Reason {
    /// The reason in one sentence, with the numbers it rests on.
    public func sentence(_ language: Language) -> String {
        switch self {
        case .beyondThreshold(let judged): judged.beyond(language)
        case .withinThreshold(let judged): judged.within(language)
        case .notReported(let missing): missing.sentence(language)
        case .reported(let missing):
            language.choose(
                "\(missing.period.title(language)): đã có số liệu; hạn là ngày \(missing.due.vietnamese).",
                "\(missing.period.title(language)): the figures have come; they were due on \(missing.due).")
        case .stale(let stale): stale.sentence(language)
        case .fresh(let stale): stale.freshSentence(language)
        case .moved(let facts): facts.sentence(language)
        case .worsened(let facts): facts.sentence(language)
        case .ranked(let facts): facts.sentence(language)
        case .unbalanced(let facts): facts.sentence(language)
        case .restated(let facts): facts.sentence(language)
        case .owed(let facts): facts.sentence(language)
        case .contradicted(let facts): facts.sentence(language)
        case .budget(let facts): facts.sentence(language)
        case .excepted(let facts):
            language.choose("Không áp dụng quy tắc: \(facts.words(language)).", "The rule does not apply: \(facts.words(language)).")
        case .lettersHeld(let held): held.sentence(language)
        case .lettersReleased: language.choose("Không còn thư nào chờ phê duyệt.", "No letters wait for an operator any more.")
        case .noLongerJudged(let why):
            language.choose("Không còn được đánh giá: \(Reason.end(why, language))", "No longer judged: \(Reason.end(why, language))")
        }
    }

    /// The legal basis that decided; nil when there is none to name.
    public var legalBasis: String? {
        let text =
            switch self {
            case .beyondThreshold(let judged), .withinThreshold(let judged): judged.legalBasis
            case .notReported(let missing), .reported(let missing): missing.legalBasis
            case .stale(let stale), .fresh(let stale): stale.legalBasis
            case .moved(let facts): facts.legalBasis
            case .worsened(let facts): facts.legalBasis
            case .ranked(let facts): facts.legalBasis
            case .unbalanced(let facts): facts.legalBasis
            case .restated(let facts): facts.legalBasis
            case .owed(let facts): facts.legalBasis
            case .contradicted(let facts): facts.legalBasis
            case .budget(let facts): facts.legalBasis
            case .noLongerJudged, .excepted, .lettersHeld, .lettersReleased: ""
            }
        return text.isEmpty ? nil : text
    }
}

extension Reason.Judged {
    func beyond(_ language: Language) -> String {
        let bound = unit.words(bound, language)
        let side =
            direction == .higherIsBetter
            ? language.choose("thấp hơn ngưỡng \(bound)", "below the bound of \(bound)")
            : language.choose("cao hơn ngưỡng \(bound)", "above the bound of \(bound)")
        let row = consecutive > 1 ? language.choose("; \(consecutive) kỳ liên tiếp", "; \(consecutive) periods in a row") : ""
        return "\(figure(language)), \(side)\(own(language))\(row)."
    }

    func within(_ language: Language) -> String {
        let bound = unit.words(bound, language)
        return "\(figure(language)), \(language.choose("đạt ngưỡng \(bound)", "within the bound of \(bound)"))\(own(language))."
    }

    /// Why the bound is the agency's own.
    private func own(_ language: Language) -> String {
        reason.map { language.choose(" (ngưỡng riêng: \($0))", " (a bound of its own: \($0))") } ?? ""
    }

    /// `Tháng 8/2026: 85,00% (17/20)`; says so where the reading has no figure.
    private func figure(_ language: Language) -> String {
        let period = reading.period.title(language)
        guard let figure = reading.figure(unit, language) else { return "\(period): \(reading.state.title(language))" }
        let words = unit == .daysSince ? figure + language.choose(" ngày", reading.numerator == 1 ? " day" : " days") : figure
        guard let numerator = reading.numerator, let denominator = reading.denominator else { return "\(period): \(words)" }
        let counts = [numerator, denominator].map { Sheet.Value.integer($0).words(language) }.joined(separator: "/")
        return "\(period): \(words) (\(counts))"
    }
}

extension Reason.NotReported {
    func sentence(_ language: Language) -> String {
        let period = period.title(language)
        let others = earlier.map { $0.title(language) }.joined(separator: ", ")
        let too = others.isEmpty ? "" : language.choose("; còn thiếu cả \(others)", " (missing too: \(others))")
        return ever
            ? language.choose(
                "\(period): chưa báo cáo, hạn là ngày \(due.vietnamese)\(too).", "\(period): not reported\(too); it was due on \(due).")
            : language.choose(
                "\(period): chưa báo cáo, hạn là ngày \(due.vietnamese)\(too); cơ quan chưa từng báo cáo.",
                "\(period): not reported\(too); it was due on \(due). The agency has never reported.")
    }
}

extension Reason.Stale {
    func sentence(_ language: Language) -> String {
        guard let last, let age else {
            return language.choose(
                "Chưa từng có cập nhật; giới hạn là \(days(limit, language)).", "Never updated; the limit is \(days(limit, language)).")
        }
        return language.choose(
            "Cập nhật gần nhất ngày \(last.vietnamese), đã \(days(age, language)); giới hạn là \(days(limit, language)).",
            "Last updated on \(last), \(days(age, language)) ago; the limit is \(days(limit, language)).")
    }

    func freshSentence(_ language: Language) -> String {
        guard let last else { return language.choose("Đã có cập nhật.", "Updated.") }
        return language.choose("Đã cập nhật ngày \(last.vietnamese).", "Updated on \(last).")
    }

    private func days(_ count: Int, _ language: Language) -> String {
        let working = countsWorkingDays ? language.choose(" làm việc", "working ") : ""
        return language.choose("\(count) ngày\(working)", "\(count) \(working)\(count == 1 ? "day" : "days")")
    }
}

extension Reason.Held {
    func sentence(_ language: Language) -> String {
        let why =
            isFirstRun
            ? language.choose("lần đánh giá đầu tiên xét lại toàn bộ số liệu đã có", "the first judging looks back over everything there is")
            : language.choose("vượt mức \(ceiling) thư một lần", "more than the \(ceiling) that may be written at once")
        return language.choose(
            "\(letters) thư gửi cơ quan đang chờ phê duyệt: \(why). Gửi: dondoc letters release; bỏ: dondoc letters drop.",
            "\(letters) letters to agencies wait for your word: \(why). To send them: dondoc letters release; to drop them: dondoc letters drop.")
    }
}
