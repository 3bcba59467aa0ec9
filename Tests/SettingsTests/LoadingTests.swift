import Foundation
import Model
import TestSupport
import Testing

@testable import Settings

/// What good files mean: their defaults, and their inclusive days as half-open ones.
@Suite struct LoadingTests {
    private func load(_ cases: String...) throws -> (core: CoreSettings, directory: Directory) {
        let directory = try Directory()
        for name in cases { try directory.lay(over: name) }
        let (core, problems) = directory.core()
        #expect(problems == [])
        return (try #require(core), directory)
    }

    @Test func provinceHasTheDocumentedDefaults() throws {
        let (core, directory) = try load()
        let province = core.province
        let mail = try #require(province.mail)

        #expect(province.language == .vietnamese)
        #expect(province.province == code("H52"))
        let path = directory.directory.file("dondoc.sqlite")
        let tenYears = Duration.seconds(3653 * 86_400)
        #expect(
            province.store
                == StoreSettings(
                    path: path, keepRaw: .seconds(730 * 86_400), keepFigures: tenYears, keepHistory: tenYears, keepTransitions: tenYears,
                    keepAnswers: tenYears,
                    packAfterDays: 10, maximumBytes: nil))
        #expect(province.listen.control == "/run/dondoc/control.sock")
        let limits = LimitSettings(concurrentFetches: 8, concurrentFetchesPerHost: 2, answerBytes: 32_000_000, shutdown: .seconds(20))
        #expect(province.limits == limits)
        #expect(province.judge == cron("*/15 * * * *"))
        #expect(province.closedAfter == 2)
        let relay = try #require(mail.relays.first)
        #expect(mail.relays.count == 1)
        #expect(relay.security == .starttls)
        #expect(relay.port == 587)
        #expect(relay.timeout == .seconds(60))
        #expect(relay.username == nil && relay.login == nil && relay.secretFile == nil && relay.caFile == nil)
        #expect(mail.replyTo == nil)
        #expect(mail.envelopeFrom == "dondoc@sonla.example")
        #expect(mail.firstRetry == .seconds(300))
        #expect(mail.longestRetry == .seconds(4 * 3600))
        #expect(mail.giveUpAfter == .seconds(5 * 86_400))
        #expect(mail.answerWithin == 5)
    }

    @Test func relaysKeepTheirOrderAndEachItsLogin() throws {
        let directory = try Directory()
        let yaml = """
            province: {code: H52, name: Sơn La}
            store: {path: /var/lib/dondoc/store}
            listen: {control: s}
            mail:
              relays:
                - {host: first, username: u, auth: xoauth2, token_file: /run/token}
                - {host: second, username: v, auth: login, password_file: /p}
                - {host: third, security: none, port: 25}
              from: {name: a, address: a@b.example}
              operators: a@b.example
            """
        try directory.write(yaml, to: "dondoc.yaml")

        let (core, problems) = directory.core()

        let relays = core?.province.mail?.relays ?? []
        #expect(problems == [])
        #expect(relays.map(\.host) == ["first", "second", "third"])
        #expect(relays.map(\.login) == [.xoauth2, .login, nil])
        #expect(relays.map(\.secretFile) == ["/run/token", "/p", nil])
    }

    @Test func portFollowsTheSecurityOfTheRelay() throws {
        let directory = try Directory()
        let yaml = """
            province: {code: H52, name: Sơn La}
            store: {path: /var/lib/dondoc/store}
            listen: {control: s}
            mail:
              relay: {host: h, security: tls, username: u, password_file: p, ca_file: /c}
              from: {name: a, address: a@b.example}
              operators: a@b.example
            """
        try directory.write(yaml, to: "dondoc.yaml")

        let (core, problems) = directory.core()

        #expect(problems == [])
        #expect(core?.province.mail?.relays.map(\.port) == [465])
        #expect(core?.province.mail?.relays.map(\.secretFile) == [directory.directory.file("p")])
        #expect(core?.province.mail?.relays.map(\.caFile) == ["/c"])
        #expect(core?.province.mail?.operators == ["a@b.example"])
        #expect(core?.province.store.path == "/var/lib/dondoc/store")
    }

