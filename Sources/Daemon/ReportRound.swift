import Assembly
import Model
import Notify
import Reports
import Settings
import Store

/// Writes the reports that are due: digests, summaries, what was not taken of deliveries, and whom letters did not reach.
///
/// Each has a mark of when it was last written, stored with its letter. What has no mark yet is counted from now on, so that an installation
/// does not begin with a report on nothing.
struct ReportRound {
    let configuration: Configuration
    let store: Store
    let writer: LetterWriter
    let now: Instant

    private static let mostFindings = 10_000
    /// How far back letters are looked at that reached nobody: what is older has been told, or is nobody's news any more.
    private static let undeliveredFor: Duration = .seconds(-30 * 86_400)

    init(configuration: Configuration, store: Store, writer: LetterWriter, at now: Instant) {
        self.configuration = configuration
        self.store = store
        self.writer = writer
        self.now = now
    }

    /// When the next report is due; nil when none is wanted. One that has never been written begins with a mark, which is due now.
    static func nextDue(_ mail: MailSettings, _ written: [String: Instant], at now: Instant) -> Instant? {
        schedules(mail).compactMap { kind, schedule in
            written[kind.rawValue].map { schedule.next(after: $0) } ?? now
        }.min()
    }

    /// Adds the letters and marks to a judgement, whose own letters were written already. `before` are the alerts as they stood.
    func add(to judgement: inout Judgement, before: [Alert]) throws(StoreError) {
        guard let mail = configuration.core.province.mail else { return }
        let written = try store.writtenReports()
        for (kind, schedule) in ReportRound.schedules(mail) {
            guard let last = written[kind.rawValue] else {
                judgement.writtenReports.insert(kind.rawValue)
                continue
            }
            guard let due = schedule.next(after: last), due <= now else { continue }
            let standing = try standing(since: last, judgement, before: before, for: kind)
            let recipients = kind == .summary ? mail.summary?.recipients ?? [] : mail.operators
            write(kind.rawValue, into: &judgement) { () throws(NotifyError) in try writer.report(kind, standing, to: recipients, at: now) }
        }
        for source in configuration.sources where !source.settings.contacts.isEmpty {
            let name = "rejection/\(source.settings.id)"
            guard written[name].map({ $0.day < now.day }) ?? true else { continue }
            guard let rejection = try rejection(of: source.settings, since: written[name] ?? now + .seconds(-7 * 86_400)) else { continue }
            write(name, into: &judgement) { () throws(NotifyError) in
                try writer.rejection(rejection, to: source.settings.contacts, at: now)
            }
        }
        try addUndelivered(mail, written, to: &judgement)
    }

    /// Tells the operators which addresses letters did not reach, once a day at most, and of an address again only when a letter written since then
    /// did not reach it either. Their own addresses are left out: a letter about that would not reach them, and so on without an end.
    private func addUndelivered(_ mail: MailSettings, _ written: [String: Instant], to judgement: inout Judgement) throws(StoreError) {
        let name = LetterKind.undelivered.rawValue
        guard writer.canWrite(.undelivered), written[name].map({ $0.day < now.day }) ?? true else { return }
        func mark(_ found: UndeliveredMail) -> String { "\(name)/\(found.address.lowercased())" }
        let own = Set(mail.operators.map { $0.lowercased() })
        let found = try store.undeliveredMail(since: now + ReportRound.undeliveredFor).filter { found in
            !own.contains(found.address.lowercased()) && written[mark(found)].map { $0 < found.writtenAt } ?? true
        }
        guard !found.isEmpty else { return }
        write(name, into: &judgement) { () throws(NotifyError) in try writer.undelivered(found, to: mail.operators, at: now) }
        guard judgement.writtenReports.contains(name) else { return }
        judgement.writtenReports.formUnion(found.map(mark))
    }

    private func write(_ name: String, into judgement: inout Judgement, _ make: () throws(NotifyError) -> Letter) {
        do throws(NotifyError) {
            if judgement.add(try make(), of: [], signer: configuration.letterSigner) { judgement.writtenReports.insert(name) }
        } catch {
            judgement.findings.append(Finding(.noContact, found: error.description))
        }
    }

    private static func schedules(_ mail: MailSettings) -> [(LetterKind, CronExpression)] {
        [(.digest, mail.digest), (.summary, mail.summary?.schedule)].compactMap { kind, schedule in schedule.map { (kind, $0) } }
    }

