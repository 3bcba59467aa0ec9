import Model
import Testing

@testable import Control

struct WireTests {
    @Test func everyRequestSurvivesTheWire() throws {
        let code = try #require(AgencyCode("H52.07"))
        let measure = try #require(MeasureID("dossiers.received"))
        let day = try #require(Day("2026-08-31"))
        let key = AlertKey(rule: "a", subject: "b", agency: nil)
        let requests: [Request] = [
            .status, .sourcesList, .sourcesShow(id: "a"), .sourcesTest(id: "a", sample: Payload([0, 255])), .sourcesRun(id: "a"),
            .sourcesBackfill(id: "a", from: day, through: nil), .agenciesList(on: day, level: .commune), .agenciesShow(code: code),
            .indicatorsList, .indicatorsShow(id: "a"), .series(agency: code, measure: measure, from: nil, through: day, asOf: day.start),
            .readings(agency: code, indicator: nil, period: PeriodName("2026-Q3"), scheme: .admin15, asOf: nil),
            .rank(indicator: "a", period: PeriodName("2026-08"), scheme: nil, level: nil, asOf: nil),
            .trend(
                question: TrendQuestion(
                    agency: code, indicator: "a", from: PeriodName("2026-01"), through: PeriodName("2026-08"), scheme: .admin15, asOf: day.start,
                    joinsBreaks: true)),
            .history(agency: code, measure: measure, day: day, asOf: nil),
            .restatements(since: day.start, agency: code, measure: nil, source: "a", closed: true, asOf: nil),
            .explain(indicator: "a", agency: code, period: try #require(PeriodName("2026-08")), scheme: .calendar, asOf: day.start),
            .alertsList(state: .firing, agency: code, all: false), .alertsShow(key: key), .alertsExplain(key: key, asOf: day.start),
            .findingsList(kind: .negativeCount, source: "a", since: day.start, asOf: day.start), .outboxList(state: .failed), .outboxShow(id: 1),
            .outboxRetry(id: 2), .deliveriesList(source: "a", limit: 3), .deliveryShow(id: DeliveryID(3), raw: true), .calendarShow(year: 2026),
            .agenciesTree(on: day),
            .agenciesHistory(code: code),
            .rollup(question: RollupQuestion(indicator: "a", agencies: [code], parent: code, level: .commune, scheme: .admin15, asOf: day.start)),
            .alertsList(state: nil, agency: nil, all: true, filter: AlertFilter(rule: "a", subject: "b", severity: .warning, assignee: "c")),
            .alertsChanges(since: day.start), .alertOrder(key: key, order: .close, by: AlertActor(name: "a", why: "b")),
            .alertComment(key: key, text: "a", by: "b"), .alertAssign(key: key, to: "a", by: "b"),
            .silenceAdd(
                order: SilenceOrder(
                    scope: Silence.Scope(agency: code, subject: "a", rule: "b"), from: day.start, until: day.start,
                    by: AlertActor(name: "a", why: "b"))),
            .rulesDiff(texts: ["targets.yaml": "targets: []"]), .silenceList(all: false), .silenceExpire(id: 1, by: "a"),
            .remediationAdd(
                order: RemediationOrder(
                    key: key, cause: "a", plan: "b", due: day, evidenceName: "c", evidence: Payload([1, 2]), by: "d")),
            .remediationList(overdue: true, agency: code), .remediationEvidence(id: 1), .lettersRelease(dropping: true),
            .letterPreview(question: LetterQuestion(key: AlertKey(rule: "a", subject: "b", agency: code), form: .mail)),
            .letterPreview(question: LetterQuestion(kind: "digest", form: .html)), .letterTest(address: "a@x.example", kind: "reminder"),
            .tokenCreate(
                order: TokenOrder(
                    name: "a", scope: PushScope(agencies: [code], includesBelow: true, measures: [measure]), expires: day, by: "b")),
            .tokenList(all: true), .tokenRevoke(name: "a", by: AlertActor(name: "b", why: "c")),
            .tokenRotate(order: RotationOrder(name: "a", grace: .seconds(3600), expires: day, by: "b")),
            .retract(delivery: DeliveryID(3), by: AlertActor(name: "a", why: "b")),
            .metrics, .remoteWriteStatus,
            .remoteWriteReplay(target: "a", from: day),
        ]

        for request in requests {
            let envelope = Envelope(language: .english, request: request)
            #expect(try Wire.envelope(in: try #require(Wire.body(of: envelope))).get() == envelope)
        }
    }

    @Test func aHandWrittenRequestMayLeaveOptionalValuesOut() throws {
        let body = Array(#"{"language":"vi","request":{"rank":{"indicator":"dossier.late","period":"2026-08"}}}"#.utf8)

        let envelope = try Wire.envelope(in: body).get()

        #expect(envelope.request == .rank(indicator: "dossier.late", period: PeriodName("2026-08"), scheme: nil, level: nil, asOf: nil))
    }

    @Test func aBadRequestIsAnsweredWithItsPlaceAndAnExample() {
        let body = Array(#"{"language":"vi","request":{"rank":{"indicator":"a","period":"August"}}}"#.utf8)

        guard case .failure(let failure) = Wire.envelope(in: body) else {
            Issue.record("a bad period was taken")
            return
        }

        #expect(failure.code == .invalidRequest)
        #expect(
            failure.message
                == "the request cannot be read: at request.rank.period: not a period: 'August'; write 2026-08, 2026-Q3, 2026-H1 or 2026")
        #expect(failure.hint == #"send {"language":"en","request":{"status":{}}}; docs/cli.md shows another under The control socket"#)
    }

    @Test func everyResponseSurvivesTheWire() throws {
        let responses: [Response] = [
            .document(Document([.text("x"), .verbatim("y")])), .bytes(Payload([1, 2, 3])), .failure(Failure(.busy, "m", hint: "h")),
        ]

        for response in responses { #expect(try Wire.response(in: try #require(Wire.body(of: response))) == response) }
    }
}
