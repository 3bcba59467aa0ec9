import ArgumentParser
import Control
import FoundationEssentials
import Model

/// Times in which nobody is told.
struct SilenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "silence", abstract: "Times in which nobody is told of some alerts, such as a move or the Tết holidays.",
        subcommands: [Add.self, List.self, Expire.self])

    struct Add: Question {
        static let configuration = CommandConfiguration(
            abstract: "Tell nobody of some alerts until an end; what still holds then is told.",
            discussion: "Without --agency, --subject and --rule it needs --all: then nobody is told of anything.")

        @Option(help: "Only alerts of this agency.", transform: Parse.agency) var agency: AgencyCode?
        @Option(help: "Only alerts about this indicator, measure or source.", transform: Parse.identifier) var subject: String?
        @Option(help: "Only alerts of this rule.", transform: Parse.identifier) var rule: String?
        @Flag(help: "All alerts.") var all = false
        @Option(help: "When it begins: 2027-02-01 or 2027-02-01T08:00 (default: now).", transform: Parse.beginning) var from: Instant?
        @Option(help: "When it ends: 2027-02-14 for the end of that day, or 2027-02-14T12:00.", transform: Parse.instant) var until: Instant
        @Option(help: "Why, for whoever reads it later.") var why: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func validate() throws {
            let isNarrow = agency != nil || subject != nil || rule != nil
            if all == isNarrow {
                throw ValidationError("Say what it holds for: --agency, --subject or --rule, or --all for everything.")
            }
        }

        func request() throws -> Request {
            .silenceAdd(
                order: SilenceOrder(
                    scope: Silence.Scope(agency: agency, subject: subject, rule: rule), from: from, until: until, by: try who.actor(why)))
        }
    }

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the silences that hold or will hold.")

        @Flag(help: "Those that are over too.") var all = false
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .silenceList(all: all) }
    }

    struct Expire: Question {
        static let configuration = CommandConfiguration(abstract: "End a silence now.")

        @Argument(help: "The silence's number.") var id: Int64
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .silenceExpire(id: id, by: try who.name()) }
    }
}

/// What agencies have answered.
struct RemediationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remediation", abstract: "What agencies have answered and promised, and the promises that were not kept.",
        subcommands: [Add.self, List.self, Evidence.self])

    struct Add: Question {
        static let configuration = CommandConfiguration(
            abstract: "Enter an agency's answer to an alert.",
            discussion: "While a promised day has not passed, nobody is reminded; when it has, the next step comes by itself.")

        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @Option(help: "Why it came about, in the agency's words.") var cause = ""
        @Option(help: "What is being done.") var plan = ""
        @Option(help: "The last day by which it is to be mended, 2026-12-15.", transform: Parse.day) var due: Day?
        @Option(help: "A document as proof; its bytes and SHA-256 are kept.", completion: .file()) var evidence: String?
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request {
            var payload: Payload?
            if let evidence {
                guard let data = FileManager.default.contents(atPath: evidence) else {
                    throw ValidationError("'\(evidence)' cannot be read; give the path of a file that you may read.")
                }
                payload = Payload(Array(data))
            }
            let name = evidence.map { path in path.split(separator: "/").last.map(String.init) ?? path }
            return .remediationAdd(
                order: RemediationOrder(
                    key: key, cause: cause, plan: plan, due: due, evidenceName: name, evidence: payload, by: try who.name()))
        }
    }

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print what agencies have answered, the oldest first.")

        @Flag(help: "Only promises whose day has passed while the alert is open.") var overdue = false
        @Option(help: "Only answers of this agency.", transform: Parse.agency) var agency: AgencyCode?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .remediationList(overdue: overdue, agency: agency) }
    }

    struct Evidence: Question {
        static let configuration = CommandConfiguration(abstract: "Write the document of an answer to standard output, as it was entered.")

        @Argument(help: "The answer's number, as remediation list prints it.") var id: Int64
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .remediationEvidence(id: id) }
    }
}

/// Letters that wait for an operator.
struct LettersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "letters", abstract: "Letters that wait for an operator's word, and how letters look.",
        subcommands: [Release.self, Drop.self, Preview.self, SendTest.self])

    struct Preview: Question {
        static let configuration = CommandConfiguration(
            abstract: "Show a letter as it would be written now; nothing is sent.",
            discussion: "With --html or --eml the bytes go to standard output: dondoc letters preview --sample --html > letter.html")

        @Argument(help: "The alert to tell of, rule/subject/agency.", transform: Parse.alert) var key: AlertKey?
        @Flag(help: "An invented letter in which everything occurs that can.") var sample = false
        @Option(help: "With --sample: letter, not-reported, reminder, escalation, resolved, operators, digest, summary, rejection, undelivered.")
        var kind: String?
        @Flag(help: "The HTML version.") var html = false
        @Flag(help: "The whole mail.") var eml = false
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func validate() throws {
            if (key != nil) == sample { throw ValidationError("Name an alert (dondoc alerts list), or give --sample.") }
            if kind != nil, !sample { throw ValidationError("--kind goes with --sample; the kind of an alert's letter follows from the alert.") }
            if html, eml { throw ValidationError("Give --html or --eml, not both.") }
        }

        func request() -> Request { .letterPreview(question: LetterQuestion(key: key, kind: kind, form: html ? .html : eml ? .mail : .text)) }
    }

    struct SendTest: Question {
        static let configuration = CommandConfiguration(
            abstract: "Send an invented letter to an address, by the way of every letter.")

        @Argument(help: "The address, such as your own.") var address: String
        @Option(help: "Which kind, as letters preview takes it.") var kind: String?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .letterTest(address: address, kind: kind) }
    }

    struct Release: Question {
        static let configuration = CommandConfiguration(abstract: "Let the held letters go.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .lettersRelease(dropping: false) }
    }

    struct Drop: Question {
        static let configuration = CommandConfiguration(
            abstract: "Write none of the held letters; only what comes up later is told, and the next steps.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .lettersRelease(dropping: true) }
    }
}