    /// How everything stands after this judgement; in the summary, as far as agencies are concerned.
    private func standing(since: Instant, _ judgement: Judgement, before: [Alert], for kind: LetterKind) throws(StoreError) -> Standing {
        let isForChairman = kind == .summary
        var alerts = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
        for transition in judgement.transitions { alerts[transition.key] = transition.alert }
        var urged = try store.urged()
        for (key, change) in judgement.urged { urged[key] = change }
        var standing = Standing(since: since, alerts: alerts.values.filter { $0.state.isOpen && $0.state != .pending && $0.state != .suppressed })
        let earlier = try store.transitions(since: since, limit: ReportRound.mostFindings).map(\.transition)
        for transition in earlier + judgement.transitions {
            if transition.begins { standing.begun.append(transition.key) }
            if transition.to == .resolved { standing.ended.append(transition.key) }
        }
        standing.urged = urged
        standing.told = try told(of: standing.alerts, urged)
        let answers = try store.remediations()
        standing.promises = StandingAnswers(answers, since: try store.lastEnds()).promises
        standing.answers = answers.count { $0.at >= since }
        let letters = try store.letterCounts(since: since, toAgenciesOnly: isForChairman)
        standing.lettersSent = letters.sent
        standing.lettersWaiting = letters.waiting + judgement.letters.count { !isForChairman || $0.letter.agency != nil }
        standing.failedLetters = try store.outbox(state: .failed).filter { item in
            item.createdAt >= since && item.way == OutboxItem.mail && (!isForChairman || item.letter.agency != nil)
        }.map { Standing.FailedLetter(id: $0.id, subject: $0.letter.subject, error: $0.lastError) }
        standing.doubts = try doubts(since: since)
        standing.summaryStep = configuration.core.province.urging.steps.firstIndex { $0.audience == .summary }
        return isForChairman ? standing.ofAgencies : standing
    }

    /// The letters on each alert that the agency has got, or the operators of what concerns them alone.
    private func told(of alerts: [Alert], _ urged: [AlertKey: Urged]) throws(StoreError) -> [AlertKey: Standing.Told] {
        let episodes = Dictionary(
            alerts.compactMap { alert in urged[alert.key].map { (alert.key, $0.toldAt) } }, uniquingKeysWith: { first, _ in first })
        var told: [AlertKey: Standing.Told] = [:]
        for (key, letters) in try store.earlierLetters(on: episodes) {
            let heard = letters.filter { ($0.agency == nil) == (key.agency == nil) }
            guard let first = heard.first else { continue }
            // An agency that is gone has successors, who get a letter each.
            told[key] = Standing.Told(first: first.writtenAt, letters: Dictionary(grouping: heard, by: \.agency).values.map(\.count).max() ?? 0)
        }
        return told
    }

    private func doubts(since: Instant) throws(StoreError) -> [Standing.Doubt] {
        let language = configuration.core.province.language
        let found = Dictionary(grouping: try store.findings(since: since, limit: ReportRound.mostFindings), by: \.finding.kind)
        return found.sorted { ($1.value.count, $0.key.rawValue) < ($0.value.count, $1.key.rawValue) }
            .map { Standing.Doubt(title: $0.key.title(language), count: $0.value.count) }
    }

    /// What of a source's deliveries was refused for the first time since an instant; nil when there is nothing of the kind.
    private func rejection(of source: SourceSettings, since: Instant) throws(StoreError) -> Rejection? {
        let refusals = Set(Finding.Kind.allCases.filter { $0.isRefusal || $0 == .undecodableDelivery })
        let found = try store.findings(kinds: refusals, source: source.id, since: since, limit: ReportRound.mostFindings).filter {
            $0.firstSeen > since
        }
        var parts: [Rejection.Part] = []
        for (id, records) in Dictionary(grouping: found, by: \.delivery) {
            guard let id, let delivery = try store.delivery(id) else { continue }
            parts.append(part(delivery, records.sorted { $0.id < $1.id }.map(\.finding)))
        }
        return Rejection(source: source.title[configuration.core.province.language], parts: parts)
    }

    /// One delivery with what was found in it, in the language of letters.
    private func part(_ delivery: DeliveryRecord, _ findings: [Finding]) -> Rejection.Part {
        let language = configuration.core.province.language
        let days = delivery.asked ?? findings.compactMap(\.range).hull
        let items = findings.map { finding in
            let text = FindingText(finding, language)
            return Rejection.Item(
                what: finding.kind.title(language), place: text.place, days: finding.range == days ? nil : finding.range, found: text.found,
                expected: text.expected, nearest: text.nearest)
        }
        let outcome = delivery.outcome
        return Rejection.Part(
            delivery: delivery.id, receivedAt: delivery.receivedAt, sha256: delivery.sha256, days: days,
            stored: outcome.stored + outcome.unchanged + outcome.restated, refused: outcome.refused,
            isRefusedWhole: findings.contains { $0.kind == .undecodableDelivery }, items: items)
    }
}
