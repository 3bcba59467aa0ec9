import Model
import TestSupport
import Testing

@testable import Settings

/// What good files amount to.
@Suite struct ValueTests {
    private func core(_ name: String = "base.good") throws -> (CoreSettings, CaseDirectory) {
        let directory = try CaseDirectory(name)
        return (try #require(directory.core()), directory)
    }

    private func newest(_ code: String, in core: CoreSettings) -> Agency? { AgencyCode(code).flatMap { core.register.newest($0) } }

    @Test func whatIsLeftOutHasTheDocumentedDefault() throws {
        let (core, directory) = try core()
        let province = core.province
        let mail = try #require(province.mail)

        #expect(province.store == StoreSettings(path: "\(directory.path)/dondoc.sqlite", keepRaw: .seconds(730 * 86_400), maximumBytes: nil))
        #expect(province.listen.control == "\(directory.path)/control.sock")
        #expect(province.judge.text == "*/15 * * * *")
        #expect(
            province.limits
                == LimitSettings(concurrentFetches: 8, concurrentFetchesPerHost: 2, answerBytes: 32_000_000, shutdown: .seconds(20)))
        #expect(mail.relay.port == 587)
        #expect(mail.relay.security == .starttls)
        #expect(mail.relay.timeout == .seconds(60))
        #expect(mail.envelopeFrom == "dondoc@example.vn")
        #expect([mail.firstRetry, mail.longestRetry, mail.giveUpAfter] == [.seconds(300), .seconds(14_400), .seconds(432_000)])
        #expect(mail.answerWithin == 5)
    }

    @Test func lastDaysInFilesAreInclusive() throws {
        let (core, _) = try core("open-ends.good")
        let old = try #require(newest("H52.05", in: core))
        let first = try #require(core.targets.all.first)

        #expect(old.validTo == day("2025-03-01"))
        #expect(old.exists(on: day("2025-02-28")))
        #expect(first.effectiveTo == day("2026-01-01"))
        #expect(first.isEffective(on: day("2025-12-31")))
        #expect(core.targets.all[1].effectiveTo == nil)
    }

    @Test func targetsBindByAgencyThenLevelThenEveryone() throws {
        let (core, _) = try core("open-ends.good")

        let agency = try #require(AgencyCode("H52.07"))
        #expect(core.targets.all.map(\.scope) == [.everyone, .everyone, .level(.commune), .agency(agency)])
        #expect(core.targets.all[3].critical == ExactDecimal(0))
        #expect(core.targets.all[3].minimumDenominator == 1)
    }

    @Test func registerSurvivesLibreOffice() throws {
        let (core, _) = try core("libreoffice.good")
        let agency = try #require(newest("H52.07", in: core))

        #expect(agency.validFrom == day("2025-03-01"))
        #expect(agency.contacts == ["vanthu.snv@example.vn", "snv@example.vn"])
        #expect(agency.aliases == ["SNV", "Sở \"Nội vụ\""])
        #expect(core.register.agencies.map(\.name).contains("Sở Nội vụ, cũ"))
        #expect(core.register.successions.first?.effective == day("2025-03-01"))
        #expect(core.register.successions.first?.measures.map(\.text) == ["dossiers.received", "dossiers.received.online"])
    }

    @Test func catalogueIsReadInTheOrderOfTheFile() throws {
        let (core, _) = try core()
        let indicator = try #require(core.indicators.first)
        let definition = try #require(indicator.definitions.first)

        #expect(indicator.scheme == .calendar)
        #expect(indicator.period == .month)
        #expect(definition.numerator.description == "dossiers.received.online")
        #expect(definition.denominator?.description == "dossiers.received")
        #expect(definition.reportedPercent?.text == "dossiers.online.percent")
        #expect(definition.reportedPercent.flatMap { core.measures[$0] }?.scale == 2)
    }

    @Test func calendarKnowsDaysOffAndSwaps() throws {
        let (core, _) = try core()

        #expect(core.calendar.years == [2026: .confirmed])
        #expect(core.calendar.daysOff.count == 6)
        #expect(try core.calendar.isWorkingDay(day("2026-08-22")))
        #expect(try !core.calendar.isWorkingDay(day("2026-02-20")))
    }

    @Test func sourceHasItsCommonKeysAndDefaults() throws {
        let directory = try CaseDirectory("base.good")
        let problems = ProblemList()

        let (source, reader) = try #require(SettingsFiles.sources(in: directory.path, problems: problems).first)
        reader.finish()

        #expect(source.id == "one-stop")
        #expect(source.title == LocalizedText(vietnamese: "one-stop", english: "one-stop"))
        #expect(source.isEnabled)
        #expect(source.jitter == .zero)
        #expect(source.lookbackDays == 7)
        #expect(source.backfillFrom == nil)
        #expect(source.retry == RetrySettings(first: .seconds(30), longest: .seconds(1800), attempts: 8))
        // The keys of its kind are left to the kind; nobody asked for them here.
        #expect(
            problems.problems.map(\.description) == [
                "sources.d/one-stop.yaml:4:1: unknown key 'request'", "sources.d/one-stop.yaml:6:1: unknown key 'answer'",
            ])
    }
}