    @Test(arguments: ["base.good", "libreoffice.good"])
    func registerIsTheSameFromAnEditorAndFromLibreOffice(_ name: String) throws {
        let register = try load(name).core.register

        let ended = try #require(register.agencies.first { $0.code == code("H52.05") })
        let current = try #require(register.agencies.first { $0.code == code("H52.06") })
        #expect(register.agencies.count == 4)
        #expect(ended.validFrom == day("2000-01-01"))
        #expect(ended.validTo == day("2025-03-01"))
        #expect(current.validTo == nil)
        #expect(current.contacts == ["snv@sonla.example", "cchc@sonla.example"])
        #expect(current.aliases == ["SNV", "Nội vụ"])
        let effective = day("2025-03-01")
        let succession = Succession(
            predecessor: code("H52.05"), successor: code("H52.06"), effective: effective, measures: [], note: "Hợp nhất")
        #expect(register.successions == [succession])
    }

    @Test func successionsNameKnownMeasures() throws {
        let succession = try #require(load("successions-known.good").core.register.successions.first)

        #expect(succession.measures == [measure("dossiers.received"), measure("dossiers.late")])
        #expect(succession.note == "Hợp nhất, theo NQ")
    }

    @Test func calendarHasItsDays() throws {
        let calendar = try load().core.calendar

        #expect(calendar.years == [2026: .confirmed])
        #expect(calendar.daysOff.count == 6)
        #expect(calendar.daysOff[day("2026-02-20")] == "Tết Nguyên đán")
        #expect(calendar.daysOff[day("2026-02-21")] == nil)
        #expect(calendar.workedWeekends == [day("2026-01-10")])
    }

    @Test func catalogueHasItsDefaultsAndHalfOpenDays() throws {
        let core = try load().core

        let received = try #require(core.measures[measure("dossiers.received")])
        #expect(received.kind == .flow)
        #expect(received.scale == 0)
        #expect(received.scheme == .calendar)
        #expect(received.unit == LocalizedText(vietnamese: "hồ sơ", english: "dossiers"))
        #expect(core.measures[measure("tasks.done")]?.kind == .cumulative(since: .admin15))
        let indicator = try #require(core.indicators.first)
        #expect(indicator.scheme == .calendar)
        #expect(indicator.period == .month)
        #expect(indicator.definitions.map(\.version) == [1, 2])
        #expect(indicator.definitions[0].effectiveFrom == nil)
        #expect(indicator.definitions[0].effectiveTo == day("2025-01-01"))
        #expect(indicator.definitions[1].effectiveFrom == day("2025-01-01"))
        #expect(indicator.definitions[1].effectiveTo == nil)
        #expect(indicator.definitions[1].reportedPercent == measure("dossiers.percent"))
    }

    @Test func targetsEndAfterTheirLastDay() throws {
        let targets = try load().core.targets

        let target = Target(
            indicator: "dossier.late", scope: .level(.department), warning: decimal("5"), critical: decimal("10.5"), minimumDenominator: 20,
            effectiveFrom: day("2026-01-01"), effectiveTo: day("2027-01-01"), legalBasis: "Kế hoạch 12/KH-UBND")
        #expect(targets.all == [target])
    }

    @Test func targetsBindAnAgencyALevelOrEveryone() throws {
        let targets = try load("scopes.good").core.targets.all

        #expect(targets.map(\.scope) == [.everyone, .everyone, .level(.commune), .agency(code("H52.07"))])
        #expect(targets.map(\.effectiveTo) == [day("2026-01-01"), nil, nil, nil])
        #expect(targets[0].isEffective(on: day("2025-12-31")) && !targets[0].isEffective(on: day("2026-01-01")))
        #expect(targets.map(\.reason) == [nil, nil, nil, "mới thành lập"])
        #expect(targets[3].warning == decimal("0") && targets[3].critical == nil && targets[3].minimumDenominator == 1)
    }

