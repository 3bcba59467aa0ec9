@testable import Daemon
import Assembly
import Model
import Synchronization
import TestSupport
import Testing

struct ReloadTests {
    @Test func aFailedReloadKeepsThePreviousSetAndSaysWhy() throws {
        let province = try SmallProvince()
        let live = LiveConfiguration(try Configuration.load(province.directory.path).get(), loadedAt: instant("2026-09-10T08:00"))
        try province.directory.write("rules:\n  - {id: online, kind: treshold, indicators: all}\n", to: "rules.yaml")

        let problems = live.reload(at: instant("2026-09-10T09:00"))

        #expect(
            problems == [
                "rules.yaml:2:24: unknown kind 'treshold', expected one of threshold, not-reported, stale, drop, rise, trend, rank, contradiction, budget, restated, "
                    + "obligation; did you mean 'threshold'?"
            ])
        #expect(live.current.configuration.rules.map(\.id) == ["online"])
        #expect(live.current.loadedAt == instant("2026-09-10T08:00"))
        #expect(live.current.failed?.problems == problems)
    }

    @Test func aGoodReloadSwapsEverythingAndForgetsTheFailure() throws {
        let province = try SmallProvince()
        let live = LiveConfiguration(try Configuration.load(province.directory.path).get(), loadedAt: instant("2026-09-10T08:00"))
        try province.directory.write("rules: [", to: "rules.yaml")
        let broken = live.reload(at: instant("2026-09-10T09:00"))
        try province.directory.write("rules: []\n", to: "rules.yaml")

        let problems = live.reload(at: instant("2026-09-10T10:00"))

        #expect(broken.count == 1)
        #expect(problems.isEmpty)
        #expect(live.current.configuration.rules.isEmpty)
        #expect(live.current.failed == nil)
        #expect(live.current.loadedAt == instant("2026-09-10T10:00"))
    }

    @Test func aPartThatCannotFollowRefusesTheReloadAndNoOtherPartFollows() throws {
        let province = try SmallProvince()
        let swapped = Mutex<[String]>([])
        let hasTrouble = Mutex(true)
        let good = LiveConfiguration.Follower { _ in .success({ swapped.withLock { $0.append("good") } }) }
        let other = LiveConfiguration.Follower { _ in
            hasTrouble.withLock { $0 }
                ? .failure(LiveConfiguration.Follower.Problems(lines: ["push.tls: no key"])) : .success({ swapped.withLock { $0.append("other") } })
        }
        let live = LiveConfiguration(
            try Configuration.load(province.directory.path).get(), loadedAt: instant("2026-09-10T08:00"), followers: [good, other])
        try province.directory.write("rules: []\n", to: "rules.yaml")

        let refused = live.reload(at: instant("2026-09-10T09:00"))
        let rulesThen = live.current.configuration.rules.count
        hasTrouble.withLock { $0 = false }
        let followed = live.reload(at: instant("2026-09-10T10:00"))

        #expect(refused == ["push.tls: no key"])
        #expect(rulesThen == 1)
        #expect(followed.isEmpty)
        #expect(live.current.failed == nil)
        #expect(live.current.configuration.rules.isEmpty)
        #expect(swapped.withLock { $0 } == ["good", "other"])
    }

    @Test func aMissingDirectoryIsOneProblem() throws {
        let directory = try TemporaryDirectory()

        let failure = #expect(throws: ConfigurationProblems.self) { try Configuration.load(directory.file("nowhere")).get() }

        #expect(
            failure?.problems.map(\.description)
                == ["\(directory.file("nowhere")): there is no such directory; give the one that holds dondoc.yaml"])
    }
}
