import ArgumentParser
import Assembly

/// The operators' command line.
@main
struct Dondoc: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dondoc",
        abstract: "Ask the province's figures: what agencies reported, how they rank, who is urged and why.",
        discussion: """
            Questions go to the running daemon over its unix socket. With --database FILE they are read from the database file instead, \
            without the daemon; then --config DIR gives the names and definitions (default /etc/dondoc).

            Exit status: 0 answered; 1 the answer is no (config check or calendar check found problems, or verify damage); 2 nothing has that id; 3 the daemon cannot be reached; \
            4 the request was refused or failed; 64 the command line is wrong.
            """,
        version: Desk.version,
        subcommands: [
            StatusCommand.self, SourcesCommand.self, AgenciesCommand.self, IndicatorsCommand.self, SeriesCommand.self, ReadingsCommand.self,
            RankCommand.self, RollupCommand.self, TrendCommand.self, HistoryCommand.self, RestatementsCommand.self, ExplainCommand.self,
            AlertsCommand.self,
            RulesCommand.self, SilenceCommand.self, RemediationCommand.self, LettersCommand.self, MailboxCommand.self, AnswersCommand.self,
            ContactsCommand.self, FindingsCommand.self, OutboxCommand.self,
            DeliveriesCommand.self,
            RetractCommand.self,
            MetricsCommand.self, RemoteWriteCommand.self,
            ConfigCommand.self, CalendarCommand.self, BackupCommand.self, RestoreCommand.self, VerifyCommand.self, ExportCommand.self,
            ImportCommand.self,
        ])
}
