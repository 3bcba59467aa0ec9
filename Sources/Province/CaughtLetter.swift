/// A letter that the mail catcher took, as it came over the wire and with the dots unstuffed.
public struct CaughtLetter: Hashable, Sendable {
    public let sender: String
    public let recipients: [String]
    public let bytes: [UInt8]
}
