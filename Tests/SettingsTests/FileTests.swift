import Foundation
import Settings
import TestSupport
import Testing

/// Files that are not there or not what they should be.
@Suite struct FileTests {
    @Test func missingFilesAreNamedOneByOne() throws {
        let directory = try CaseDirectory("base.good")
        for name in [
            "dondoc.yaml", "calendar.yaml", "measures.yaml", "agencies.csv", "successions.csv", "indicators.yaml", "targets.yaml", "rules.yaml",
        ] {
            try FileManager.default.removeItem(atPath: directory.directory.file(name))
        }

        let messages = directory.messages()

        let names = [
            "agencies.csv", "calendar.yaml", "dondoc.yaml", "indicators.yaml", "measures.yaml", "rules.yaml", "successions.csv", "targets.yaml",
        ]
        #expect(messages == names.map { "\($0): is missing; the sample in the documentation's config folder shows what it holds" })
    }

    @Test func unreadableFileDoesNotMakeOthersWrong() throws {
        let directory = try CaseDirectory("base.good")
        for name in ["measures.yaml", "indicators.yaml"] {
            try FileManager.default.removeItem(atPath: directory.directory.file(name))
            try FileManager.default.createDirectory(atPath: directory.directory.file(name), withIntermediateDirectories: false)
        }

        let messages = directory.messages()

        #expect(
            messages == ["indicators.yaml", "measures.yaml"].map { "\($0): cannot be read; the daemon's user needs read permission" })
    }

    @Test func bytesThatAreNotUTF8AreFound() throws {
        let directory = try CaseDirectory("base.good")
        let windows = Array("predecessor,successor,effective,measures,note\nH52.05,H52.07,2025-03-01,,S".utf8) + [0xE1, 0x70, 0x0A]
        try Data(windows).write(to: URL(filePath: directory.directory.file("successions.csv")))

        let messages = directory.messages()

        #expect(
            messages == [
                "successions.csv:2:28: is not UTF-8 here; save the file as UTF-8 (in LibreOffice: Save As, Edit filter settings, Unicode (UTF-8))"
            ])
    }

    @Test func filesOfEditorsAndOfficesAreNotConfiguration() throws {
        let directory = try CaseDirectory("base.good")
        for name in [".~lock.agencies.csv#", ".dondoc.yaml.swp", "README.md", "agencies.csv~", "sources.d/one-stop.yaml.bak"] {
            try directory.directory.write("x", to: name)
        }

        #expect(directory.messages() == [])
    }

    @Test func coreIsThereAsFarAsItCanBeSoThatOtherFilesAreCheckedToo() throws {
        let directory = try CaseDirectory("dondoc-keys.bad")
        let problems = ProblemList()

        let core = SettingsFiles.core(in: directory.path, problems: problems)

        #expect(!problems.isEmpty)
        #expect(core?.indicators.map(\.id) == ["dossier.online"])
    }

    @Test func templatesAreReadByLanguageAndName() throws {
        let directory = try TemporaryDirectory()
        try directory.write("Kính gửi", to: "templates/vi/letter.mustache")
        try directory.write("Dear", to: "templates/en/letter.mustache")
        try directory.write("x", to: "templates/vi/letter.txt")
        let problems = ProblemList()

        let templates = SettingsFiles.templates(in: directory.path, language: .vietnamese, problems: problems)

        #expect(templates == ["letter": "Kính gửi"])
        #expect(SettingsFiles.templates(in: directory.file("elsewhere"), language: .english, problems: problems).isEmpty)
        #expect(problems.isEmpty)
    }
}
