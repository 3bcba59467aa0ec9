import Control
import Glibc
import Model

/// A file that gets its name when all of it is written and on disk. Until then it is `NAME.part`, and a failure leaves nothing behind and a former
/// file of that name as it was.
struct NewFile {
    let path: String
    /// Who may read it.
    let mode: mode_t
    let language: Language
    /// Whether it may take the place of a file that is there.
    var replaces = false

    /// Makes the file out of what `fill` writes.
    ///
    /// - Throws: `refused` when the file is there already; `failed` when it cannot be written; whatever `fill` throws.
    func make(_ fill: (Sink) throws(Failure) -> Void) throws(Failure) {
        guard replaces || access(path, F_OK) != 0 else {
            throw Failure(.refused, language == .vietnamese ? "đã có sẵn tệp \(path)" : "\(path) is there already", hint: otherName)
        }
        let part = path + ".part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw Sink.unwritable(path, errno, language) }
        defer { close(descriptor) }
        do throws(Failure) {
            try fill(Sink(descriptor: descriptor, name: path, language: language))
            guard fsync(descriptor) == 0, rename(part, path) == 0 else { throw Sink.unwritable(path, errno, language) }
        } catch {
            unlink(part)
            throw error
        }
    }

    private var otherName: String { language == .vietnamese ? "chọn tên khác" : "choose another name" }
}
