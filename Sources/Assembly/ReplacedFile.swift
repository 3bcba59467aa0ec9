import Glibc

/// A file of an operator that is replaced as a whole: whoever reads it sees the former text or the new one, also after a power cut.
struct ReplacedFile {
    let path: String

    /// What the system said, and of which file.
    struct Trouble: Error, CustomStringConvertible {
        let path: String
        let code: Int32

        var description: String { "\(path): \(String(cString: strerror(code)))" }
    }

    /// Where the new text waits, hidden beside the file, so that both are on one file system.
    private var draft: String {
        guard let slash = path.lastIndex(of: "/") else { return ".\(path).new" }
        return "\(path[...slash]).\(path[path.index(after: slash)...]).new"
    }

    /// Puts the new text on disk beside the file, with the file's mode and owner.
    func prepare(_ text: String) throws(Trouble) {
        try write(Array(text.utf8), to: draft, like: path)
    }

    /// Keeps the former text under another name, with a number where that is taken, then gives the prepared one its name.
    ///
    /// - Returns: the name of the former text.
    func replace(keepingFormerAs wanted: String) throws(Trouble) -> String {
        var former = wanted
        var number = 1
        while link(path, former) != 0 {
            guard errno == EEXIST, number < 100 else { throw Trouble(path: former, code: errno) }
            number += 1
            former = "\(wanted)-\(number)"
        }
        if rename(draft, path) != 0 { throw Trouble(path: path, code: errno) }
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Trouble(path: folder, code: errno) }
        defer { close(descriptor) }
        if fsync(descriptor) != 0 { throw Trouble(path: folder, code: errno) }
        return former
    }

    /// Takes a prepared text away; nothing happens when there is none.
    func discard() { unlink(draft) }

    private func write(_ bytes: [UInt8], to target: String, like model: String) throws(Trouble) {
        var facts = stat()
        guard stat(model, &facts) == 0 else { throw Trouble(path: model, code: errno) }
        unlink(target)
        let descriptor = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Trouble(path: target, code: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            // The bytes are only read, and only during the call.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                if written < 0, errno == EINTR { continue }
                throw Trouble(path: target, code: written < 0 ? errno : EIO)
            }
            rest = rest.dropFirst(written)
        }
        // An operator who is not root may write a file of his group without being able to give it away; the mode decides who can read it.
        _ = fchown(descriptor, facts.st_uid, facts.st_gid)
        guard fchmod(descriptor, facts.st_mode & 0o7777) == 0, fsync(descriptor) == 0 else { throw Trouble(path: target, code: errno) }
    }
}
