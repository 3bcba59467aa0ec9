import Control

/// What the command line ends with. Wrong command lines end with 64 before any of these (sysexits' EX_USAGE, by ArgumentParser).
enum ExitStatus: Int32, CaseIterable {
    case answered = 0
    /// The question was "is it good", and it is not.
    case answerIsNo = 1
    /// Nothing has the id that was asked for.
    case unknownID = 2
    /// The daemon cannot be reached.
    case unreachable = 3
    /// The request was refused, or it was tried and went wrong.
    case failed = 4

    init(_ failure: Failure) {
        switch failure.code {
        case .unknownID: self = .unknownID
        case .invalidRequest, .refused, .failed, .busy: self = .failed
        }
    }

    init(_ error: ControlError) { self = error.isUnreachable ? .unreachable : .failed }
}
