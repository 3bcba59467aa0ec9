import Foundation
import Model
import Reports
import Settings

/// Writes what other systems are told of a change of an alert: one event for each way whose scope it lies in. docs/ways-out.md is the contract.
public struct EventWriter: Sendable {
    /// The version of the events' form; it grows when a field changes its meaning, not when one is added.
    public static let version = 1

    private let core: CoreSettings
    private let titles: [String: LocalizedText]
    private let ways: [WayOutSettings]

    public init(configuration: Configuration) {
        core = configuration.core
        titles = configuration.subjectTitles
        ways = core.province.waysOut.filter { $0.kind == .webhook }
    }

    /// The events of one judging, each with the place of its transition. An alert that moved more than once, because several periods were caught
    /// up with, is told of once: from how it stood before to how it stands now.
    ///
    /// - Parameter before: How the alerts stood: one that leaves a way's scope because it became milder is told that way once more.
    public func events(of transitions: [Transition], before: [Alert]) -> [(transition: Int, event: AlertEvent)] {
        guard !ways.isEmpty, !transitions.isEmpty else { return [] }
        let standing = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var last: [AlertKey: Int] = [:]
        for (place, transition) in transitions.enumerated() { last[transition.key] = place }
        return transitions.indices.filter { last[transitions[$0].key] == $0 }.flatMap { place in
            events(of: transitions[place], before: standing[transitions[place].key], number: "\(place)").map { (place, $0) }
        }
    }

    /// The events of what an operator did to an alert, which nothing but its state changed.
    public func events(ofOrder transition: Transition) -> [AlertEvent] {
        let before = transition.from.map {
            Alert(
                key: transition.key, state: $0, severity: transition.severity, since: transition.at, period: transition.period,
                reason: transition.reason)
        }
        return events(of: transition, before: before, number: "o")
    }

    private func events(of transition: Transition, before: Alert?, number: String) -> [AlertEvent] {
        guard EventWriter.isTold(from: before?.state, to: transition.to) else { return [] }
        let concerned = ways.filter { way in
            way.scope.contains(transition.key, transition.severity) || before.map { way.scope.contains($0.key, $0.severity) } ?? false
        }
        guard !concerned.isEmpty else { return [] }
        // The key's fingerprint, because a key may hold characters that a header would mind.
        let id = "\(core.province.province).\(transition.at.milliseconds).\(number).\(Fingerprint(of: "\(transition.key)").digits)"
        let body = body(of: transition, formerly: before?.state, id: id)
        let summary = "\(transition.to.title(core.province.language)): \(transition.key)"
        return concerned.map { AlertEvent(id: id, way: $0.id, key: transition.key, summary: summary, body: body) }
    }

    /// Suspicions that agencies are not told of, nobody is told of.
    private static func isTold(from: AlertState?, to: AlertState) -> Bool {
        switch to {
        case .pending: false
        case .resolved: from != nil && from != .pending && from != .resolved
        default: true
        }
    }

    private func body(of transition: Transition, formerly: AlertState?, id: String) -> [UInt8] {
        let language = core.province.language
        let agency = transition.key.agency.map { code in
            EventBody.Named(
                id: code.text, title: core.register.agency(code, on: transition.at.day)?.name ?? core.register.newest(code)?.name ?? code.text)
        }
        let judged = transition.reason.judged
        let period = transition.period.map { EventBody.Span(name: $0.description, scheme: $0.scheme.rawValue, title: $0.title(language)) }
        let alert = EventBody.Alert(
            key: transition.key.description, rule: transition.key.rule,
            subject: .init(id: transition.key.subject, title: titles[transition.key.subject]?[language] ?? transition.key.subject),
            agency: .init(agency), state: transition.to.rawValue, previousState: .init(formerly?.rawValue),
            severity: transition.severity.rawValue, period: .init(period), summary: transition.reason.sentence(language),
            value: .init(judged.flatMap { $0.reading.figure(in: $0.unit)?.description }), numerator: .init(judged?.reading.numerator),
            denominator: .init(judged?.reading.denominator), bound: .init(judged?.bound.description), unit: .init(judged?.unit.rawValue),
            legalBasis: .init(transition.reason.legalBasis),
            actor: .init(transition.actor.map { EventBody.Actor(name: $0.name, why: $0.why) }), ruleVersion: transition.ruleVersion)
        return EventBody(
            version: EventWriter.version, id: id, at: transition.at.description,
            province: .init(id: core.province.province.text, title: core.province.provinceName), alert: alert
        ).bytes
    }
}

/// The JSON of an event. Names and order are the contract; a field that says nothing is null, never left out.
private struct EventBody: Encodable {
    struct Named: Encodable {
        let id: String
        let title: String
    }

    struct Span: Encodable {
        let name: String
        let scheme: String
        let title: String
    }

    struct Actor: Encodable {
        let name: String
        let why: String
    }

    struct Alert: Encodable {
        let key: String
        let rule: String
        let subject: Named
        let agency: Nullable<Named>
        let state: String
        let previousState: Nullable<String>
        let severity: String
        let period: Nullable<Span>
        let summary: String
        let value: Nullable<String>
        let numerator: Nullable<Int64>
        let denominator: Nullable<Int64>
        let bound: Nullable<String>
        let unit: Nullable<String>
        let legalBasis: Nullable<String>
        let actor: Nullable<Actor>
        let ruleVersion: String
    }

    let version: Int
    let id: String
    let at: String
    let province: Named
    let alert: Alert

    var bytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        do { return Array(try encoder.encode(self)) } catch { preconditionFailure("texts and whole numbers can always be written as JSON: \(error)") }
    }
}

/// Writes nil as null.
private struct Nullable<Value: Encodable>: Encodable {
    private let value: Value?

    init(_ value: Value?) {
        self.value = value
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value { try container.encode(value) } else { try container.encodeNil() }
    }
}
