import ArgumentParser
import Control
import Model

/// The mailbox in which bounces and answers arrive.
struct MailboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailbox", abstract: "The mailbox in which bounces and answers arrive.", subcommands: [Status.self, Run.self])

    struct Status: Question {
        static let configuration = CommandConfiguration(abstract: "Print how far the mailbox is read, and what waits.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .mailboxStatus }
    }

    struct Run: Question {
        static let configuration = CommandConfiguration(abstract: "Read the mailbox now.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .mailboxRun }
    }
}

/// Mails that came in.
struct AnswersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers", abstract: "Mails that agencies and mail servers sent, and what was taken from them.",
        subcommands: [List.self, Show.self, File.self, Assign.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the mails that wait for your word, the newest first.")

        @Flag(help: "All mails, bounces and automatic answers among them.") var all = false
        @Option(help: "All mails of this agency.", transform: Parse.agency) var agency: AgencyCode?
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .answersList(all: all, agency: agency) }
    }

    struct Show: Question {
        static let configuration = CommandConfiguration(
            abstract: "Print one mail: what it is, its words and its files.",
            discussion: "The mail itself stays in the mailbox; its Message-ID finds it there.")

        @Argument(help: "The mail's number.") var id: Int64
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .answersShow(id: id) }
    }

    struct File: Question {
        static let configuration = CommandConfiguration(abstract: "Write a file that came with a mail to standard output, as it came.")

        @Argument(help: "The mail's number.") var id: Int64
        @Argument(help: "The file's number, as answers show prints it.") var number = 1
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .answersFile(id: id, number: number) }
    }

    struct Assign: Question {
        static let configuration = CommandConfiguration(abstract: "Take a mail as the answer to an alert.")

        @Argument(help: "The mail's number.") var id: Int64
        @Argument(help: "The alert's key, rule/subject/agency.", transform: Parse.alert) var key: AlertKey
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .answersAssign(id: id, key: key, by: try who.name()) }
    }
}

/// Addresses that letters came back from.
struct ContactsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contacts", abstract: "Addresses that letters came back from, and letting letters go there again.",
        subcommands: [List.self, Clear.self])

    struct List: Question {
        static let configuration = CommandConfiguration(abstract: "Print the addresses that letters pass over, and why.")

        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() -> Request { .contactsList }
    }

    struct Clear: Question {
        static let configuration = CommandConfiguration(abstract: "Let letters go to an address again.")

        @Argument(help: "The address.") var address: String
        @OptionGroup(title: "Who") var who: ActorOptions
        @OptionGroup(title: "Output") var display: OutputOptions
        @OptionGroup(title: "Where to ask") var place: PlaceOptions

        func request() throws -> Request { .contactsClear(address: address, by: try who.name()) }
    }
}
