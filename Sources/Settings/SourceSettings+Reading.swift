import Model

extension SourceSettings {
    /// Reads the keys that every source has; the others are left for its kind, which calls `finish`. Nil only without a kind; other
    /// mistakes are problems and leave the usual in their place.
    init?(_ reader: SettingsReader) {
        let id = reader.identifier("id")
        let kind = reader.requiredString("kind")
        let title = reader.localized("title")
        let isEnabled = reader.bool("enabled") ?? true
        let schedule = reader.requiredValue("schedule", expected: "five cron fields such as \"15 2 * * *\"") { CronExpression($0) }
        let jitter = reader.duration("jitter") ?? .zero
        let lookback = reader.integer("lookback", in: 1...800) ?? 7
        let backfillFrom = reader.day("backfill_from")
        let retry = RetrySettings(reader.reader("retry"))
        let contacts = reader.strings("contacts") ?? []
        for address in contacts where !MailAddress.isAddress(address) {
            reader.problem(item: address, of: "contacts", "'\(address)' is not an e-mail address")
        }
        guard let kind else { return nil }
        let name = id ?? reader.file
        self.init(
            id: name, kind: kind, title: title ?? LocalizedText(vietnamese: name, english: name), isEnabled: isEnabled,
            schedule: schedule ?? .everyQuarterHour, jitter: jitter,
            lookbackDays: lookback, backfillFrom: backfillFrom, retry: retry)
        self.contacts = contacts
    }
}

extension RetrySettings {
    /// With the usual values for what is left out; all of them when there is no block.
    init(_ reader: SettingsReader?) {
        let usual = RetrySettings()
        guard let reader else {
            self = usual
            return
        }
        defer { reader.finish() }
        let first = reader.duration("first") ?? usual.first
        let longest = reader.duration("longest") ?? max(usual.longest, first)
        if longest < first { reader.problem("longest", "'longest' is shorter than 'first'") }
        self.init(first: first, longest: longest, attempts: reader.integer("attempts", in: 0...100) ?? usual.attempts)
    }
}
