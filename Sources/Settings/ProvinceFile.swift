import Model

/// Reads dondoc.yaml.
struct ProvinceFile {
    let files: YAMLFile

    /// Nil when something that has no default is missing or wrong.
    func read() -> ProvinceSettings? {
        guard let reader = files.reader("dondoc.yaml") else { return nil }
        defer { reader.finish() }
        let language = reader.choice("language", Language.self) ?? .vietnamese
        _ = reader.value("zone", expected: "Asia/Ho_Chi_Minh, because counts are by the civil days of Viet Nam") {
            $0 == "Asia/Ho_Chi_Minh" ? $0 : nil
        }
        let judge = reader.value("judge", expected: "five cron fields such as \"*/15 * * * *\"") { CronExpression($0) }
        let closedAfter = reader.integer("closed_after", in: 0...60) ?? ProvinceSettings.usualGrace
        let province = section(reader, "province") { province -> (AgencyCode, String)? in
            let code = province.requiredValue("code", expected: "an agency code such as H52") { AgencyCode($0) }
            let name = province.requiredString("name")
            guard let code, let name else { return nil }
            return (code, name)
        }
        let store = section(reader, "store") { store -> StoreSettings? in
            let path = store.requiredString("path").map(resolved)
            let keepRaw = store.duration("keep_raw") ?? .seconds(730 * 86_400)
            let tenYears = Duration.seconds(3653 * 86_400)
            let keepFigures = store.duration("keep_figures") ?? tenYears
            let keepHistory = store.duration("keep_history") ?? tenYears
            let keepTransitions = store.duration("keep_transitions") ?? tenYears
            let keepAnswers = store.duration("keep_answers") ?? tenYears
            let packAfter = store.integer("pack_after", in: 1...3660) ?? 10
            let maximum = store.byteCount("maximum")
            return path.map {
                StoreSettings(
                    path: $0, keepRaw: keepRaw, keepFigures: keepFigures, keepHistory: keepHistory, keepTransitions: keepTransitions,
                    keepAnswers: keepAnswers, packAfterDays: packAfter, maximumBytes: maximum)
            }
        }
        let listen = listen(reader)
        let mail = reader.reader("mail").flatMap { mail in
            defer { mail.finish() }
            return self.mail(mail)
        }
        let limits = limits(reader.reader("limits"))
        let backup = reader.reader("backup").flatMap { backup in
            defer { backup.finish() }
            return self.backup(backup)
        }
        let remoteWrite = remoteWrite(reader)
        let waysOut = waysOut(reader)
        let urging = urging(reader.reader("urging"))
        let push = reader.reader("push").flatMap { push in
            defer { push.finish() }
            return self.push(push)
        }
        guard let province, let store, let listen else { return nil }
        return ProvinceSettings(
            language: language, province: province.0, provinceName: province.1, store: store, listen: listen, mail: mail, limits: limits,
            judge: judge ?? .everyQuarterHour, backup: backup, closedAfter: closedAfter,
            remoteWrite: remoteWrite, waysOut: waysOut, urging: urging, push: push)
    }

    /// `listen.control` alone, whatever the rest of the file is like.
    func controlSocket() -> String? {
        files.reader("dondoc.yaml").flatMap(listen)?.control
    }

    private func listen(_ reader: SettingsReader) -> ListenSettings? {
        section(reader, "listen") { listen in
            let metrics = listen.value("metrics", expected: "an address and a port such as 127.0.0.1:9460") { ListenAddress($0) }
            return listen.requiredString("control").map { ListenSettings(control: resolved($0), metrics: metrics) }
        }
    }

    private func backup(_ reader: SettingsReader) -> BackupSettings? {
        let directory = reader.requiredString("directory").map(resolved)
        let schedule = reader.requiredValue("schedule", expected: "five cron fields such as \"30 1 * * *\"") { CronExpression($0) }
        let recipient = reader.value("age_recipient", expected: "an age recipient that begins with age1") { $0.hasPrefix("age1") ? $0 : nil }
        let keep = reader.reader("keep")
        defer { keep?.finish() }
        let rotation = BackupRotation(
            daily: keep?.integer("daily", in: 1...3660) ?? 7, weekly: keep?.integer("weekly", in: 0...520) ?? 4,
            monthly: keep?.integer("monthly", in: 0...120) ?? 12)
        guard let directory, let schedule else { return nil }
        return BackupSettings(directory: directory, schedule: schedule, rotation: rotation, ageRecipient: recipient)
    }

    func section<T>(_ reader: SettingsReader, _ key: String, _ read: (SettingsReader) -> T?) -> T? {
        guard let inner = reader.reader(key) else {
            if !reader.has(key) { reader.problem(nil, "'\(key)' is missing") }
            return nil
        }
        defer { inner.finish() }
        return read(inner)
    }

    private func limits(_ reader: SettingsReader?) -> LimitSettings {
        defer { reader?.finish() }
        return LimitSettings(
            concurrentFetches: reader?.integer("fetches", in: 1...256) ?? 8,
            concurrentFetchesPerHost: reader?.integer("fetches_per_host", in: 1...64) ?? 2,
            answerBytes: reader?.byteCount("answer") ?? 32_000_000, shutdown: reader?.duration("shutdown") ?? .seconds(20))
    }

    /// Paths are relative to the configuration directory.
    func resolved(_ path: String) -> String { SettingsFiles.path(path, in: files.directory) }

}

extension CronExpression {
    /// The schedule where none is given; the text is one that `CronExpression` accepts, which a test holds.
    static let everyQuarterHour: CronExpression = {
        guard let expression = CronExpression("*/15 * * * *") else { preconditionFailure("the default schedule is not a cron expression") }
        return expression
    }()
}

extension ProvinceSettings {
    /// Stands in for a dondoc.yaml with problems, so that the other files are checked in the same run; it is never used for anything else.
    static func unreadable(in directory: String) -> ProvinceSettings {
        guard let code = AgencyCode("A00") else { preconditionFailure("the code that stands in for a missing one has the wrong form") }
        return ProvinceSettings(
            language: .vietnamese, province: code, provinceName: "",
            store: StoreSettings(
                path: directory, keepRaw: .seconds(1), keepFigures: .seconds(1), keepHistory: .seconds(1), keepTransitions: .seconds(1),
                keepAnswers: .seconds(1), packAfterDays: 10, maximumBytes: nil),
            listen: ListenSettings(control: directory), mail: nil,
            limits: LimitSettings(concurrentFetches: 1, concurrentFetchesPerHost: 1, answerBytes: .max, shutdown: .seconds(1)),
            judge: .everyQuarterHour)
    }
}
