import Control
import FoundationEssentials
import Model
import Testing

@testable import dondoc

struct ParsingTests {
    private func request(_ line: String) throws -> Request {
        let command = try Dondoc.parseAsRoot(line.split(separator: " ").map(String.init))
        return try #require(command as? any Question).request()
    }

    private func complaint(_ line: String) -> String {
        do {
            _ = try Dondoc.parseAsRoot(line.split(separator: " ").map(String.init))
            return ""
        } catch {
            #expect(Dondoc.exitCode(for: error).rawValue == 64)
            return Dondoc.message(for: error)
        }
    }

    @Test func everyQuestionIsUnderstood() throws {
        let code = try #require(AgencyCode("H52.07"))
        let measure = try #require(MeasureID("dossiers.received"))
        let day = try #require(Day("2026-08-31"))
        let end = try #require(Instant("2026-08-31"))
        let key = AlertKey(rule: "on-time", subject: "dossier.late", agency: code)
        let lines: [(String, Request)] = [
            ("status", .status), ("sources list", .sourcesList), ("sources show a", .sourcesShow(id: "a")), ("sources run a", .sourcesRun(id: "a")),
            ("sources test a", .sourcesTest(id: "a", sample: nil)),
            ("sources backfill a --through 2026-08-31", .sourcesBackfill(id: "a", from: nil, through: day)),
            ("agencies list --on 2026-08-31 --level commune", .agenciesList(on: day, level: .commune)),
            ("agencies show 000.00.07.H52", .agenciesShow(code: code)), ("indicators list", .indicatorsList),
            ("indicators show a", .indicatorsShow(id: "a")),
            ("series H52.07 dossiers.received --as-of 2026-08-31", .series(agency: code, measure: measure, from: nil, through: nil, asOf: end)),
            (
                "readings H52.07 --indicator a --period 2026-Q3 --scheme admin15",
                .readings(agency: code, indicator: "a", period: PeriodName("2026-Q3"), scheme: .admin15, asOf: nil)
            ),
            (
                "rank a --period 2026-08 --level commune",
                .rank(indicator: "a", period: PeriodName("2026-08"), scheme: nil, level: .commune, asOf: nil)
            ),
            (
                "trend H52.07 a --from 2026-01 --scheme admin15 --as-of 2026-08-31 --join-breaks",
                .trend(
                    question: TrendQuestion(agency: code, indicator: "a", from: PeriodName("2026-01"), scheme: .admin15, asOf: end, joinsBreaks: true)
                )
            ),
            ("history H52.07 dossiers.received 2026-08-31", .history(agency: code, measure: measure, day: day, asOf: nil)),
            (
                "restatements --since 2026-08-31 --agency H52.07 --measure dossiers.received --source a --closed --as-of 2026-08-31",
                .restatements(since: day.start, agency: code, measure: measure, source: "a", closed: true, asOf: end)
            ),
            (
                "explain a/H52.07/2026-08@admin15 --as-of 2026-08-31",
                .explain(indicator: "a", agency: code, period: try #require(PeriodName("2026-08")), scheme: .admin15, asOf: end)
            ),
            (
                "explain a/H52.07/2026",
                .explain(indicator: "a", agency: code, period: try #require(PeriodName("2026")), scheme: nil, asOf: nil)
            ),
            ("explain on-time/dossier.late/H52.07 --as-of 2026-08-31", .alertsExplain(key: key, asOf: end)),
            ("alerts list --all --as-of 2026-08-31", .alertsList(state: nil, agency: nil, all: true, asOf: end)),
            ("alerts list --all", .alertsList(state: nil, agency: nil, all: true)),
            ("alerts show on-time/dossier.late/H52.07", .alertsShow(key: key)),
            ("alerts explain on-time/dossier.late/-", .alertsExplain(key: AlertKey(rule: "on-time", subject: "dossier.late", agency: nil))),
            (
                "findings list --kind unknown-agency --since 2026-08-31",
                .findingsList(kind: .unknownAgency, source: nil, since: day.start)
            ),
            ("outbox list --state failed", .outboxList(state: .failed)), ("outbox show 7", .outboxShow(id: 7)),
            ("deliveries list", .deliveriesList(source: nil, limit: 50)),
            ("deliveries list --source import:csv --limit 7", .deliveriesList(source: "import:csv", limit: 7)),
            ("outbox retry 7", .outboxRetry(id: 7)), ("deliveries show D42 --raw", .deliveryShow(id: DeliveryID(42), raw: true)),
            (
                "alerts list --rule late --severity critical --assignee lan",
                .alertsList(
                    state: nil, agency: nil, all: false, filter: AlertFilter(rule: "late", severity: .critical, assignee: "lan"))
            ),
            ("alerts changes --since 2026-08-31", .alertsChanges(since: day.start)), ("rules diff", .rulesDiff(texts: [:])),
            (
                "alerts ack on-time/dossier.late/H52.07 --why phoned --by lan",
                .alertOrder(key: key, order: .acknowledge, by: AlertActor(name: "lan", why: "phoned"))
            ),
            (
                "alerts close on-time/dossier.late/H52.07 --why agreed --by lan",
                .alertOrder(key: key, order: .close, by: AlertActor(name: "lan", why: "agreed"))
            ),
            (
                "alerts release on-time/dossier.late/H52.07 --why again --by lan",
                .alertOrder(key: key, order: .release, by: AlertActor(name: "lan", why: "again"))
            ),
            ("alerts comment on-time/dossier.late/H52.07 called --by lan", .alertComment(key: key, text: "called", by: "lan")),
            ("alerts assign on-time/dossier.late/H52.07 --to minh --by lan", .alertAssign(key: key, to: "minh", by: "lan")),
            (
                "silence add --agency H52.07 --from 2026-08-31 --until 2026-08-31 --why move --by lan",
                .silenceAdd(
                    order: SilenceOrder(
                        scope: Silence.Scope(agency: code), from: day.start, until: end, by: AlertActor(name: "lan", why: "move")))
            ),
            ("silence list --all", .silenceList(all: true)), ("silence expire 3 --by lan", .silenceExpire(id: 3, by: "lan")),
            (
                "remediation add on-time/dossier.late/H52.07 --cause staff --plan hire --due 2026-08-31 --by lan",
                .remediationAdd(order: RemediationOrder(key: key, cause: "staff", plan: "hire", due: day, by: "lan"))
            ),
            ("remediation list --overdue", .remediationList(overdue: true, agency: nil)),
            ("mailbox status", .mailboxStatus), ("mailbox run", .mailboxRun), ("answers list --all", .answersList(all: true, agency: nil)),
            ("answers show 7", .answersShow(id: 7)), ("answers file 7", .answersFile(id: 7, number: 1)),
            ("answers assign 7 on-time/dossier.late/H52.07 --by Lan", .answersAssign(id: 7, key: key, by: "Lan")), ("contacts list", .contactsList),
            ("contacts clear a@xa.example --by Lan", .contactsClear(address: "a@xa.example", by: "Lan")),
            ("remediation evidence 4", .remediationEvidence(id: 4)),
            ("letters release", .lettersRelease(dropping: false)),
            ("letters preview --sample --kind digest --html", .letterPreview(question: LetterQuestion(kind: "digest", form: .html))),
            ("letters preview on-time/dossier.late/H52.07", .letterPreview(question: LetterQuestion(key: key))),
            ("letters send-test a@x.example --kind reminder", .letterTest(address: "a@x.example", kind: "reminder")),
            ("retract D42 --why month --by lan", .retract(delivery: DeliveryID(42), by: AlertActor(name: "lan", why: "month"))),
            (
                "tokens create --name sonla --agency H52.07 H52.08 --below --measure a b.c --expires 2026-08-31 --by lan",
                .tokenCreate(
                    order: TokenOrder(
                        name: "sonla",
                        scope: PushScope(
                            agencies: [code, try #require(AgencyCode("H52.08"))], includesBelow: true,
                            measures: [try #require(MeasureID("a")), try #require(MeasureID("b.c"))]),
                        expires: day, by: "lan"))
            ),
            (
                "tokens create --name a --agency H52.07 --by lan",
                .tokenCreate(order: TokenOrder(name: "a", scope: PushScope(agencies: [code], includesBelow: false), by: "lan"))
            ),
            ("tokens list --all", .tokenList(all: true)),
            ("tokens revoke a --why leaked --by lan", .tokenRevoke(name: "a", by: AlertActor(name: "lan", why: "leaked"))),
            ("tokens rotate a --by lan", .tokenRotate(order: RotationOrder(name: "a", grace: .seconds(86_400), by: "lan"))),
            ("tokens rotate a --grace 0 --by lan", .tokenRotate(order: RotationOrder(name: "a", grace: .zero, by: "lan"))),
            ("findings list --source push:sonla", .findingsList(kind: nil, source: "push:sonla", since: nil)),
            ("letters drop", .lettersRelease(dropping: true)), ("calendar show 2026", .calendarShow(year: 2026)),
            ("rank a --period 8/2026", .rank(indicator: "a", period: PeriodName("2026-08"), scheme: nil, level: nil, asOf: nil)),
        ]

        for (line, expected) in lines { #expect(try request(line) == expected) }
    }

    @Test func everyWrongArgumentIsAnsweredWithAnExample() {
        let period = "write 2026-08, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-W32 or 2026-08-01, or as people say it, 8/2026 or \"Quý III/2026\"."
        let lines: [(String, String)] = [
            ("rank a --period 2026-13", "'2026-13' is not a period; \(period)"),
            ("series H52.07 a --from 2026-02-30", "'2026-02-30' is not a day of 2000 to 2099; write 2026-08-31."),
            ("series H52.07 a --from 2026-02-02 --through 2026-02-01", "--through 2026-02-01 is before --from 2026-02-02."),
            (
                "rank a --as-of now",
                "'now' is not a moment; write 2026-08-31 for the end of that day, or 2026-08-31T07:30 by Viet Nam's clocks."
            ),
            (
                "findings list --since now",
                "'now' is not a moment; write 2026-08-31 for the beginning of that day, or 2026-08-31T07:30 by Viet Nam's clocks."
            ),
            ("agencies show SoNoiVu", "'SoNoiVu' is not an agency's code; write H52.07, as dondoc agencies list prints it."),
            ("series H52.07 Dossiers", "'Dossiers' is not a measure's id; write one of measures.yaml, such as dossiers.received."),
            (
                "findings list --source push:",
                "'push:' is neither the id of a source nor push: or import: and a name; write one-stop, push:one-stop or import:csv."
            ),
            ("tokens rotate a --grace 1w --by lan", "'1w' is not a duration; write 0, 30m, 12h or 7d."),
            ("sources show A!", "'A!' is not an id; ids are 1 to 64 of a-z, 0-9, '.', '_', '-' and begin with a letter."),
            (
                "alerts show a/b",
                "'a/b' is not an alert's key; write rule/subject/agency as dondoc alerts list prints it, such as on-time/dossier.late/H52.07."
            ),
            (
                "explain a/H52.07/2026-13",
                "'a/H52.07/2026-13' is neither a reading nor an alert; write indicator/agency/period such as dossier.late.national/H52.07/2026-08, "
                    + "or an alert's key as dondoc alerts list prints it."
            ),
            (
                "explain a/H52.07/2026-08@lunar",
                "'a/H52.07/2026-08@lunar' is neither a reading nor an alert; write indicator/agency/period such as "
                    + "dossier.late.national/H52.07/2026-08, or an alert's key as dondoc alerts list prints it."
            ),
            (
                "restatements --since 2026-08-31 --as-of 2026-08-01",
                "--as-of 2026-08-01T23:59:59.999+07:00 is before --since 2026-08-31T00:00:00+07:00."
            ),
            ("deliveries list --limit 0", "'0' is not a number from 1 to 500."),
            ("deliveries show x", "'x' is not a delivery's number; write D42 or 42."),
            ("outbox show 0", "'0' is not a letter's number; write 7, as dondoc outbox list prints it."),
            ("status --output tabl", "'tabl' is not one of table, json, csv; did you mean 'table'?"),
            ("status --lang fr", "'fr' is not one of vi, en"),
            ("alerts list --state firing --all", "--all and --state firing contradict each other: leave one out."),
            (
                "status --socket a --database b",
                "--socket and --database contradict each other: one asks the daemon, the other reads the file without it."
            ),
            (
                "sources test a --database b",
                "--database reads no outside system: give a sample with --file, or leave --database out."
            ),
            ("config check a --config b", "Give the directory once: as the argument or with --config."),
            ("rules check a --config b", "Give the directory once: as the argument or with --config."),
            ("calendar check a --config b", "Give the directory once: as the argument or with --config."),
            ("calendar show 1999", "'1999' is not a year of 2000 to 2099; write 2026."),
        ]

        for (line, expected) in lines { #expect(complaint(line).hasSuffix(expected), "\(line): \(complaint(line))") }
    }

    @Test func theManualListsEveryCommand() throws {
        let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/") + "/docs/cli.md"
        let manual = try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self)

        for command in Dondoc.configuration.subcommands {
            let name = try #require(command.configuration.commandName)
            let inner = command.configuration.subcommands
            if inner.isEmpty { #expect(manual.contains("| `dondoc \(name)")) }
            for leaf in inner { #expect(manual.contains("| `dondoc \(name) \(leaf._commandName)")) }
        }
    }
}
