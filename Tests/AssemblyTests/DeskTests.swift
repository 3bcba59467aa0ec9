import Assembly
import Control
import Model
import Store
import TestSupport
import Testing

/// Questions answered from a configuration and a store, without a daemon.
@Suite struct DeskTests {
    private static let july = days("2026-07-01", "2026-07-31")
    private static let first = instant("2026-08-01T02:15")
    private static let second = instant("2026-08-20T02:15")
    private static let month = PeriodName("2026-07")
    private static let key = AlertKey(rule: "online", subject: "dossier.online", agency: code("H52.01"))

    private static func counts(_ online: Int) -> String {
        #"{"data": [{"code": "H52.01", "received": 100, "online": \#(online)}, {"code": "H52.02", "received": 200, "online": 190}]}"#
    }

    private func files() -> Office.Files {
        Office.Files(
            agencies: [("H52.01", "Sở Trượt Dốc"), ("H52.02", "Sở Gương Mẫu"), ("H52.03", "Sở Im Lặng")],
            measures: """
                  - {id: dossiers.received, title: {vi: Hồ sơ tiếp nhận, en: Dossiers received}}
                  - {id: dossiers.received.online, title: {vi: Hồ sơ trực tuyến, en: Online dossiers}}

                """,
            indicators: """
                  - id: dossier.online
                    title: {vi: Tỷ lệ hồ sơ trực tuyến, en: Online dossiers}
                    clause: "(g)"
                    direction: higher
                    unit: percent
                    definitions:
                      - version: 1
                        numerator: dossiers.received.online
                        denominator: dossiers.received
                        wording: {vi: Hồ sơ trực tuyến trên tổng số, en: Online dossiers over all}
                        legal_basis: Văn bản thử nghiệm

                """,
            sources: [
                "one-stop": """
                id: one-stop
                kind: http
                schedule: "15 2 * * *"
                request: {each: month, url: "https://one-stop.example/${month}"}
                answer:
                  rows: data
                  agency: {code: code}
                  measures: {dossiers.received: received, dossiers.received.online: online}

                """
            ])
    }

    /// July came as 40 of 100 and was restated to 88.
    private func office() async throws -> Office {
        let office = try Office(files())
        try await office.receive(DeskTests.counts(40), from: "one-stop", at: DeskTests.first, asked: DeskTests.july)
        try await office.receive(DeskTests.counts(88), from: "one-stop", at: DeskTests.second, asked: DeskTests.july)
        return office
    }

    @Test func rankPutsTheBestFirstAndAgenciesWithoutFigureLast() async throws {
        let office = try await office()

        let sheet = try office.desk().answer(
            .rank(indicator: "dossier.online", period: DeskTests.month, scheme: nil, level: nil, asOf: nil)
        ).sheet("rank")

        #expect(try sheet.column("rank") == [.integer(1), .integer(2), .missing])
        #expect(try sheet.column("agency") == [.text("H52.02"), .text("H52.01"), .text("H52.03")])
        #expect(try sheet.column("numerator") == [.integer(190), .integer(88), .missing])
        #expect(try sheet.column("denominator") == [.integer(200), .integer(100), .missing])
        #expect(try sheet.column("percent") == [.percent(decimal("95.00")), .percent(decimal("88.00")), .missing])
        #expect(try sheet.column("state").last == .code("not-reported", title: "Not reported", tone: .critical))
    }

    @Test func readingsAndSeriesShowTheFigureAndItsCells() async throws {
        let office = try await office()
        let agency = code("H52.01")

        let readings = try office.desk().answer(
            .readings(agency: agency, indicator: nil, period: DeskTests.month, scheme: nil, asOf: nil)
        ).sheet("readings")
        let series = try office.desk().answer(
            .series(agency: agency, measure: measure("dossiers.received.online"), from: nil, through: nil, asOf: nil)
        ).sheet("series")

        #expect(try readings.column("indicator") == [.text("dossier.online")])
        #expect(try readings.column("percent") == [.percent(decimal("88.00"))])
        #expect(try readings.column("coverage") == [.percent(decimal("100"))])
        #expect(try series.column("from") == [.day(day("2026-07-01"))])
        #expect(try series.column("through") == [.day(day("2026-07-31"))])
        #expect(try series.column("value") == [.integer(88)])
        #expect(try series.column("delivery") == [.text("D2")])
    }

    @Test func asOfShowsWhatWasKnownBeforeTheRestatement() async throws {
        let office = try await office()
        let agency = code("H52.01")

        func figures(asOf: Instant?) throws -> [Sheet.Value] {
            let desk = office.desk()
            let rank = try desk.answer(
                .rank(indicator: "dossier.online", period: DeskTests.month, scheme: nil, level: nil, asOf: asOf)
            ).sheet("rank")
            let readings = try desk.answer(
                .readings(agency: agency, indicator: "dossier.online", period: DeskTests.month, scheme: nil, asOf: asOf)
            ).sheet("readings")
            let series = try desk.answer(
                .series(agency: agency, measure: measure("dossiers.received.online"), from: nil, through: nil, asOf: asOf)
            ).sheet("series")
            return [try rank.column("numerator")[1], try readings.column("numerator")[0], try series.column("value")[0]]
        }

        #expect(try figures(asOf: DeskTests.first) == [.integer(40), .integer(40), .integer(40)])
        #expect(try figures(asOf: DeskTests.second) == [.integer(88), .integer(88), .integer(88)])
        #expect(try figures(asOf: nil) == [.integer(88), .integer(88), .integer(88)])
    }

