import Control
import Model
import Reports
import Store

extension Desk {
    /// Alerts that are open, or those asked for; the worst first.
    func alertsList(state: AlertState?, agency: AgencyCode?, all: Bool) throws(Failure) -> Document {
        let alerts = try reading { () throws(StoreError) in try store.alerts() }.filter { alert in
            (state.map { alert.state == $0 } ?? (all || alert.state != .resolved)) && (agency.map { alert.key.agency == $0 } ?? true)
        }
        let ordered = alerts.sorted { left, right in
            left.severity != right.severity ? left.severity > right.severity : (left.since, left.key) < (right.since, right.key)
        }
        return Document([.sheet(AlertsReport.sheet(ordered, register: core.register, language: language))])
    }

    func alertsShow(_ key: AlertKey) throws(Failure) -> Document {
        let alert = try self.alert(key)
        return AlertsReport.document(alert, transitions: try transitions(of: key), register: core.register, language: language)
    }

    /// Walks from the figure that was judged to the cells, deliveries and hashes it rests on, as they were known when it was judged.
    func alertsExplain(_ key: AlertKey) throws(Failure) -> Document {
        let alert = try self.alert(key)
        let transitions = try self.transitions(of: key)
        let indicator = core.indicators.first { $0.id == key.subject }
        var parts: [AlertExplanation.Part] = []
        var deliveries: [DeliveryRecord] = []
        var current: Reading?
        if let indicator, let judged = alert.reason.judged?.reading {
            let provenance = try reading { () throws(StoreError) in
                try Provenance(of: judged, indicator: indicator, core: core, store: store, asOf: alert.since)
            }
            parts = provenance.parts
            deliveries = provenance.deliveries
            current = try readingRoom(for: [(indicator, judged.period)], asOf: nil).reading(of: indicator, agency: judged.agency, over: judged.period)
        } else if key.agency == nil {
            deliveries = try reading { () throws(StoreError) in try store.deliveries(source: key.subject, limit: 5) }
        }
        let explanation = AlertExplanation(
            alert: alert, indicator: indicator, parts: parts, deliveries: deliveries, current: current, transitions: transitions)
        return ExplanationReport.document(explanation, register: core.register, language: language)
    }

    private func alert(_ key: AlertKey) throws(Failure) -> Alert {
        let alerts = try reading { () throws(StoreError) in try store.alerts() }
        guard let alert = alerts.first(where: { $0.key == key }) else {
            throw unknown(LocalizedText(vietnamese: "cảnh báo", english: "alert"), key.description, among: alerts.map(\.key.description))
        }
        return alert
    }

    private func transitions(of key: AlertKey) throws(Failure) -> [TransitionEntry] {
        try reading { () throws(StoreError) in try store.transitions(of: key) }.map {
            TransitionEntry(transition: $0.transition, letter: $0.letter)
        }
    }
}
