import Model
import Transport

/// A way to ask one outside system for counts, and to read what it answers. Asking does input and output; reading is a pure function.
public protocol Connector: Sendable {
    /// The ids of the measures it delivers.
    var measures: Set<String> { get }

    /// The only agency it delivers for; nil where what it answers says whose figures they are.
    var agency: AgencyCode? { get }

    /// The questions that cover the days from one through another, in order; each is asked on its own and becomes one delivery.
    func windows(from first: Day, through last: Day) -> [DayRange]

    /// Names a question together with how its answer is read, so that "not modified" is believed only while both stay as they are.
    func requestKey(_ window: DayRange) -> String

    /// Asks once. Repeating is the caller's business.
    func fetch(_ window: DayRange, using courier: Courier, known: KnownVersion?) async throws(ConnectorError) -> FetchResult

    /// Reads rows out of a delivery, whatever its bytes are; a row that names no agency or no day is refused alone.
    func decode(_ delivery: Delivery) throws(DecodeError) -> [Result<Row, UnreadableRow>]
}

/// The version of an answer that the caller has already, as the server named it.
public struct KnownVersion: Hashable, Sendable {
    public let entityTag: String?
    public let lastModified: String?

    public init(entityTag: String?, lastModified: String?) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }
}

/// What a source answered.
public enum FetchResult: Sendable {
    case answer(bytes: [UInt8], mediaType: String, version: KnownVersion)
    /// The known version still holds; there are no bytes.
    case unchanged
}
