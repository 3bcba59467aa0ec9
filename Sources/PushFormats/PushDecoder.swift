import Model

/// Reads the bodies of pushes. A body that is not what its type says is an error; an observation that cannot be read is a refusal of it alone.
public enum PushDecoder {
    /// What an unpacked body says. Remote write's own Snappy is undone here, up to `most` bytes.
    public static func decode(_ body: [UInt8], as format: PushFormat, _ reading: PushReading) throws(PushFormatError) -> PushedObservations {
        switch format {
        case .json:
            var reader = JSONObservations(try UTF8Check.text(body), most: reading.mostObservations)
            return try reader.document()
        case .ndjson:
            var reader = JSONObservations(try UTF8Check.text(body), most: reading.mostObservations)
            return try reader.lines()
        case .csv:
            var reader = CSVObservations(try UTF8Check.text(body), most: reading.mostObservations)
            return try reader.table()
        case .lineProtocol:
            var reader = LineProtocol(try UTF8Check.text(body), reading)
            return try reader.lines()
        case .remoteWrite:
            var reader = RemoteWriteRequest(try Snappy.decompressed(body, upTo: reading.mostBytes), reading)
            return try reader.request()
        case .otlpProtobuf:
            var reader = OTLPMetrics(body, reading)
            return try reader.request()
        case .otlpJSON:
            var reader = OTLPText(try UTF8Check.text(body), reading)
            return try reader.request()
        }
    }
}
