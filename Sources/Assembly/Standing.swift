import Model

/// Alerts as they stand, in the order of their keys. They change by the thousand in a replay and are read in order every day, so the order is kept
/// and not made anew: sorting them each morning was three fifths of a replay.
struct Standing {
    private(set) var ordered: [Alert]
    private var places: [AlertKey: Int] = [:]

    init(_ alerts: [Alert]) {
        ordered = alerts
        arrange()
    }

    subscript(key: AlertKey) -> Alert? { places[key].map { ordered[$0] } }

    var byKey: [AlertKey: Alert] { places.mapValues { ordered[$0] } }

    /// Brings alerts to the state after their transitions; the last one of an alert counts.
    mutating func apply(_ transitions: [Transition]) {
        let known = ordered.count
        for transition in transitions {
            if let place = places[transition.key] {
                ordered[place] = transition.alert
            } else {
                places[transition.key] = ordered.count
                ordered.append(transition.alert)
            }
        }
        if ordered.count > known { arrange() }
    }

    private mutating func arrange() {
        ordered.sort { $0.key < $1.key }
        places = Dictionary(ordered.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
