import FoundationEssentials
import Model
import Synchronization

/// Keeps caught letters, in memory and, where there is a directory, as files. A letter that cannot be kept whole is not kept at all, so that a
/// sender who is told to come back does not leave it here twice. Bounded in number and in bytes.
final class Letterbox: Sendable {
    static let mostLetters = 5000
    static let mostBytes = 200_000_000

    private struct State {
        var letters: [CaughtLetter] = []
        /// What has been promised a place so far, kept already or still being written.
        var reserved = 0
        var reservedBytes = 0
        /// File names are never used again, not even those of letters that could not be written.
        var lastNumber = 0
    }

    private let directory: String?
    private let mostBytes: Int
    private let state = Mutex(State())

    init(directory: String?, mostBytes: Int = Letterbox.mostBytes) {
        self.directory = directory
        self.mostBytes = mostBytes
    }

    /// In the order in which they were kept.
    var letters: [CaughtLetter] { state.withLock { $0.letters } }

    /// Returns whether the letter is kept; when it is not, nothing of it is left.
    func keep(_ letter: CaughtLetter) -> Bool {
        guard let number = reserve(letter.bytes.count) else { return false }
        guard write(letter, number: number) else {
            state.withLock { state in
                state.reserved -= 1
                state.reservedBytes -= letter.bytes.count
            }
            return false
        }
        state.withLock { $0.letters.append(letter) }
        return true
    }

    /// The number of the place for a letter of so many bytes; nil when there is no room.
    private func reserve(_ bytes: Int) -> Int? {
        state.withLock { state in
            guard state.reserved < Letterbox.mostLetters, state.reservedBytes + bytes <= mostBytes else { return nil }
            state.reserved += 1
            state.reservedBytes += bytes
            state.lastNumber += 1
            return state.lastNumber
        }
    }

    private func write(_ letter: CaughtLetter, number: Int) -> Bool {
        guard let directory else { return true }
        do {
            try Data(letter.bytes).write(to: URL(filePath: "\(directory)/\(number.padded(to: 4)).eml"), options: .atomic)
            return true
        } catch {
            // The sender is told that there is no room and comes again.
            return false
        }
    }
}
