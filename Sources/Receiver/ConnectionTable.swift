/// Which connections there are and which may be closed to make room for new ones: many idle connections must not keep others out.
///
/// A connection is idle until the header of a request has come; those that wait for an answer or send a body are never closed for others.
struct ConnectionTable {
    /// What becomes of a new connection.
    enum Opening: Equatable {
        case accepted
        /// Accepted in the place of an idle one, which is closed.
        case replacing(Int)
        /// All others are at work.
        case refused
    }

    private struct Entry {
        let address: String
        /// Rises with each change to idleness; nil while at work. The smallest has been idle longest.
        var idleSince: Int?
    }

    private var entries: [Int: Entry] = [:]
    private var perAddress: [String: Int] = [:]
    private var turn = 0

    /// How many there are.
    var count: Int { entries.count }

    /// Enters a connection under a number of its own, or says why not.
    mutating func open(_ id: Int, from address: String, most: Int, mostPerAddress: Int) -> Opening {
        var opening = Opening.accepted
        if perAddress[address, default: 0] >= mostPerAddress {
            // An address makes room among its own only.
            guard let oldest = longestIdle(where: { $0.address == address }) else { return .refused }
            opening = .replacing(oldest)
        } else if entries.count >= most {
            guard let oldest = longestIdle(where: { _ in true }) else { return .refused }
            opening = .replacing(oldest)
        }
        if case .replacing(let oldest) = opening { close(oldest) }
        turn += 1
        entries[id] = Entry(address: address, idleSince: turn)
        perAddress[address, default: 0] += 1
        return opening
    }

    /// A request's header has come.
    mutating func works(_ id: Int) { entries[id]?.idleSince = nil }

    /// Its answer has been written.
    mutating func rests(_ id: Int) {
        turn += 1
        entries[id]?.idleSince = turn
    }

    /// The connection is gone; one that is not known is nothing.
    mutating func close(_ id: Int) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        let left = perAddress[entry.address, default: 1] - 1
        perAddress[entry.address] = left > 0 ? left : nil
    }

    private func longestIdle(where isMeant: (Entry) -> Bool) -> Int? {
        var oldest: (id: Int, since: Int)?
        for (id, entry) in entries where isMeant(entry) {
            guard let since = entry.idleSince, since < oldest?.since ?? .max else { continue }
            oldest = (id, since)
        }
        return oldest?.id
    }
}
