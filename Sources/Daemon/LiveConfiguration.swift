import Assembly
import Model
import Settings
import Synchronization

/// The configuration the daemon runs on, and how the last reload ended. Swapped whole; whoever works holds the one it began with.
final class LiveConfiguration: Sendable {
    struct State: Sendable {
        var configuration: Configuration
        /// When the running configuration was loaded.
        var loadedAt: Instant
        /// The last reload that failed, with all its problems; nil after a good one.
        var failed: (at: Instant, problems: [String])?
        /// The keys whose new values wait for the next start; the daemon goes by those it was started with.
        var waitsForRestart: [String] = []
    }

    /// A part of the daemon that makes something of the configuration which may fail: files of keys that are read again, for instance.
    struct Follower: Sendable {
        /// Makes everything new without touching what runs; the closure it gives swaps it in and cannot fail.
        let prepare: @Sendable (Configuration) -> Result<@Sendable () -> Void, Problems>

        /// Wakes somebody who waits by the configuration that was.
        static func ringing(_ bell: Bell) -> Follower { Follower { _ in .success { bell.ring() } } }

        /// What is wrong, a line each.
        struct Problems: Error {
            let lines: [String]
        }
    }

    private let state: Mutex<State>
    private let followers: [Follower]
    private let started: ProvinceSettings

    init(_ configuration: Configuration, loadedAt: Instant, followers: [Follower] = []) {
        self.followers = followers
        started = configuration.core.province
        state = Mutex(State(configuration: configuration, loadedAt: loadedAt, failed: nil))
    }

    var current: State { state.withLock { $0 } }

    /// Builds everything new from the same directory and swaps it in; on any problem the running set stays untouched.
    ///
    /// - Returns: the problems, empty after a good reload.
    func reload(at now: Instant) -> [String] {
        // The fallible work comes before any live state is touched.
        let loaded = Configuration.load(current.configuration.directory)
        var swaps: [@Sendable () -> Void] = []
        if case .success(let configuration) = loaded {
            var problems: [String] = []
            for follower in followers {
                switch follower.prepare(configuration) {
                case .success(let swap): swaps.append(swap)
                case .failure(let failure): problems += failure.lines
                }
            }
            guard problems.isEmpty else {
                state.withLock { $0.failed = (now, problems) }
                return problems
            }
        }
        defer { for swap in swaps { swap() } }
        return state.withLock { state in
            switch loaded {
            case .success(let configuration):
                state = State(
                    configuration: configuration, loadedAt: now, failed: nil, waitsForRestart: configuration.waitsForRestart(startedWith: started))
                return []
            case .failure(let failure):
                let problems = failure.problems.map(\.description)
                state.failed = (now, problems)
                return problems
            }
        }
    }
}
