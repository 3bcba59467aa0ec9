import Control
import Model
import Reports
import Testing

@testable import dondoc

struct OutcomeTests {
    private func surroundings(_ environment: [String: String] = [:], isTerminal: Bool = false) -> Surroundings {
        Surroundings(environment: environment, isTerminal: isTerminal, isInteractive: false, terminalWidth: isTerminal ? 80 : nil)
    }

    @Test func theLocaleChoosesTheLanguage() {
        #expect(surroundings().language == .vietnamese)
        #expect(surroundings(["LANG": "en_US.UTF-8"]).language == .english)
        #expect(surroundings(["LANG": "en_US.UTF-8", "LC_MESSAGES": "vi_VN.UTF-8"]).language == .vietnamese)
        #expect(surroundings(["LC_ALL": "", "LC_MESSAGES": "en_GB"]).language == .english)
        #expect(surroundings(["LC_ALL": "C", "LANG": "en_US"]).language == .vietnamese)
    }

    @Test func colourNeedsATerminalThatWantsIt() {
        #expect(surroundings(isTerminal: true).usesColour)
        #expect(!surroundings().usesColour)
        #expect(!surroundings(["NO_COLOR": "1"], isTerminal: true).usesColour)
        #expect(!surroundings(["TERM": "dumb"], isTerminal: true).usesColour)
        #expect(surroundings(["COLUMNS": "120"], isTerminal: true).width == 120)
        #expect(surroundings(["COLUMNS": "x"], isTerminal: true).width == 80)
    }

    @Test func failuresGoToStandardErrorWithTheirStatus() {
        let outcome = Outcome(
            .failure(Failure(.unknownID, "no source 'x'", hint: "See dondoc sources list.")), format: .table, language: .english, in: surroundings())
        let silent = Outcome(ControlError.notRunning(path: "/run/s"), language: .english)

        #expect(outcome.output.isEmpty)
        #expect(outcome.complaint == "dondoc: no source 'x'\nSee dondoc sources list.\n")
        #expect(outcome.status == .unknownID)
        #expect(silent.status == .unreachable)
        #expect(Outcome(ControlError.tooLarge(limit: 1), language: .english).status == .failed)
    }

    @Test func rawBytesAreNotTouched() {
        #expect(Outcome(.bytes(Payload([0, 255, 10])), format: .table, language: .english, in: surroundings()).output == [0, 255, 10])
    }

    @Test func aDatabaseCannotBeToldToAct() throws {
        let command = try #require(try Dondoc.parseAsRoot(["outbox", "retry", "7", "--database", "x"]) as? any Question)

        let error = #expect(throws: (any Error).self) { try command.outcome(of: command.request(), in: surroundings()) }
        #expect(
            error.map { "\($0)" } == "--database only reads; this command makes the daemon act, so it needs the running dondocd.")
    }

    @Test func aConfigurationIsGoodOrEveryProblemIsALine() {
        let good = ConfigurationVerdict(directory: "config", problems: [], warnings: [])
        let bad = ConfigurationVerdict(
            directory: "config", problems: [.init(file: "rules.yaml", line: 12, column: 9, message: "unknown key 'treshold'")], warnings: [])

        #expect(good.outcome(.table, .english, surroundings()) == Outcome(output: "config: the configuration is good\n", status: .answered))
        #expect(
            bad.outcome(.table, .vietnamese, surroundings())
                == Outcome(output: "rules.yaml:12:9: unknown key 'treshold'\nconfig: 1 lỗi\n", status: .answerIsNo))
        #expect(
            bad.outcome(.csv, .english, surroundings())
                == Outcome(output: "file,line,column,message\r\nrules.yaml,12,9,unknown key 'treshold'\r\n", status: .answerIsNo))
    }

    @Test func aCheckOfRulesSaysWhatConcernsRulesAlone() {
        let files = [
            "agencies.csv", "calendar.yaml", "dondoc.yaml", "indicators.yaml", "measures.yaml", "rules.yaml", "sources.d/a.yaml", "targets.yaml",
        ]
        let problems = (files + ["/no/where.d"]).map { ProblemsReport.Entry(file: $0, line: 1, column: 1, message: "wrong") }

        #expect(
            RulesCommand.Check.concerning(problems, directory: "/no/where.d").map(\.file)
                == ["agencies.csv", "indicators.yaml", "measures.yaml", "rules.yaml", "targets.yaml", "/no/where.d"])
    }
}
