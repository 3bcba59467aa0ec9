import Model

extension ProvinceFile {
    /// The entries of `ways_out`; none without the key.
    func waysOut(_ reader: SettingsReader) -> [WayOutSettings] {
        var seen: Set<String> = []
        return (reader.readers("ways_out") ?? []).compactMap { way in
            defer { way.finish() }
            let settings = wayOut(way)
            if let settings, !seen.insert(settings.id).inserted {
                way.problem("id", "the way out '\(settings.id)' stands twice; ids must differ")
            }
            return settings
        }
    }

    private func wayOut(_ reader: SettingsReader) -> WayOutSettings? {
        let id = reader.identifier("id")
        if id == OutboxItem.mail { reader.problem("id", "'mail' is what the way of letters is called; choose another id") }
        if !reader.has("kind") { reader.problem(nil, "'kind' is missing: webhook or alertmanager") }
        let kind = reader.choice("kind", WayOutSettings.Kind.self)
        let (url, credential) = address(reader, what: "a way out")
        let retry = retry(reader)
        let settings = WayOutSettings(
            id: id ?? "", kind: kind ?? .webhook, url: url ?? "", secretFile: reader.file("secret_file", in: files.directory), credential: credential,
            caFile: reader.file("ca_file", in: files.directory), headers: headers(reader, own: ["content-type", "content-length", "host"]),
            scope: scope(reader.reader("only")), firstRetry: retry.first, longestRetry: retry.longest, giveUpAfter: retry.giveUp,
            timeout: reader.duration("timeout") ?? .seconds(15), resend: reader.duration("resend") ?? .seconds(60),
            labels: labels(reader, own: ["alertname", "rule", "subject", "agency", "severity", "province"]))
        check(settings, reader)
        return id == nil || kind == nil || url == nil ? nil : settings
    }

    /// What stands in a block of one kind and says nothing there would be believed to be in force.
    private func check(_ settings: WayOutSettings, _ reader: SettingsReader) {
        switch settings.kind {
        case .webhook:
            for key in ["resend", "labels"] where reader.has(key) { reader.problem(key, "'\(key)' is for ways of kind alertmanager") }
        case .alertmanager:
            if reader.has("secret_file") {
                reader.problem("secret_file", "'secret_file' signs webhooks; an Alertmanager is logged in to with 'basic' or 'bearer_file'")
            }
            if settings.resend < .seconds(1) || settings.resend > .seconds(3600) {
                reader.problem("resend", "'resend' is a duration of 1s to 1h; an Alertmanager forgets alerts that nobody repeats")
            }
        }
    }

    private func retry(_ reader: SettingsReader) -> (first: Duration, longest: Duration, giveUp: Duration) {
        let retry = reader.reader("retry")
        defer { retry?.finish() }
        let first = retry?.duration("first") ?? .seconds(5)
        let longest = retry?.duration("longest") ?? max(.seconds(600), first)
        if let retry, longest < first { retry.problem("longest", "'longest' is shorter than 'first'") }
        return (first, longest, retry?.duration("give_up") ?? .seconds(3 * 86_400))
    }

    private func scope(_ reader: SettingsReader?) -> WayOutSettings.Scope {
        guard let reader else { return WayOutSettings.Scope() }
        defer { reader.finish() }
        func named<T: Hashable>(_ key: String, _ expected: String, _ make: (String) -> T?) -> Set<T>? {
            guard let texts = reader.strings(key) else { return nil }
            if texts.isEmpty { reader.problem(key, "'\(key)' names nothing; leave it out for all") }
            return Set(
                texts.compactMap { text in
                    let found = make(text)
                    if found == nil { reader.problem(item: text, of: key, "'\(text)' is not \(expected)") }
                    return found
                })
        }
        return WayOutSettings.Scope(
            severities: named("severities", "'warning' or 'critical'") { Severity(rawValue: $0) },
            rules: named("rules", "the id of a rule") { Identifier.isValid($0) ? $0 : nil },
            agencies: named("agencies", "an agency code such as H52.07") { AgencyCode($0) })
    }
}
