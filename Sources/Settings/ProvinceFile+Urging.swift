import Model

extension ProvinceFile {
    /// When and how much agencies are told; everything has a default.
    func urging(_ reader: SettingsReader?) -> UrgingSettings {
        var settings = UrgingSettings()
        guard let reader else { return settings }
        defer { reader.finish() }
        settings.hours = reader.value("hours", expected: "a time of day such as 07:30-17:00", ProvinceFile.hours)
        settings.onlyWorkingDays = reader.bool("only_working_days") ?? false
        settings.gathered = reader.value("gathered", expected: "five cron fields such as \"0 8 * * 1\"") { CronExpression($0) }
        settings.ceiling = reader.integer("ceiling", in: 1...100_000)
        settings.firstCeiling = reader.integer("first_ceiling", in: 0...100_000) ?? settings.firstCeiling
        settings.perAgencyAndDay = reader.integer("per_agency_and_day", in: 1...1000)
        settings.perHour = reader.integer("per_hour", in: 1...1_000_000)
        settings.reopensWithin = reader.duration("reopens_within") ?? settings.reopensWithin
        settings.flapping = reader.integer("flapping", in: 2...1000) ?? settings.flapping
        settings.calm = reader.duration("calm") ?? settings.calm
        if let steps = reader.readers("steps") { settings.steps = self.steps(steps, reader) ?? settings.steps }
        return settings
    }

    /// The first step is the first letter, and each later one comes on a later day.
    private func steps(_ readers: [SettingsReader], _ outer: SettingsReader) -> [EscalationStep]? {
        var steps: [EscalationStep] = []
        for reader in readers {
            defer { reader.finish() }
            guard let after = reader.integer("after", in: 0...250), let audience = reader.choice("to", EscalationStep.Audience.self) else {
                for key in ["after", "to"] where !reader.has(key) {
                    reader.problem(nil, "missing '\(key)' of a step: after how many working days, and to whom")
                }
                continue
            }
            if let last = steps.last, after <= last.after {
                reader.problem("after", "'after' is \(after), not more than the \(last.after) of the step before; steps come on different days")
            }
            if steps.isEmpty, after != 0 { reader.problem("after", "the first step is the first letter: its 'after' must be 0") }
            steps.append(EscalationStep(after: after, audience: audience))
        }
        if readers.isEmpty { outer.problem("steps", "'steps' is empty; leave it out for the usual ones") }
        return steps.isEmpty ? nil : steps
    }

    /// `07:30-17:00` as minutes after midnight; nil when it is no such span.
    private static func hours(_ text: String) -> Range<Int>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part -> Int? in
            let numbers = part.split(separator: ":", omittingEmptySubsequences: false)
            guard numbers.count == 2, numbers[0].utf8.count == 2, numbers[1].utf8.count == 2, let hour = Int(numbers[0]),
                let minute = Int(numbers[1]),
                (0...24).contains(hour), (0...59).contains(minute)
            else { return nil }
            return hour * 60 + minute
        }
        guard parts.count == 2, let first = parts[0], let last = parts[1], first < last, last <= 1440 else { return nil }
        return first..<last
    }
}
