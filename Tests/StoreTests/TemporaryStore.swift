import Foundation
import Glibc
import Model

@testable import Store

/// A directory for one test's database. All of them go when the tests end, and not earlier: a value that removed its directory when it is last
/// mentioned would take it from under a store that is still open.
struct TemporaryStore {
    private static let root: URL = {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("dondoc-store-tests-\(getpid())")
        // Litter in the temporary directory fails no test.
        atexit { try? FileManager.default.removeItem(at: TemporaryStore.root) }
        return root
    }()

    let directory: URL
    var path: String { directory.appendingPathComponent("dondoc.db").path }

    init() throws {
        directory = TemporaryStore.root.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func open(_ mode: Store.Mode = .readWrite, maximumBytes: Int? = nil) throws(StoreError) -> Store {
        try Store(path: path, mode: mode, maximumBytes: maximumBytes)
    }
}

/// Numbers that look random and are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &+ 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Short ways to write down what a test is about.
enum Sample {
    static let firstDay = Day(number: 20_454)

    static func agency(_ number: Int) throws -> AgencyCode { try required(AgencyCode("H52.\((number + 10).padded(to: 2))")) }
    static func measure(_ name: String) throws -> MeasureID { try required(MeasureID(name)) }
    static func noon(_ day: Int = 0) -> Instant { Instant(firstDay + day, hour: 12, minute: 0) }

    static func observation(_ agency: Int, _ measure: String, day: Int, span: Int = 1, _ value: Int64?) throws -> Observation {
        let range = DayRange(start: firstDay + day, span: span)
        return Observation(cell: CellKey(agency: try Sample.agency(agency), measure: try Sample.measure(measure), range: range), value: value)
    }

    static func delivery(_ text: String = "body", source: String = "one-stop", at: Instant = noon()) -> Delivery {
        Delivery(source: source, receivedAt: at, bytes: Array(text.utf8), mediaType: "text/csv", asked: DayRange(firstDay))
    }

    static func letter(_ id: String = "<1@dondoc.test>") throws -> Letter {
        Letter(
            messageID: id, agency: try agency(7), sender: "dondoc@sonla.test", recipients: ["a@sonla.test", "b@sonla.test"],
            subject: "Đôn đốc giải quyết hồ sơ", bytes: Array("Subject: Đôn đốc\r\n\r\nKính gửi …\r\n".utf8))
    }

    static func key(_ agency: Int? = 7) throws -> AlertKey {
        AlertKey(rule: "on-time", subject: "dossier.late", agency: try agency.map { try Sample.agency($0) })
    }

    static func transition(_ key: AlertKey, _ from: AlertState?, _ to: AlertState, at: Instant = noon()) throws -> Transition {
        let reason = Reason.stale(
            .init(last: nil, today: at.day, limit: 30, countsWorkingDays: false, age: nil, legalBasis: "Công văn 11, mục 3"))
        return Transition(
            key: key, from: from, to: to, severity: .critical, at: at, period: try required(Period("2026-08", scheme: .admin15)), reason: reason)
    }

    struct Missing: Error {}

    static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }
}
