import Model
import PushFormats
import Settings

/// How a body is to be read.
public struct PushOrder: Sendable {
    public let format: PushFormat
    /// Of HTTP; remote write's own packing is part of its format.
    public let coding: ContentCoding
    public let sender: PushSender
    public let limits: PushLimits
    /// What the query's `precision` says; nil when it says nothing.
    public let precision: String?
    public let receivedAt: Instant
    /// How series of other protocols are told apart.
    public let mapping: PushMapping
}

/// Reads bodies on threads of its own; a closure, so that tests of the exchange need no real body.
public struct BodyReader: Sendable {
    public let read: @Sendable (_ body: [UInt8], _ order: PushOrder) throws(PushProblem) -> PushedObservations

    public init(read: @escaping @Sendable (_ body: [UInt8], _ order: PushOrder) throws(PushProblem) -> PushedObservations) {
        self.read = read
    }
}
