import Model

/// One sample as a receiver of remote write 1.0 reads it.
public struct ReceivedSample: Hashable, Sendable {
    public let labels: [String: String]
    public let value: Double
    /// Milliseconds since 1970.
    public let milliseconds: Int64

    /// The day in Viet Nam.
    public var day: Day { Instant(milliseconds: milliseconds).day }

    /// `dondoc_measure{agency=H52.01,interval=month} 40.0 on 2026-07-31`, with the labels but for `omitted` in order.
    public func line(without omitted: Set<String> = []) -> String {
        let names = labels.keys.filter { $0 != "__name__" && !omitted.contains($0) }.sorted()
        return "\(labels["__name__"] ?? ""){\(names.map { "\($0)=\(labels[$0] ?? "")" }.joined(separator: ","))} \(value) on \(day)"
    }

    /// Reads a request's body: Snappy around `prometheus.WriteRequest`, by the protobuf wire format alone.
    public static func all(in body: [UInt8]) throws -> [ReceivedSample] {
        var samples: [ReceivedSample] = []
        for series in try fields(SnappyReader.decompressed(body)) where series.number == 1 {
            var labels: [String: String] = [:]
            var points: [(Double, Int64)] = []
            for field in try fields(series.bytes) {
                let inner = try fields(field.bytes)
                if field.number == 1 {
                    labels[String(decoding: inner.first { $0.number == 1 }?.bytes ?? [], as: UTF8.self)] =
                        String(decoding: inner.first { $0.number == 2 }?.bytes ?? [], as: UTF8.self)
                } else {
                    let bits = (inner.first { $0.number == 1 }?.bytes ?? []).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                    points.append((Double(bitPattern: bits), Int64(bitPattern: inner.first { $0.number == 2 }?.integer ?? 0)))
                }
            }
            samples += points.map { ReceivedSample(labels: labels, value: $0.0, milliseconds: $0.1) }
        }
        return samples
    }

    private static func fields(_ message: [UInt8]) throws -> [(number: UInt64, integer: UInt64, bytes: [UInt8])] {
        var reader = ByteReader(message)
        var fields: [(UInt64, UInt64, [UInt8])] = []
        while !reader.isAtEnd {
            let key = try reader.varint()
            switch key & 7 {
            case 0: fields.append((key >> 3, try reader.varint(), []))
            case 1: fields.append((key >> 3, 0, try reader.bytes(8)))
            case 2: fields.append((key >> 3, 0, try reader.bytes(Int(try reader.varint()))))
            default: throw SnappyReader.Malformed()
            }
        }
        return fields
    }
}
