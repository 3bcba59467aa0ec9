@testable import Daemon
import Assembly
import Logging
import Model
import Receiver
import Store
import Synchronization
import TestSupport

/// A push desk on the configuration of a directory, with a store and a clock of its own, and nothing around it.
final class DeskUnderTest: Sendable {
    let clock: ManualClock
    let store: Store
    let office: PushOffice
    let desk: PushDesk
    private let heard = Heard()

    private final class Heard: Sendable {
        private let deliveries = Mutex<[DeliveryID]>([])
        var all: [DeliveryID] { deliveries.withLock { $0 } }
        func note(_ delivery: DeliveryID) { deliveries.withLock { $0.append(delivery) } }
    }

    init(_ directory: String, at start: Instant = instant("2026-09-10T08:00"), maximumBytes: Int? = nil) throws {
        let configuration = try Configuration.load(directory).get()
        clock = ManualClock(start)
        store = try Store(path: configuration.core.province.store.path, mode: .readWrite, maximumBytes: maximumBytes)
        office = try PushOffice(store: store, width: 2) { [heard] in heard.note($0) }
        let time = TimeSource(now: { [clock] in clock.now }, sleep: { [clock] in try await clock.sleep(until: $0) })
        desk = PushDesk(
            live: LiveConfiguration(configuration, loadedAt: start), office: office, time: time,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ) { [store, clock, office] known throws(StoreError) in
            var facts = DaemonFacts(startedAt: start, loadedAt: start)
            facts.pushes = office.tally.current
            return try Desk(configuration: configuration, store: store, language: .english, now: clock.now)
                .metrics(.prometheus, daemon: facts, known: known)
        }
    }

    /// The deliveries before those that changed figures, a commit each.
    var changes: [DeliveryID] { heard.all }

    static let everybody = PushScope(agencies: [code("H52")], includesBelow: true)
    static let sender = PushSender(name: "one", scope: everybody)

    /// Days of one measure of one agency.
    static func observations(_ values: [(day: Day, value: Int64?)], agency: String = "H52.01", measure: String = "dossiers.received")
        -> PushedObservations
    {
        var pushed = PushedObservations()
        pushed.agencies = [agency]
        pushed.measures = [measure]
        pushed.items = values.enumerated().map { index, value in
            .init(
                agency: 0, measure: 0, range: DayRange(value.day), value: value.value.flatMap { ExactDecimal(units: $0, scale: 0) }, index: index)
        }
        return pushed
    }

    static func push(
        _ observations: PushedObservations, body text: String = "body", from sender: PushSender = sender, isAtomic: Bool = false,
        key: String? = nil
    ) -> Push {
        Push(
            sender: sender, bytes: Array(text.utf8), mediaType: "application/json", observations: observations, isAtomic: isAtomic,
            idempotencyKey: key)
    }
}
