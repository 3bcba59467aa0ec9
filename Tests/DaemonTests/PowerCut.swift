import CPowerCut
import Foundation
import TestSupport

/// What SQLite asked of its files while pushes came, and the files as a power cut could have left them.
///
/// What was synced is on the disk. Of what was written to a file since its last sync, each write may be there, may not, or in parts: sectors of 512 bytes
/// that reached the disk in any order.
struct PowerCut {
    private struct Entry {
        let operation: UInt8
        let file: Int
        let place: Int
        let bytes: Range<Int>
    }

    private let journal: [UInt8]
    private let entries: [Entry]
    var count: Int { entries.count }

    init(journal path: String) throws {
        let journal = Array(try Data(contentsOf: URL(filePath: path)))
        self.journal = journal
        var entries: [Entry] = []
        var position = 0
        // A last entry without its end was under way when the process ended.
        while position + 14 <= journal.count {
            let (place, length) = journal.withUnsafeBytes {
                ($0.loadUnaligned(fromByteOffset: position + 2, as: Int64.self), $0.loadUnaligned(fromByteOffset: position + 10, as: Int32.self))
            }
            let start = position + 14
            position = start + Int(length)
            guard position <= journal.count else { break }
            entries.append(Entry(operation: journal[start - 14], file: Int(journal[start - 13]), place: Int(place), bytes: start..<position))
        }
        self.entries = entries
    }

    /// How many syncs of one of the files there were: 0 the database, 1 its log.
    func syncs(of file: Int) -> Int { entries.count { $0.operation == UInt8(ascii: "s") && $0.file == file } }

    /// The marks before an entry.
    func marks(before cut: Int) -> [String] {
        entries[..<cut].filter { $0.operation == UInt8(ascii: "m") }.map { String(decoding: journal[$0.bytes], as: UTF8.self) }
    }

    /// Makes the files, which begin as copies of what was there before the recording, what a cut before an entry leaves of them.
    func cut(before cut: Int, files: [String], _ random: inout SeededNumbers) throws {
        for (number, path) in files.enumerated() {
            let mine = entries[..<cut].indices.filter { entries[$0].file == number && entries[$0].operation != UInt8(ascii: "m") }
            let lastSync = mine.last { entries[$0].operation == UInt8(ascii: "s") } ?? -1
            let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
            guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
            defer { close(descriptor) }
            for index in mine {
                let entry = entries[index]
                let isSafe = index < lastSync
                if entry.operation == UInt8(ascii: "t") {
                    if isSafe || Bool.random(using: &random) { ftruncate(descriptor, off_t(entry.place)) }
                } else if entry.operation == UInt8(ascii: "w") {
                    write(entry, isSafe ? .whole : Luck.random(using: &random), to: descriptor, &random)
                }
            }
        }
    }

    private enum Luck {
        case whole, lost, torn

        static func random(using random: inout SeededNumbers) -> Luck { [.whole, .lost, .torn][Int.random(in: 0..<3, using: &random)] }
    }

    private func write(_ entry: Entry, _ luck: Luck, to descriptor: Int32, _ random: inout SeededNumbers) {
        guard luck != .lost else { return }
        var start = entry.bytes.lowerBound
        while start < entry.bytes.upperBound {
            let sector = start..<min(start + 512, entry.bytes.upperBound)
            if luck == .whole || Bool.random(using: &random) {
                journal[sector].withUnsafeBytes { bytes in
                    _ = pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(entry.place + sector.lowerBound - entry.bytes.lowerBound))
                }
            }
            start = sector.upperBound
        }
    }
}
