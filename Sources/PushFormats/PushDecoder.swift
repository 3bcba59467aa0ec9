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
        default: throw .malformed(place: "byte 0", problem: "\(format.rawValue) is not read yet")
        }
    }
}