    @Test func rollupIsTheRatioOfSumsAndNamesWhoIsMissing() async throws {
        let office = try await office()
        let ask = { (question: RollupQuestion) in office.desk().answer(.rollup(question: question)) }

        let province = ask(RollupQuestion(indicator: "dossier.online", period: DeskTests.month))
        let before = ask(RollupQuestion(indicator: "dossier.online", period: DeskTests.month, asOf: DeskTests.first))
        let pair = ask(RollupQuestion(indicator: "dossier.online", agencies: [code("H52.01"), code("H52.02")], period: DeskTests.month))

        let sheet = try province.sheet("rollup")
        #expect(try sheet.column("numerator") == [.integer(278)])
        #expect(try sheet.column("denominator") == [.integer(300)])
        #expect(try sheet.column("percent") == [.percent(decimal("92.67"))])
        #expect(try sheet.column("counted") == [.integer(2)])
        #expect(try sheet.column("missing") == [.integer(1)])
        #expect(try sheet.column("difference_numerator") == [.missing])
        #expect(try province.sheet("rollup-missing").column("agency") == [.text("H52.03")])
        #expect(try before.sheet("rollup").column("numerator") == [.integer(230)])
        #expect(try pair.sheet("rollup").column("missing") == [.integer(0)])
        #expect(throws: Document.MissingSheet.self) { try pair.sheet("rollup-missing") }
    }

    @Test func aTotalDeliveredForTheProvinceStandsBesideTheSums() async throws {
        let office = try await office()
        let july = DeskTests.july
        let total = ["dossiers.received": Int64(301), "dossiers.received.online": 278].map { name, value in
            Observation(cell: CellKey(agency: code("H52"), measure: measure(name), range: july), value: value)
        }
        let delivery = Delivery(source: "one-stop", receivedAt: DeskTests.second, bytes: Array("total".utf8), mediaType: "text/plain")
        _ = try await office.store.record(delivery, observations: total)

        let sheet = try office.desk().answer(.rollup(question: RollupQuestion(indicator: "dossier.online", period: DeskTests.month))).sheet("rollup")

        #expect(try sheet.column("reported_denominator") == [.integer(301)])
        #expect(try sheet.column("difference_numerator") == [.integer(0)])
        #expect(try sheet.column("difference_denominator") == [.integer(1)])
    }

    @Test func rollupOfNobodyIsRefusedInBothLanguages() async throws {
        let office = try await office()
        let nobody = Request.rollup(question: RollupQuestion(indicator: "dossier.online", parent: code("H52.01"), period: DeskTests.month))

        #expect(office.desk(.vietnamese).answer(nobody).failure?.message == "nhóm không có cơ quan nào trong kỳ")
        #expect(office.desk(.english).answer(nobody).failure?.message == "the group has no agency in the period")
    }

    @Test func theRegisterIsShownAsATreeAndAsAHistory() async throws {
        let office = try await office()

        let tree = try office.desk().answer(.agenciesTree(on: nil)).sheet("agency-tree")
        let history = try office.desk().answer(.agenciesHistory(code: code("H52.01"))).sheet("agency-history")

        #expect(try tree.column("agency") == ["H52", "H52.01", "H52.02", "H52.03"].map { .text($0) })
        #expect(try tree.column("depth") == [0, 1, 1, 1].map { .integer($0) })
        #expect(try history.column("event") == [.code("begins", title: "Begins", tone: .plain)])
    }

