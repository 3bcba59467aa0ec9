import TestSupport
import Testing

@testable import Model

/// Which scheduled backups stay: the newest of each of the last days, weeks and months.
@Suite struct BackupRotationTests {
    private func names(from first: String, days: Int) -> [String] {
        (0..<days).map { BackupRotation.name(at: Instant(day(first) + $0, hour: 1, minute: 30)) }
    }

    @Test func theNameSaysTheMinute() {
        #expect(BackupRotation.name(at: instant("2026-11-23T01:05")) == "dondoc-20261123-0105.db")
    }

    @Test func theNewestOfDaysWeeksAndMonthsStay() {
        let names = names(from: "2026-01-01", days: 120)  // Through 30 April.

        let outdated = Set(BackupRotation(daily: 3, weekly: 3, monthly: 3).outdated(among: names.shuffled()))

        #expect(
            names.filter { !outdated.contains($0) } == [
                "dondoc-20260228-0130.db", "dondoc-20260331-0130.db", "dondoc-20260419-0130.db", "dondoc-20260426-0130.db",
                "dondoc-20260428-0130.db", "dondoc-20260429-0130.db", "dondoc-20260430-0130.db",
            ])
    }

    @Test func theNewestStaysWhateverTheNumbersSay() {
        let names = names(from: "2026-01-01", days: 3)

        #expect(BackupRotation(daily: 0, weekly: 0, monthly: 0).outdated(among: names) == ["dondoc-20260102-0130.db", "dondoc-20260101-0130.db"])
    }

    @Test(arguments: [
        "dondoc.db", "dondoc-20261123-0105.db.part", "dondoc-20261323-0105.db", "dondoc-20261123-2505.db", "my-dondoc-20261123-0105.db", "",
        "dondoc-2026112x-0105.db", "dondoc-20261123-0105.txt",
    ]) func filesOfOthersAreLeftAlone(_ name: String) {
        let names = [name] + names(from: "2026-01-01", days: 30)

        #expect(!BackupRotation(daily: 1, weekly: 0, monthly: 0).outdated(among: names).contains(name))
    }

    @Test func encryptedBackupsRotateLikeReadableOnes() {
        let names = names(from: "2026-01-01", days: 3).map { $0 + ".age" }

        #expect(BackupRotation(daily: 2, weekly: 0, monthly: 0).outdated(among: names) == ["dondoc-20260101-0130.db.age"])
    }
}
