import Foundation
import Model
import Reports
import Settings
import Store

/// What an Alertmanager must hear, from how alerts stand and what it was told before.
///
/// It knows an alert by its labels and forgets one that nobody repeats, so nothing here depends on transitions: an Alertmanager that was down, or has
/// lost its memory, is right again after the next message.
public struct StandingAlerts: Sendable {
    /// How long it hears that an alert is over: it keeps alerts in memory alone, and may have been restarted in between.
    public static let farewell = Duration.seconds(15 * 60)

    /// What to store before the message, what to drop, and what the message says.
    public struct Plan: Sendable {
        public var changed: [StandingAlert] = []
        public var forgotten: [StandingAlert] = []
        public var told: [StandingAlert] = []
    }

    private let core: CoreSettings
    private let titles: [String: LocalizedText]
    private let way: WayOutSettings

    public init(configuration: Configuration, way: WayOutSettings) {
        core = configuration.core
        titles = configuration.subjectTitles
        self.way = way
    }

    /// Whether it has been over for so long that nobody hears of it any more.
    public static func isForgotten(_ alert: StandingAlert, at now: Instant) -> Bool { alert.endsAt.map { $0 + farewell < now } ?? false }

    /// Alerts that fire are told as firing; all that were told and do not fire any more, acknowledged, silenced and suppressed ones among them, as over.
    public func plan(alerts: [Alert], told: [StandingAlert], at now: Instant) -> Plan {
        var plan = Plan()
        var before = Dictionary(told.map { ($0.labels, $0) }, uniquingKeysWith: { first, _ in first })
        for alert in alerts where alert.state.isFiring && way.scope.contains(alert.key, alert.severity) {
            var standing = StandingAlert(labels: labels(of: alert), annotations: annotations(of: alert), startsAt: alert.since)
            if let known = before.removeValue(forKey: standing.labels) {
                if known.endsAt == nil { standing.startsAt = known.startsAt }
                if known != standing { plan.changed.append(standing) }
            } else {
                plan.changed.append(standing)
            }
            plan.told.append(standing)
        }
        for (_, known) in before.sorted(by: { $0.key < $1.key }) {
            var over = known
            if known.endsAt == nil {
                over.endsAt = max(now, known.startsAt)
                plan.changed.append(over)
            }
            if StandingAlerts.isForgotten(over, at: now) { plan.forgotten.append(over) } else { plan.told.append(over) }
        }
        return plan
    }

    /// The body of `POST /api/v2/alerts`. What fires is said to end a while after the next message is due: if dondoc falls silent, an Alertmanager
    /// lets its alerts go instead of keeping them for ever.
    public func body(_ alerts: [StandingAlert], at now: Instant) -> [UInt8] {
        let entries = alerts.map { alert in
            let ends = alert.endsAt ?? now + way.resend * 4
            return "{\"annotations\":\(alert.annotations),\"endsAt\":\"\(ends)\",\"labels\":\(alert.labels),\"startsAt\":\"\(alert.startsAt)\"}"
        }
        return Array("[\(entries.joined(separator: ","))]".utf8)
    }

    private func labels(of alert: Alert) -> String {
        var labels = Dictionary(way.labels.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        labels["alertname"] = alert.key.rule
        labels["rule"] = alert.key.rule
        labels["subject"] = alert.key.subject
        labels["agency"] = alert.key.agency?.text
        labels["severity"] = alert.severity.rawValue
        labels["province"] = core.province.province.text
        return StandingAlerts.json(labels)
    }

    private func annotations(of alert: Alert) -> String {
        let language = core.province.language
        let judged = alert.reason.judged
        var annotations = [
            "summary": alert.reason.sentence(language), "subject": titles[alert.key.subject]?[language] ?? alert.key.subject,
        ]
        annotations["agency"] = alert.key.agency.flatMap { core.register.newest($0)?.name }
        annotations["value"] = judged.flatMap { $0.reading.figure(in: $0.unit)?.description }
        annotations["bound"] = judged?.bound.description
        annotations["period"] = alert.period?.title(language)
        annotations["legal_basis"] = alert.reason.legalBasis
        return StandingAlerts.json(annotations)
    }

    private static func json(_ texts: [String: String]) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(texts), as: UTF8.self)
        } catch {
            preconditionFailure("texts can always be written as JSON: \(error)")
        }
    }
}
