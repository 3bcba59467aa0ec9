import Glibc
import Model

/// An advisory lock on a file beside the database, held for as long as this value lives; the kernel drops it when the process dies.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock at once or throws: `inUse` names the process that holds it.
    init(path: String, database: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else {
            let kind: StoreError.Kind = errno == ENOENT ? .missing : errno == ENOSPC ? .full : .permission
            throw StoreError(
                kind, operation: "locking the store", path: database, cause: "\(path): \(String(cString: strerror(errno)))",
                hint: kind == .missing
                    ? LocalizedText(vietnamese: "tạo thư mục, hoặc kiểm tra store.path", english: "create the directory, or check store.path") : nil)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = FileLock.holder(descriptor)
            close(descriptor)
            throw StoreError(
                .inUse, operation: "locking the store", path: database, cause: "another dondocd\(holder) has this database open",
                vietnamese: "một dondocd khác\(holder) đang mở cơ sở dữ liệu này")
        }
        self.descriptor = descriptor
        // Whoever works on the database next, root or the daemon, must be able to take the lock.
        FileOwner(of: database)?.give(to: descriptor)
        let text = "\(getpid())\n"
        // The number only serves the message above; a lock file that cannot hold it (full disk) still locks.
        _ = ftruncate(descriptor, 0)
        _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
    }

    /// Lets the next daemon in before this value goes away.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let digits = buffer.prefix(max(0, count)).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return digits.isEmpty ? "" : " (process \(String(decoding: digits, as: UTF8.self)))"
    }
}
