/// Who may run now: so many exchanges in all, so many to one host, the rest in the order they came.
///
/// libcurl has limits of its own, but a transfer that waits inside libcurl uses up its time-out; here it does not.
struct Admission {
    private struct Waiting {
        let number: UInt64
        let host: String
    }

    let total: Int
    let perHost: Int
    /// How many may wait; one more is refused.
    let room: Int
    private var waiting: [Waiting] = []
    private var running: [UInt64: String] = [:]
    private var runningByHost: [String: Int] = [:]

    init(total: Int, perHost: Int, room: Int) {
        self.total = max(1, total)
        self.perHost = max(1, perHost)
        self.room = max(1, room)
    }

    /// False when the waiting room is full.
    mutating func enqueue(_ number: UInt64, host: String) -> Bool {
        guard waiting.count < room else { return false }
        waiting.append(Waiting(number: number, host: host))
        return true
    }

    /// The first in the queue whose host has a free place, which it now holds; nil when nobody may start.
    mutating func next() -> UInt64? {
        guard running.count < total, let index = waiting.firstIndex(where: { runningByHost[$0.host, default: 0] < perHost }) else { return nil }
        let chosen = waiting.remove(at: index)
        running[chosen.number] = chosen.host
        runningByHost[chosen.host, default: 0] += 1
        return chosen.number
    }

    /// Gives up the place, or the place in the queue.
    mutating func leave(_ number: UInt64) {
        guard let host = running.removeValue(forKey: number) else {
            waiting.removeAll { $0.number == number }
            return
        }
        let left = runningByHost[host, default: 1] - 1
        runningByHost[host] = left == 0 ? nil : left
    }
}
