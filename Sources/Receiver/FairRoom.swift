/// Room that many share: nobody has more than half of it, and the last quarter is for those who have little inside, so that one big sender always
/// leaves room for a small one.
struct FairRoom {
    private var parts: [String: Int] = [:]
    private(set) var total = 0

    /// Whether so much more of one's own fits. `little` is what everybody may have as long as there is any room, one push or one largest body: a
    /// room of which half were less would otherwise never let it in.
    func fits(_ amount: Int, of owner: String, in size: Int, little: Int) -> Bool {
        let own = parts[owner, default: 0] + amount
        guard own > little else { return total + amount <= size }
        return own <= size / 2 && total + amount <= size - size / 4
    }

    /// Takes so much, or nothing when it does not fit.
    mutating func take(_ amount: Int, of owner: String, in size: Int, little: Int) -> Bool {
        guard fits(amount, of: owner, in: size, little: little) else { return false }
        parts[owner, default: 0] += amount
        total += amount
        return true
    }

    /// Gives back what `take` took.
    mutating func giveBack(_ amount: Int, of owner: String) {
        total -= amount
        let left = parts[owner, default: 0] - amount
        parts[owner] = left > 0 ? left : nil
    }
}