    @Test func unknownIDsAreAnsweredWithTheNearestInBothLanguages() async throws {
        let office = try await office()
        let questions: [(Request, vietnamese: (String, String), english: (String, String))] = [
            (
                .rank(indicator: "dossier.onlin", period: nil, scheme: nil, level: nil, asOf: nil),
                ("không có chỉ số 'dossier.onlin'", "có phải là 'dossier.online'?"),
                ("there is no indicator 'dossier.onlin'", "did you mean 'dossier.online'?")
            ),
            (
                .readings(agency: code("H52.09"), indicator: nil, period: nil, scheme: nil, asOf: nil),
                ("không có cơ quan 'H52.09'", "có phải là 'H52.01'?"), ("there is no agency 'H52.09'", "did you mean 'H52.01'?")
            ),
            (
                .series(agency: code("H52.01"), measure: measure("dossiers.recieved"), from: nil, through: nil, asOf: nil),
                ("không có chỉ tiêu 'dossiers.recieved'", "có phải là 'dossiers.received'?"),
                ("there is no measure 'dossiers.recieved'", "did you mean 'dossiers.received'?")
            ),
            (
                .sourcesShow(id: "onestop"), ("không có nguồn 'onestop'", "có phải là 'one-stop'?"),
                ("there is no source 'onestop'", "did you mean 'one-stop'?")
            ),
            (
                .indicatorsShow(id: "zzz"), ("không có chỉ số 'zzz'", ""), ("there is no indicator 'zzz'", "")
            ),
            (
                .alertsShow(key: DeskTests.key), ("không có cảnh báo 'online/dossier.online/H52.01'", ""),
                ("there is no alert 'online/dossier.online/H52.01'", "")
            ),
        ]

        for (request, vietnamese, english) in questions {
            let answers = [office.desk(.vietnamese), office.desk(.english)].map { $0.answer(request).failure }
            #expect(
                answers == [
                    Failure(.unknownID, vietnamese.0, hint: vietnamese.1), Failure(.unknownID, english.0, hint: english.1),
                ])
        }
    }

    @Test func whatOnlyTheDaemonCanDoIsRefusedWithAdvice() async throws {
        let office = try await office()

        let vietnamese = office.desk(.vietnamese).answer(.sourcesRun(id: "one-stop")).failure
        let english = office.desk().answer(.outboxRetry(id: 1)).failure

        #expect(
            vietnamese
                == Failure(
                    .refused, "chỉ dondocd đang chạy mới làm được việc này", hint: "bỏ --database và kiểm tra dịch vụ: systemctl status dondocd"))
        #expect(english == Failure(.refused, "only a running dondocd can do this", hint: "leave out --database; systemctl status dondocd"))
    }

    @Test func explanationWalksToTheBytesThatWereJudgedAndTellsOfTheRestatement() async throws {
        let office = try await office()
        let judged = try office.reading("dossier.online", of: "H52.01", over: period("2026-07"), today: DeskTests.first.day, asOf: DeskTests.first)
        let reason = Reason.beyondThreshold(
            Reason.Judged(
                reading: judged, unit: .percent, direction: .higherIsBetter, bound: decimal("50"), legalBasis: "Ngưỡng thử nghiệm", consecutive: 1))
        let transition = Transition(
            key: DeskTests.key, from: nil, to: .firing, severity: .critical, at: instant("2026-08-01T03:00"), period: period("2026-07"),
            reason: reason)
        try await office.store.commit(Judgement(transitions: [transition], at: transition.at))

        let answer = office.desk().answer(.alertsExplain(key: DeskTests.key))

        let delivery = try #require(try office.store.delivery(DeliveryID(1)))
        let figure = try answer.sheet("figure")
        #expect(try figure.column("numerator") == [.integer(40)])
        #expect(try figure.column("percent") == [.percent(decimal("40.00"))])
        #expect(try answer.sheet("cells").column("value") == [.integer(40), .integer(100)])
        #expect(try answer.sheet("cells").column("delivery") == [.text("D1"), .text("D1")])
        #expect(try answer.sheet("evidence").column("sha256") == [.text(delivery.sha256)])
        let bytes = office.desk().answer(.deliveryShow(id: DeliveryID(1), raw: true))
        #expect(bytes == .bytes(Payload(Array(DeskTests.counts(40).utf8))))
        guard case .document(let document) = answer else { return }
        #expect(document.blocks.contains(.text("The figures have changed since they were judged: now 88.00% (88/100).")))
        #expect(document.blocks.contains(.text("Check the bytes themselves: dondoc deliveries show D1 --raw | sha256sum")))
    }

    @Test func statusFromTheFileAloneSaysThatNoDaemonWasAsked() async throws {
        let office = try await office()

        let sheet = try office.desk().answer(.status).sheet("status")

        let state = try sheet.column("state")
        guard case .code(let id, _, _)? = state.first else {
            Issue.record("the state is \(state)")
            return
        }
        #expect(id == "offline")
        #expect(try sheet.column("started") == [.missing])
        #expect(try sheet.column("version") == [.text(Desk.version)])
    }

    @Test func whatIsWorthKnowingOfAConfigurationIsSaidInBothLanguages() throws {
        var bare = files()
        bare.sources = [:]
        let configuration = try Office(bare).configuration

        #expect(
            configuration.warnings(.vietnamese) == [
                "targets.yaml: chưa đặt ngưỡng nào, nên chưa chỉ số nào được xét theo ngưỡng",
                "dondoc.yaml: chưa cấu hình thư, nên không viết thư nào",
                "agencies.csv: 3 cơ quan chưa có địa chỉ nhận thư; thư sẽ gửi cho người vận hành", "sources.d: chưa có nguồn dữ liệu nào",
            ])
        #expect(
            configuration.warnings(.english) == [
                "targets.yaml: no threshold is set, so no indicator is judged by one",
                "dondoc.yaml: mail is not set up, so no letters are written",
                "agencies.csv: 3 agencies have no contact; their letters go to the operators", "sources.d: there is no source yet",
            ])
    }
}
