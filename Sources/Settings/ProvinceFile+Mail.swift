import Model

extension ProvinceFile {
    /// Who writes, by which relays, and what letters look like; nil when it cannot be used.
    func mail(_ reader: SettingsReader) -> MailSettings? {
        let relays = relays(reader)
        let from = section(reader, "from") { from -> MailAddress? in
            let name = from.requiredString("name")
            let address = from.requiredValue("address", expected: ProvinceFile.anAddress, ProvinceFile.address)
            guard let name, let address else { return nil }
            return MailAddress(name: name, address: address)
        }
        let replyTo = reader.value("reply_to", expected: ProvinceFile.anAddress, ProvinceFile.address)
        let envelopeFrom = reader.value("envelope_from", expected: ProvinceFile.anAddress, ProvinceFile.address)
        let operators = reader.strings("operators") ?? []
        if operators.isEmpty {
            reader.problem(
                reader.has("operators") ? "operators" : nil, "'operators' must name at least one address: who gets what concerns no agency")
        }
        check(operators, of: "operators", reader)
        let retry = reader.reader("retry")
        defer { retry?.finish() }
        let firstRetry = retry?.duration("first") ?? .seconds(300)
        let longestRetry = retry?.duration("longest") ?? max(.seconds(4 * 3600), firstRetry)
        let giveUpAfter = retry?.duration("give_up") ?? max(.seconds(5 * 86_400), longestRetry)
        if let retry, longestRetry < firstRetry { retry.problem("longest", "'longest' is shorter than 'first'") }
        if let retry, giveUpAfter < longestRetry { retry.problem("give_up", "'give_up' is shorter than 'longest'") }
        let answerWithin = reader.integer("answer_within", in: 1...60) ?? 5
        var settings = MailSettings(
            relays: relays ?? [], from: from ?? MailAddress(name: "", address: ""), replyTo: replyTo,
            envelopeFrom: envelopeFrom ?? from?.address ?? "",
            operators: operators, firstRetry: firstRetry, longestRetry: longestRetry, giveUpAfter: giveUpAfter, answerWithin: answerWithin)
        form(of: &settings, reader)
        settings.mailbox = mailbox(reader)
        return relays == nil || from == nil ? nil : settings
    }

    /// What letters look like beside their templates, and which reports are written.
    private func form(of settings: inout MailSettings, _ reader: SettingsReader) {
        settings.listID = reader.value("list_id", expected: "a name with dots such as dondoc.sonla.gov.vn") { text in
            MailAddress.isAddress("list@" + text) ? text : nil
        }
        settings.attachesFigures = reader.bool("attach_figures") ?? false
        settings.showsPictures = reader.bool("pictures") ?? true
        settings.digest = reader.value("digest", expected: ProvinceFile.cron) { CronExpression($0) }
        if let summary = reader.reader("summary") {
            let schedule = summary.requiredValue("schedule", expected: ProvinceFile.cron) { CronExpression($0) }
            let recipients = summary.strings("to") ?? []
            if recipients.isEmpty {
                summary.problem(summary.has("to") ? "to" : nil, "'to' must name at least one address: who gets the summary")
            }
            check(recipients, of: "to", summary)
            summary.finish()
            settings.summary = schedule.map { SummarySettings(schedule: $0, recipients: recipients) }
        }
        if let smime = reader.reader("smime") {
            let certificate = smime.requiredFile("certificate", in: files.directory)
            let key = smime.requiredFile("key", in: files.directory)
            let chain = smime.file("chain", in: files.directory)
            smime.finish()
            if let certificate, let key { settings.smime = SMIMESettings(certificate: certificate, key: key, chain: chain) }
        }
    }

    private func check(_ addresses: [String], of key: String, _ reader: SettingsReader) {
        for address in addresses where !MailAddress.isAddress(address) {
            reader.problem(item: address, of: key, "'\(address)' is not an e-mail address")
        }
    }

    private static let cron = "five cron fields such as \"30 7 * * 1\""
    private static let anAddress = "an e-mail address"
    private static func address(_ text: String) -> String? { MailAddress.isAddress(text) ? text : nil }
}
