import Control
import Model
import Reports
import Testing

@testable import dondoc

struct ImportCommandTests {
    private func complaint(_ line: String) -> String {
        do {
            _ = try Dondoc.parseAsRoot(line.split(separator: " ").map(String.init))
            return ""
        } catch {
            return Dondoc.message(for: error)
        }
    }

    @Test func contradictionsAreToldBeforeAnythingIsRead() {
        #expect(complaint("import a.csv --source a --map b.yaml") == "--source and --map contradict each other: give one.")
        #expect(complaint("import a.csv --dry-run --yes") == "--dry-run stores nothing, so there is nothing to say --yes to.")
        #expect(
            complaint("import a.csv --database d.db --yes")
                == "--database only reads: add --dry-run, or leave it out so that the running dondocd stores the figures.")
        #expect(complaint("import a.csv --scheme admin15") == "--scheme goes with --period.")
        #expect(complaint("template a --period 2026-08") == "Say for whom the form is: --agency H52.07 H52.08, or --level commune.")
        #expect(
            complaint("template a --period 2026-08 --level commune --output-file form.ods")
                == "'form.ods' ends in neither .xlsx nor .csv, and the ending says which form it is.")
    }

    @Test func aFileThatIsTooLargeIsToBeSplit() {
        #expect(
            ImportCommand.tooLarge("a.csv", .vietnamese) == "'a.csv' lớn hơn 32 MB; hãy tách thành nhiều tệp nhỏ hơn rồi nhập từng tệp.")
        #expect(ImportCommand.tooLarge("a.csv", .english) == "'a.csv' is larger than 32 MB; split it into smaller files and import each.")
    }

    @Test func aFormIsAskedForAsItIsTyped() throws {
        let line = "template dossiers.received mail.staff --period 8/2026 --agency H52.07 H52.08 --level commune --output-file a.csv"
        let command = try #require(try Dondoc.parseAsRoot(line.split(separator: " ").map(String.init)) as? TemplateCommand)

        let expected = FormQuestion(
            measures: try ["dossiers.received", "mail.staff"].map { try #require(MeasureID($0)) }, period: try #require(PeriodName("2026-08")),
            agencies: try ["H52.07", "H52.08"].map { try #require(AgencyCode($0)) }, level: .commune, form: .csv)
        #expect(try command.request() == .importForm(question: expected))
    }

    @Test func onlyAClearYesIsYes() {
        let question = Confirmation(language: .vietnamese)

        #expect(question.question == "Ghi vào kho? [c/K] ")
        #expect(Confirmation(language: .english).question == "Store this? [y/N] ")
        #expect(["c", "C", "có", "CÓ ", "co", "y", "Yes"].allSatisfy(question.isYes))
        #expect(!["", "k", "không", "n", "no", "cc", "yn", "0"].contains(where: question.isYes))
    }

    @Test func theBarSaysHowMuchTheDaemonHasTaken() {
        let bar = ProgressBar(isShown: true, label: "bieu.xlsx (1/3)")

        #expect(bar.text(0, of: 1_250_000) == "bieu.xlsx (1/3) [                        ] 0 % / 1.2 MB")
        #expect(bar.text(625_000, of: 1_250_000) == "bieu.xlsx (1/3) [############            ] 50 % / 1.2 MB")
        #expect(bar.text(800, of: 800) == "bieu.xlsx (1/3) [########################] 100 % / 1 kB")
    }

    @Test func theVerdictIsReadFromTheAnswer() throws {
        func verdict(_ state: ImportReport.State, _ outcome: IngestOutcome) throws -> ImportSession.Verdict {
            let summary = ImportReport.Summary(state: state, file: "f", source: "s", by: "lan", delivery: nil, outcome: outcome, digest: "d1")
            return try #require(
                ImportSession.Verdict(.document(ImportReport.document(summary, entries: [], findings: [], lines: 9, language: .english))))
        }

        #expect(try verdict(.previewed, IngestOutcome(stored: 1, refused: 2)).changesFigures)
        #expect(try verdict(.previewed, IngestOutcome(stored: 1, refused: 2)).refused == 2)
        #expect(try !verdict(.previewed, IngestOutcome(unchanged: 4)).changesFigures)
        #expect(try verdict(.changed, IngestOutcome(restated: 4)).digest == "d1")
        #expect(ImportSession.Verdict(.failure(Failure(.refused, "no"))) == nil)
    }
}

struct ImportSessionTests {
    @Test func daemonThatCannotBeReachedEndsWithItsOwnStatus() throws {
        let place = try PlaceOptions.parse(["--socket", "/nonexistent/control.sock"])
        let nobody = Surroundings(environment: [:], isTerminal: false, isInteractive: false, terminalWidth: nil)
        let session = ImportSession(
            place: place, format: .table, language: .english, surroundings: nobody, mode: .storeUnasked, ask: { true })
        let order = ImportOrder(
            name: "a.csv", file: Payload(Array("agency,measure,from,to,value\n".utf8)), by: "lan")

        let outcome = session.bring(order, number: 1, of: 1)

        #expect(outcome.status == .unreachable)
        #expect(outcome.complaint.hasPrefix("dondoc: "))
        #expect(outcome.output.isEmpty)
    }
}
