import Model

extension ProvinceFile {
    /// The targets of `remote_write`; none without the key.
    func remoteWrite(_ reader: SettingsReader) -> [RemoteWriteSettings] {
        var seen: Set<String> = []
        return (reader.readers("remote_write") ?? []).compactMap { target in
            defer { target.finish() }
            let settings = remoteWriteTarget(target)
            if let settings, !seen.insert(settings.id).inserted {
                target.problem("id", "the target '\(settings.id)' stands twice; ids must differ")
            }
            return settings
        }
    }

    private func remoteWriteTarget(_ reader: SettingsReader) -> RemoteWriteSettings? {
        let id = reader.identifier("id")
        let (url, credential) = address(reader, what: "a target")
        let retry = reader.reader("retry")
        defer { retry?.finish() }
        let firstRetry = retry?.duration("first") ?? .seconds(5)
        let longestRetry = retry?.duration("longest") ?? max(.seconds(300), firstRetry)
        if let retry, longestRetry < firstRetry { retry.problem("longest", "'longest' is shorter than 'first'") }
        let settings = RemoteWriteSettings(
            id: id ?? "", url: url ?? "", credential: credential, caFile: reader.file("ca_file", in: files.directory),
            headers: headers(reader, own: ProvinceFile.ownHeaders), labels: labels(reader, own: ProvinceFile.ownLabels), parts: parts(reader),
            backfillFrom: reader.day("backfill_from"),
            settle: reader.duration("settle") ?? .seconds(3 * 86_400), batch: reader.integer("batch", in: 1...50_000) ?? 5000,
            firstRetry: firstRetry, longestRetry: longestRetry, timeout: reader.duration("timeout") ?? .seconds(30))
        return id == nil || url == nil ? nil : settings
    }

    private static let ownHeaders = ["content-encoding", "content-type", "content-length", "x-prometheus-remote-write-version", "host"]
    private static let ownLabels = ["agency", "indicator", "interval", "level", "measure", "scheme"]

    /// Where something is sent, and how it logs in there: `url`, `bearer_file`, `basic`.
    func address(_ reader: SettingsReader, what: String) -> (url: String?, credential: RemoteWriteSettings.Credential) {
        let url = reader.requiredValue("url", expected: "an address that begins with https:// or http://") { text in
            text.hasPrefix("https://") || text.hasPrefix("http://") ? text : nil
        }
        if let url, url.drop(while: { $0 != ":" }).dropFirst(3).prefix(while: { $0 != "/" }).contains("@") {
            reader.problem("url", "a login does not stand in the address; use 'basic' or 'bearer_file'")
        }
        let credential = credential(reader, what: what)
        if credential != .none, let url, url.hasPrefix("http://"), !ProvinceFile.isLoopback(url) {
            reader.problem("url", "a credential is never sent in the clear: use https://, or an address of this machine")
        }
        return (url, credential)
    }

    private func parts(_ reader: SettingsReader) -> Set<RemoteWriteSettings.Part> {
        let all = Set(RemoteWriteSettings.Part.allCases)
        guard let names = reader.strings("each") else { return all }
        let parts = Set(names.compactMap(RemoteWriteSettings.Part.init))
        for name in names where RemoteWriteSettings.Part(rawValue: name) == nil {
            reader.problem(item: name, of: "each", "'\(name)' is neither 'cells' nor 'readings'")
        }
        if names.isEmpty { reader.problem("each", "'each' names nothing to send; leave it out for cells and readings") }
        return parts
    }

    /// The names and values of `headers`, but for those that hold secrets or that the protocol sets itself.
    func headers(_ reader: SettingsReader, own: [String]) -> [RemoteWriteSettings.Header] {
        (reader.scalars("headers") ?? []).map { header in
            if ["authorization", "proxy-authorization", "cookie"].contains(header.key.lowercased()) {
                reader.problem(
                    scalar: header.key, in: "headers",
                    "'\(header.key)' would hold a secret, and those do not stand in configuration files; use 'bearer_file' or 'basic'")
            } else if own.contains(header.key.lowercased()) {
                reader.problem(scalar: header.key, in: "headers", "'\(header.key)' belongs to the protocol and is set by dondoc")
            }
            return RemoteWriteSettings.Header(name: header.key, value: header.value)
        }
    }

    /// The names and values of `labels`, but for those that dondoc sets itself.
    func labels(_ reader: SettingsReader, own: [String]) -> [RemoteWriteSettings.Header] {
        (reader.scalars("labels") ?? []).map { label in
            if own.contains(label.key) {
                reader.problem(scalar: label.key, in: "labels", "'\(label.key)' is a label that dondoc sets itself; choose another name")
            } else if !ProvinceFile.isLabelName(label.key) {
                reader.problem(
                    scalar: label.key, in: "labels",
                    "'\(label.key)' is no name for a label; use letters, digits and '_', no digit first and not two '_' in front")
            }
            return RemoteWriteSettings.Header(name: label.key, value: label.value)
        }
    }

    private func credential(_ reader: SettingsReader, what: String) -> RemoteWriteSettings.Credential {
        let bearer = reader.file("bearer_file", in: files.directory)
        guard let basic = reader.reader("basic") else { return bearer.map { .bearer(file: $0) } ?? .none }
        defer { basic.finish() }
        if bearer != nil { reader.problem("basic", "\(what) has 'bearer_file' or 'basic', not both") }
        let user = basic.requiredString("user")
        let file = basic.requiredFile("password_file", in: files.directory)
        guard let user, let file else { return .none }
        return .basic(user: user, passwordFile: file)
    }

    private static func isLabelName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !first.isDigit, !text.hasPrefix("__"), text.utf8.count <= 64 else { return false }
        return text.utf8.allSatisfy { byte in
            byte.isDigit || byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
    }

    private static func isLoopback(_ url: String) -> Bool {
        let authority = url.dropFirst("http://".count).prefix { $0 != "/" }
        return ["127.0.0.1", "localhost", "[::1]"].contains { authority == $0 || authority.hasPrefix("\($0):") }
    }
}
