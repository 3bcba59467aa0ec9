import Glibc

/// Whose a file is and who may use it. An administrator who works as root on a database must leave it to the daemon's user, not to root.
struct FileOwner {
    private let user: uid_t
    private let group: gid_t
    private let mode: mode_t

    /// As the file at `path` has it; where there is none, as a new one in its directory should: the directory's user and group, for owner and group
    /// alone. Nil when neither is there.
    init?(of path: String) {
        var facts = stat()
        if stat(path, &facts) == 0 {
            (user, group, mode) = (facts.st_uid, facts.st_gid, facts.st_mode & 0o777)
        } else if stat(FileOwner.directory(of: path), &facts) == 0 {
            (user, group, mode) = (facts.st_uid, facts.st_gid, 0o640)
        } else {
            return nil
        }
    }

    /// Gives it to a file that is open. Only root can give a file to another user; whoever else may do the work at all keeps the file.
    func give(to descriptor: Int32) {
        _ = fchown(descriptor, user, group)
        _ = fchmod(descriptor, mode)
    }

    /// The same by name; a link is not followed, because the directory is the daemon's and not root's.
    func give(to path: String) {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        give(to: descriptor)
        close(descriptor)
    }

    static func directory(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}