    @Test func quotesOfASpreadsheetAreNotPartOfNames() throws {
        let register = try load("libreoffice-quoted.good").core.register

        #expect(register.agencies.map(\.name)[1] == "Sở Lao động, Thương binh và Xã hội")
        #expect(register.agencies.last?.name == "Sở \"Công Thương\"")
        #expect(register.agencies.count == 4)
    }

    @Test func sourceHasTheDocumentedDefaults() throws {
        let directory = try Directory()
        let problems = ProblemList()

        let source = try #require(SettingsFiles.sources(in: directory.directory.path, problems: problems).first?.0)

        #expect(problems.isEmpty)
        let expected = SourceSettings(
            id: "one-stop", kind: "http", title: LocalizedText(vietnamese: "one-stop", english: "one-stop"), isEnabled: true,
            schedule: cron("15 2 * * *"), jitter: .zero, lookbackDays: 7, backfillFrom: nil,
            retry: RetrySettings(first: .seconds(30), longest: .seconds(1800), attempts: 8))
        #expect(source == expected)
    }

    @Test func templatesAreNamedByTheirFiles() throws {
        let directory = try Directory()
        let problems = ProblemList()

        let templates = SettingsFiles.templates(in: directory.directory.path, language: .vietnamese, problems: problems)

        #expect(templates == ["letter": "Kính gửi {{agency}}\n"])
        #expect(SettingsFiles.templates(in: directory.directory.path, language: .english, problems: problems).isEmpty)
        #expect(problems.isEmpty)
    }

    @Test func fileThatCannotBeReadIsToldFromAMissingOne() throws {
        let directory = try Directory()
        try directory.lay(over: "missing-successions.bad")
        try directory.write("", to: "successions.csv/in-the-way")

        #expect(directory.core().problems == ["successions.csv: cannot be read"])
    }

    @Test(arguments: ["sources.d", "templates/vi"])
    func aFolderThatCannotBeListedIsNoEmptyOne(_ folder: String) throws {
        let directory = try Directory()
        let path = directory.directory.file(folder)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: path)

        let unreadable = directory.problems()
        try FileManager.default.removeItem(atPath: path)

        #expect(unreadable == ["\(folder): cannot be read"])
        #expect(directory.problems() == [])
    }

    @Test func whoMayNotReadIsToldSoOnceAndNotThatFilesAreMissing() throws {
        let directory = try Directory().directory
        chmod(directory.path, 0)
        defer { chmod(directory.path, 0o700) }

        let obstacle = OtherUser.run { SettingsFiles.obstacle(directory.path) }

        let message = "may not be read by this user; join the group dondoc or use sudo. The daemon reads it as the group dondoc (chgrp -R dondoc)"
        #expect(obstacle?.description == "\(directory.path): \(message)")
        #expect(SettingsFiles.obstacle(directory.file("nowhere"))?.message == "there is no such directory; give the one that holds dondoc.yaml")
    }

    @Test func aFolderOfSourcesThatIsClosedToTheDaemonIsAProblem() throws {
        let directory = try Directory()
        chmod(directory.directory.path, 0o755)
        let path = directory.directory.file("sources.d")
        chmod(path, 0)
        defer { chmod(path, 0o700) }

        let problems = OtherUser.run { directory.problems() }

        let message = "may not be read by this user; join the group dondoc or use sudo. The daemon reads it as the group dondoc (chgrp -R dondoc)"
        #expect(problems == ["sources.d: \(message)"])
    }

    @Test(arguments: [
        ("a@b.example", true), ("so-noi.vu+1@sub.sonla.gov.vn", true), ("a@b", false), ("@b.example", false), ("a@", false), ("a@.example", false),
        ("a b@c.example", false), ("a@b@c.example", false), ("a@sơnla.vn", false), ("a@b.example\r\nBcc: x@y.example", false),
        ("\(String(repeating: "a", count: 250))@b.vn", false),
    ])
    func addressesArePlain(_ text: String, _ isAddress: Bool) {
        #expect(MailAddress.isAddress(text) == isAddress)
    }
}
