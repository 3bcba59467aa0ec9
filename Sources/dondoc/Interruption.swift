import Glibc
import Synchronization

/// Set by the signal's handler, which may do nothing else; read when the work in hand is done.
private let isAsked = Atomic<Bool>(false)

/// Ctrl-C while something is under way that should come to its end.
enum Interruption {
    /// Whether somebody pressed Ctrl-C during `postponed`.
    static var wasAsked: Bool { isAsked.load(ordering: .relaxed) }

    /// Runs a body during which the first Ctrl-C is only noted; the second ends the program, as ever.
    static func postponed<Answer, Failure: Error>(_ body: () throws(Failure) -> Answer) throws(Failure) -> Answer {
        let former = signal(SIGINT) { _ in
            isAsked.store(true, ordering: .relaxed)
            signal(SIGINT, SIG_DFL)
        }
        defer { signal(SIGINT, former) }
        return try body()
    }
}
