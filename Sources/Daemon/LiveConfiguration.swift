import Assembly
import Model
import Synchronization

/// The configuration the daemon runs on, and how the last reload ended. Swapped whole; whoever works holds the one it began with.
final class LiveConfiguration: Sendable {
    struct State: Sendable {
        var configuration: Configuration
        /// When the running configuration was loaded.
        var loadedAt: Instant
        /// The last reload that failed, with all its problems; nil after a good one.
        var failed: (at: Instant, problems: [String])?
    }

    private let state: Mutex<State>

    init(_ configuration: Configuration, loadedAt: Instant) {
        state = Mutex(State(configuration: configuration, loadedAt: loadedAt, failed: nil))
    }

    var current: State { state.withLock { $0 } }

    /// Builds everything new from the same directory and swaps it in; on any problem the running set stays untouched.
    ///
    /// - Returns: the problems, empty after a good reload.
    func reload(at now: Instant) -> [String] {
        // The fallible work comes before any live state is touched.
        let loaded = Configuration.load(current.configuration.directory)
        return state.withLock { state in
            switch loaded {
            case .success(let configuration):
                state = State(configuration: configuration, loadedAt: now, failed: nil)
                return []
            case .failure(let failure):
                let problems = failure.problems.map(\.description)
                state.failed = (now, problems)
                return problems
            }
        }
    }
}
