/// The steps of the cycle between which a crash must cost nothing. Tests kill the daemon at each of them.
public enum Stage: String, CaseIterable, Sendable {
    /// A source's answer is in memory.
    case fetched
    /// It was decoded and checked; nothing is stored.
    case checked
    /// Delivery, cells, findings and cursor are on disk.
    case recorded
    /// Rules have spoken and letters are written; nothing of it is stored.
    case judged
    /// Transitions and letters are on disk.
    case committed
    /// The relay has taken a letter; the store does not know it yet.
    case handed
    /// The store knows that the letter is sent.
    case marked
}
