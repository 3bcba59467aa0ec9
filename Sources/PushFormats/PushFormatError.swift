/// Why a body as a whole cannot be read; one bad observation of a good body is a `PushRefusal` instead.
public enum PushFormatError: Error, Hashable, Sendable {
    /// The body is not what its type says; nothing of it can be told for certain. The place is `byte 17`, `line 1` or the like.
    case malformed(place: String, problem: String)
    /// The packed body is damaged, cut off, or followed by something else.
    case damagedPacking(ContentCoding, problem: String)
    /// Unpacking stopped because the body grows beyond this many bytes.
    case tooLargeUnpacked(most: Int)
    /// The body holds more observations than one push may.
    case tooManyObservations(most: Int)
}

extension PushFormatError: CustomStringConvertible {
    /// One sentence that says where, what was found, and what to do.
    public var description: String {
        switch self {
        case .malformed(let place, let problem): "\(place): \(problem)"
        case .damagedPacking(let coding, let problem): "the \(coding.rawValue) body cannot be unpacked: \(problem)"
        case .tooLargeUnpacked(let most): "the unpacked body is larger than \(most) bytes; send fewer observations at a time"
        case .tooManyObservations(let most): "the body holds more than \(most) observations; send them in several requests"
        }
    }
}
