/// How much of a file the daemon has taken, as one line on standard error that is written over; nothing when nobody looks.
struct ProgressBar {
    let isShown: Bool
    let label: String

    private static let width = 24

    /// Draws the line for so many bytes.
    func show(_ bytes: Int, of all: Int) {
        guard isShown else { return }
        Sink.complain("\r\(text(bytes, of: all))")
    }

    /// Takes the line away, so that what is printed next begins on a clean one.
    func clear() {
        guard isShown else { return }
        Sink.complain("\r\u{1B}[K")
    }

    /// `form.xlsx (1/3) [########                ] 33 % of 1.2 MB`
    func text(_ bytes: Int, of all: Int) -> String {
        let share = all == 0 ? 100 : bytes * 100 / all
        let full = ProgressBar.width * share / 100
        let bar = String(repeating: "#", count: full) + String(repeating: " ", count: ProgressBar.width - full)
        return "\(label) [\(bar)] \(share) % / \(ProgressBar.size(all))"
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1_000_000 ? "\((bytes + 999) / 1000) kB" : "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    }
}
