import Model

extension ProvinceFile {
    /// The listener for pushes; nil when it cannot be used.
    func push(_ reader: SettingsReader) -> PushSettings? {
        let address = reader.value("address", expected: "an address and a port such as 0.0.0.0:8443") { ListenAddress($0) }
        let socketName = reader.string("socket_activation")
        if reader.has("address") == reader.has("socket_activation") {
            reader.problem(
                reader.has("address") ? "socket_activation" : nil,
                "a listener has 'address', or 'socket_activation' with the name of systemd's socket, and never both")
        }
        let tls = tls(reader.reader("tls"))
        if !reader.has("tls"), let address, !address.isLoopback {
            reader.problem(
                "address",
                "tokens and figures are never sent in the clear: give 'tls' its certificate and key, or listen on an address of this machine such as 127.0.0.1"
            )
        }
        let senders = senders(reader)
        if !senders.isEmpty, tls?.clientCA == nil {
            reader.problem("senders", "'senders' are known by client certificates: 'tls' needs 'client_ca', the file of those who sign them")
        }
        let limits = pushLimits(reader.reader("limits"))
        let listening: PushSettings.Listening? = socketName.map { .inherited(name: $0) } ?? address.map { .address($0) }
        let names = metrics(reader)
        let labels = reader.reader("labels")
        defer { labels?.finish() }
        let agencyLabel = labels?.string("agency")
        let measureLabel = labels?.string("measure")
        return listening.map { listening in
            var settings = PushSettings(listening: listening, tls: tls, senders: senders, limits: limits)
            settings.agencyLabel = agencyLabel ?? settings.agencyLabel
            settings.measureLabel = measureLabel ?? settings.measureLabel
            settings.metrics = names
            return settings
        }
    }

    private func metrics(_ reader: SettingsReader) -> [String: MeasureID] {
        var names: [String: MeasureID] = [:]
        for metric in reader.scalars("metrics") ?? [] {
            guard let id = MeasureID(metric.value) else {
                reader.problem(
                    scalar: metric.key, in: "metrics", "'\(metric.value)' is no measure; expected one such as mail.accounts.active")
                continue
            }
            names[metric.key] = id
        }
        return names
    }

    private func tls(_ reader: SettingsReader?) -> PushTLSSettings? {
        guard let reader else { return nil }
        defer { reader.finish() }
        let certificate = reader.requiredFile("certificate", in: files.directory)
        let key = reader.requiredFile("key", in: files.directory)
        let clientCA = reader.file("client_ca", in: files.directory)
        guard let certificate, let key else { return nil }
        return PushTLSSettings(certificate: certificate, key: key, clientCA: clientCA)
    }

    private func senders(_ reader: SettingsReader) -> [PushSenderSettings] {
        var subjects: Set<SubjectName> = []
        var names: Set<String> = []
        return (reader.readers("senders") ?? []).compactMap { entry in
            defer { entry.finish() }
            let subject = entry.requiredValue("subject", expected: "a certificate's name as openssl -nameopt RFC2253 prints it: CN=…,O=…,C=VN") {
                text in
                SubjectName(text).map { (text: text, name: $0) }
            }
            let name = entry.identifier("name")
            let scope = scope(entry)
            if let subject, !subjects.insert(subject.name).inserted {
                entry.problem("subject", "the subject '\(subject.text)' stands twice; each certificate belongs to one sender")
            }
            if let name, !names.insert(name).inserted { entry.problem("name", "the sender '\(name)' stands twice; names must differ") }
            guard let subject, let name, let scope else { return nil }
            return PushSenderSettings(subject: subject.name, sender: PushSender(name: name, scope: scope))
        }
    }

    private func scope(_ reader: SettingsReader) -> PushScope? {
        let codes = reader.strings("agencies") ?? []
        if codes.isEmpty {
            reader.problem(reader.has("agencies") ? "agencies" : nil, "'agencies' must name at least one agency: for whom the sender speaks")
        }
        for code in codes where AgencyCode(code) == nil {
            reader.problem(item: code, of: "agencies", "'\(code)' is no agency code; expected one such as H52.07")
        }
        let measures = reader.strings("measures")
        for measure in measures ?? [] where MeasureID(measure) == nil {
            reader.problem(item: measure, of: "measures", "'\(measure)' is no measure; expected one such as mail.accounts.active")
        }
        let below = reader.bool("below") ?? false
        let agencies = codes.compactMap { AgencyCode($0) }
        guard !agencies.isEmpty else { return nil }
        return PushScope(agencies: agencies, includesBelow: below, measures: measures?.compactMap { MeasureID($0) })
    }

    private func pushLimits(_ reader: SettingsReader?) -> PushLimits {
        var limits = PushLimits()
        guard let reader else { return limits }
        defer { reader.finish() }
        limits.body = reader.byteCount("body") ?? limits.body
        limits.unpackedBody = reader.byteCount("unpacked_body") ?? max(limits.unpackedBody, limits.body)
        limits.bodies = reader.byteCount("bodies") ?? max(limits.bodies, limits.body)
        limits.observations = reader.integer("observations", in: 1...1_000_000) ?? limits.observations
        limits.requestsPerMinute = reader.integer("requests_per_minute", in: 1...1_000_000) ?? limits.requestsPerMinute
        limits.requestsPerMinutePerAddress =
            reader.integer("requests_per_minute_per_address", in: 1...1_000_000) ?? limits.requestsPerMinutePerAddress
        limits.failedLogins = reader.integer("failed_logins", in: 1...1_000_000) ?? limits.failedLogins
        limits.lockout = reader.duration("lockout") ?? limits.lockout
        limits.connections = reader.integer("connections", in: 1...100_000) ?? limits.connections
        limits.connectionsPerAddress =
            reader.integer("connections_per_address", in: 1...100_000) ?? min(limits.connectionsPerAddress, limits.connections)
        limits.headers = reader.byteCount("headers") ?? limits.headers
        limits.headerTimeout = reader.duration("header_timeout") ?? limits.headerTimeout
        limits.bodyTimeout = reader.duration("body_timeout") ?? limits.bodyTimeout
        limits.idleTimeout = reader.duration("idle_timeout") ?? limits.idleTimeout
        limits.queue = reader.integer("queue", in: 1...10_000) ?? limits.queue
        if limits.unpackedBody < limits.body { reader.problem("unpacked_body", "'unpacked_body' is smaller than 'body'") }
        if limits.bodies < limits.body { reader.problem("bodies", "'bodies' is smaller than 'body': not even one push would fit") }
        return limits
    }
}

extension ListenAddress {
    /// Whether only this machine reaches it.
    public var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
