import Model
import PushFormats

extension BodyReader {
    /// Unpacks and decodes what agencies and their collectors send.
    public static let standard = BodyReader { (body, order) throws(PushProblem) in
        let reading = try BodyReader.reading(order)
        do throws(PushFormatError) {
            let unpacked = try Unpacking.unpack(body, order.coding, upTo: order.limits.unpackedBody)
            return try PushDecoder.decode(unpacked, as: order.format, reading)
        } catch {
            throw PushProblem(error)
        }
    }

    private static func reading(_ order: PushOrder) throws(PushProblem) -> PushReading {
        var reading = PushReading(mostObservations: order.limits.observations, mostBytes: order.limits.unpackedBody, mapping: order.mapping)
        let scope = order.sender.scope
        // A series that names no agency is meant for the one that its sender speaks for.
        if scope.agencies.count == 1, !scope.includesBelow { reading.agencyWhenMissing = scope.agencies.first?.text }
        reading.receivedAt = order.receivedAt
        if let text = order.precision, order.format == .lineProtocol {
            guard let precision = PushReading.Precision(parameter: text) else {
                throw .badParameter(name: "precision", found: String(text.prefix(40)), expected: "ns, us, ms, s, m, h")
            }
            reading.precision = precision
        }
        return reading
    }
}

extension PushProblem {
    init(_ error: PushFormatError) {
        switch error {
        case .malformed, .damagedPacking: self = .malformedBody(LocalizedText { error.text($0) })
        case .tooLargeUnpacked(let most): self = .unpackedTooLarge(most: most)
        case .tooManyObservations(let most): self = .tooManyObservations(most: most)
        }
    }
}
