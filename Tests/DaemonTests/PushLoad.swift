@testable import Daemon
import Foundation
import Model
import Receiver
import Store
import TestSupport

/// Senders that push at a desk as fast as it answers, and say of each value that was acknowledged that it was.
///
/// Each value is unlike all others, and many go to the same cells: whether one is there exactly once is seen in the cell's history.
struct PushLoad: Sendable {
    /// A value that was acknowledged: `H52.01 2026-08-31 17 42`, the last being its delivery.
    struct Acknowledged: Hashable {
        let agency: AgencyCode
        let day: Day
        let value: Int64
        let delivery: DeliveryID

        init(agency: AgencyCode, day: Day, value: Int64, delivery: DeliveryID) {
            self.agency = agency
            self.day = day
            self.value = value
            self.delivery = delivery
        }

        init?(_ line: some StringProtocol) {
            let words = line.split(separator: " ")
            guard words.count == 4, let agency = AgencyCode(words[0]), let day = Day(words[1]), let value = Int64(words[2]),
                let delivery = DeliveryID(String(words[3]))
            else { return nil }
            self.init(agency: agency, day: day, value: value, delivery: delivery)
        }

        var line: String { "\(agency) \(day) \(value) \(delivery)\n" }
    }

    static let measure = TestSupport.measure("dossiers.received")
    private static let agencies = ["H52.01", "H52.02"]
    private static let lastDay = day("2026-08-31")

    let desk: PushDesk
    /// Makes bodies and values differ from those of other runs.
    let seed: Int
    /// Bytes of noise in each body.
    let padding: Int
    let acknowledged: @Sendable (String) -> Void

    /// Runs some senders; each ends after so many pushes.
    func run(senders: Int, pushes: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for sender in 0..<senders { group.addTask { try await run(sender, pushes) } }
            try await group.waitForAll()
        }
    }

    private func run(_ number: Int, _ pushes: Int) async throws {
        var random = SeededNumbers(seed: seed * 100 + number)
        let sender = PushSender(name: "s\(number)", scope: DeskUnderTest.everybody)
        for push in 0..<pushes {
            let agency = PushLoad.agencies[number % 2]
            let start = Int.random(in: 0..<40, using: &random)
            let first = Int64(((seed * 10 + number) * 100_000 + push) * 10)
            let values = (0..<Int.random(in: 1...8, using: &random)).map { offset in
                (day: PushLoad.lastDay - start - offset - 50 * (number / 2), value: Optional(first + Int64(offset)))
            }
            let noise = (0..<padding).map { _ in Character(UnicodeScalar(UInt8.random(in: 33...126, using: &random))) }
            let key = Bool.random(using: &random) ? "\(seed).\(push)" : nil
            let receipt = try await desk.receive(
                DeskUnderTest.push(
                    DeskUnderTest.observations(values, agency: agency), body: "\(seed) \(number) \(push) " + String(noise), from: sender, key: key))
            let lines = values.compactMap { value in
                value.value.map { Acknowledged(agency: code(agency), day: value.day, value: $0, delivery: receipt.delivery).line }
            }
            acknowledged(lines.joined())
        }
    }

    /// What is wrong with a store in which these values were acknowledged: each must be there exactly once, from its delivery.
    static func problems(_ store: Store, _ acknowledged: some Sequence<Acknowledged>) throws -> [String] {
        var problems = try store.verify().problems
        for (cell, values) in Dictionary(grouping: acknowledged, by: { CellKey(agency: $0.agency, measure: measure, range: DayRange($0.day)) }) {
            let history = try store.history(of: cell)
            for value in values {
                let found = history.filter { $0.value == value.value }.map(\.delivery)
                if found != [value.delivery] { problems.append("\(cell): \(value.value) of \(value.delivery) is there from \(found)") }
            }
        }
        return problems
    }
}
