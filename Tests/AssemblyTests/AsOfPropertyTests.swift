import Assembly
import Control
import Model
import Store
import TestSupport
import Testing

/// Random lives of a province, held against what is obvious of them.
@Suite struct AsOfPropertyTests {
    private static let periods = ["2026-06", "2026-07", "2026-08", "2026-Q3", "2026-H2", "2026-9M", "2026", "2026-W30", "2026-07-20"]

    /// The answer as of T is what was answered at T: by a store that holds nothing of what came later.
    @Test(arguments: 0..<6) func asOfAnInstantIsWhatWasAnsweredThen(seed: Int) async throws {
        var random = SeededNumbers(seed: seed)
        let history = AuditHistory(&random)
        let whole = try Office(Audit.files())
        try await history.feed(whole.store, until: instant("2099-01-01"), packing: true)

        for _ in 0..<3 {
            let then = (history.steps.randomElement(using: &random)?.at ?? instant("2026-07-01")) + .seconds(Int64.random(in: 0...99, using: &random))
            let past = try Office(Audit.files())
            try await history.feed(past.store, until: then)

            for request in AsOfPropertyTests.questions(asOf: then) {
                let asOf = whole.desk(now: instant("2027-01-01")).answer(request)
                #expect(asOf == past.desk(now: then).answer(request), "\(request) as of \(then)")
            }
        }
    }

    /// Every term of an explanation, with its coverage, is what the list of deliveries comes to when it is replayed.
    @Test(arguments: 0..<12) func everyTermIsThatOfTheDayByDayModel(seed: Int) async throws {
        var random = SeededNumbers(seed: 1000 + seed)
        let history = AuditHistory(&random)
        let office = try Office(Audit.files())
        try await history.feed(office.store, until: instant("2099-01-01"), packing: true)

        for _ in 0..<3 {
            let then = history.steps.randomElement(using: &random)?.at ?? instant("2026-07-01")
            for agency in ["H52.01", "H52.02"].map({ code($0) }) {
                for name in AsOfPropertyTests.periods {
                    for scheme in PeriodScheme.allCases {
                        try compare(office, history.model, agency, period(name, scheme), then)
                    }
                }
            }
        }
    }

    private func compare(_ office: Office, _ model: DayByDayModel, _ agency: AgencyCode, _ period: Period, _ then: Instant) throws {
        func known(_ id: String) throws -> String {
            let measure = try #require(office.configuration.core.measures[measure(id)])
            let amount = model.amount(agency, measure, over: period.range, asOf: then)
            return "\(amount.value.map(String.init) ?? "-") of \(amount.days) days"
        }
        func explained(_ indicator: String) throws -> [String] {
            let name = try #require(PeriodName(period.description))
            let sheet = try office.desk().answer(
                .explain(indicator: indicator, agency: agency, period: name, scheme: period.scheme, asOf: then)
            ).sheet("terms")
            return try zip(sheet.column("value"), sheet.column("days_covered")).map { "\($0.id) of \($1.id) days" }
        }
        let change = day("2026-06-15")
        let isAcross = period.range.start < change && change < period.range.end
        let denominator = period.range.start < change ? "received" : "eligible"

        #expect(try explained("done") == [known("resolved"), known("resolved"), known("open")], "\(agency) \(period) as of \(then)")
        #expect(try explained("share") == (isAcross ? [] : [known("online"), known(denominator)]), "\(agency) \(period) as of \(then)")
    }

    private static func questions(asOf then: Instant) -> [Request] {
        let agency = Audit.agency
        var questions: [Request] = [
            .alertsList(state: nil, agency: nil, all: true, asOf: then), .alertsShow(key: AuditHistory.key, asOf: then),
            .alertsExplain(key: AuditHistory.key, asOf: then),
            .restatements(since: nil, agency: nil, measure: nil, source: nil, closed: false, asOf: then),
            .restatements(since: nil, agency: agency, measure: nil, source: nil, closed: true, asOf: then),
            .readings(agency: agency, indicator: nil, period: nil, scheme: nil, asOf: then),
        ]
        for name in ["share", "done", "silence"] {
            for joins in [false, true] {
                questions.append(.trend(question: TrendQuestion(agency: agency, indicator: name, asOf: then, joinsBreaks: joins)))
            }
            questions.append(.rank(indicator: name, period: nil, scheme: nil, level: nil, asOf: then))
            for period in periods.compactMap({ PeriodName($0) }) {
                for scheme in PeriodScheme.allCases {
                    questions.append(.rank(indicator: name, period: period, scheme: scheme, level: .department, asOf: then))
                    questions.append(.explain(indicator: name, agency: agency, period: period, scheme: scheme, asOf: then))
                }
            }
        }
        for id in ["received", "online", "resolved", "open"] {
            questions.append(.series(agency: agency, measure: measure(id), from: nil, through: nil, asOf: then))
            questions.append(.history(agency: agency, measure: measure(id), day: day("2026-07-20"), asOf: then))
        }
        return questions
    }
}
