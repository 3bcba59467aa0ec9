/// What is wrong with a body at its place; `BodyFault+Text.swift` puts it into words, last of all, in the language of the sender.
public enum BodyFault: Hashable, Sendable {
    /// The JSON text stops too early.
    case ends(Wanted)
    /// Something else stands there.
    case instead(found: String, Wanted)
    /// Another name than the one that the shape has.
    case otherName(String, shape: String)
    case emptyTable(header: String)
    /// The fields of a table are not separated by commas but by this.
    case separator(Character)
    case unknownColumn(String, nearest: String?)
    case columnTwice(String)
    case missingColumn(String, header: String)
    case missingHeader(found: String, header: String)
    case openQuote
    case textAfterQuote
    case notUTF8(Part)
    case snappy(SnappyFault)
    case protobuf(ProtobufFault)

    /// Of what it is told that it is not UTF-8.
    public enum Part: Hashable, Sendable, CaseIterable {
        case body, label, attribute, metricName
    }
}

/// What is wrong with a block of Snappy.
public enum SnappyFault: Hashable, Sendable {
    case noLength
    case cutOff
    case holdsMore
    case copyBeforeBeginning
    case ends(after: Int, of: Int)
}

/// What is wrong with a message of protobuf.
public enum ProtobufFault: Hashable, Sendable {
    case fieldNumber(UInt64)
    case fieldTooLong
    case wireType(UInt64)
    case cutOff
    case longNumber
}

/// What is wrong with a packed body.
public enum PackingFault: Hashable, Sendable {
    case damaged(near: Int)
    case endsEarly(after: Int)
    case empty
    /// The library that unpacks does not start.
    case unavailable
}
