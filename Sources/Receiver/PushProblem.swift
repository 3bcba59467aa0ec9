import Hummingbird
import HummingbirdTLS
import Model
import NIOSSL
import PushFormats
import X509

/// What went wrong with a request as a whole, as RFC 9457 problem details.
public struct PushProblem: Error, Sendable {
    public let status: Int
}
