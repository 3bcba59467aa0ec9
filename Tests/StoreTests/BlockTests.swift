import Testing

@testable import Store

/// The bytes of a block: every set of cells comes back as it went in, and bytes that are none are refused, never trapped on.
@Suite struct BlockTests {
    private static let slotStart: Int64 = 20_454

    private func cells(_ random: inout SeededGenerator) -> [PackedCell] {
        let density = Int.random(in: 1...4, using: &random)
        let deliveries = Int.random(in: 1...6, using: &random)
        let perCell = Bool.random(using: &random)
        var cells: [PackedCell] = []
        for agency in Int64(256)..<256 + Int64.random(in: 1...60, using: &random) {
            let own = Int64.random(in: 1...1000, using: &random)
            for start in BlockTests.slotStart..<BlockTests.slotStart + 31 where Int.random(in: 0..<4, using: &random) < density {
                let value: Int64? =
                    switch Int.random(in: 0..<12, using: &random) {
                    case 0: nil
                    case 1: [Int64.max, .min, -1, 0].randomElement(using: &random)
                    case 2: start * 1000
                    default: Int64.random(in: 0...200, using: &random)
                    }
                let delivery = perCell ? own : Int64.random(in: 1...Int64(deliveries), using: &random) * 100_000
                cells.append(PackedCell(agency: agency, start: start, value: value, delivery: delivery))
            }
        }
        return cells
    }

    @Test(arguments: 0..<60) func cellsComeBackAsTheyWentIn(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let cells = cells(&random)

        let bytes = BlockWriter.pack(cells, slotStart: BlockTests.slotStart)

        #expect(try BlockReader(bytes, slotStart: BlockTests.slotStart).cells() == cells)
        #expect(BlockWriter.pack(cells, slotStart: BlockTests.slotStart) == bytes)
    }

    @Test func oneAgencyIsFoundAmongTheOthers() throws {
        var random = SeededGenerator(seed: 7)
        let cells = cells(&random)
        let bytes = BlockWriter.pack(cells, slotStart: BlockTests.slotStart)
        var found: [PackedCell] = []

        try BlockReader(bytes, slotStart: BlockTests.slotStart).forEach({ $0 == 260 }) { found.append($0) }

        #expect(!found.isEmpty)
        #expect(found == cells.filter { $0.agency == 260 })
    }

    @Test func aFullMonthOfSmallCountsFromOneDeliveryADayTakesAByteAFigure() throws {
        let cells = (Int64(0)..<256).flatMap { agency in
            (0..<30).map { PackedCell(agency: agency, start: BlockTests.slotStart + $0, value: (agency + $0) % 60, delivery: 900 + $0) }
        }

        let bytes = BlockWriter.pack(cells, slotStart: BlockTests.slotStart)

        #expect(bytes.count < cells.count * 112 / 100)
    }

    @Test(arguments: 0..<40) func bytesThatAreNoBlockAreRefused(seed: Int) throws {
        var random = SeededGenerator(seed: seed)
        let good = BlockWriter.pack(cells(&random), slotStart: BlockTests.slotStart)
        var outcomes = (refused: 0, read: 0)

        for _ in 0..<200 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) { bytes[place] = UInt8.random(in: 0...255, using: &random) } else { bytes.removeSubrange(place...) }
                if bytes.isEmpty { break }
            }
            do {
                _ = try BlockReader(bytes, slotStart: BlockTests.slotStart).cells()
                outcomes.read += 1
            } catch let refusal as Refusal {
                #expect(refusal.kind == .corrupt)
                outcomes.refused += 1
            }
        }

        #expect(outcomes.refused > 50)
        #expect(outcomes.refused + outcomes.read == 200)
    }
}
