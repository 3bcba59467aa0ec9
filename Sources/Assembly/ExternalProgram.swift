import Control
import Foundation
import Glibc
import Model

/// A program of the system that does what we would do worse ourselves.
struct ExternalProgram {
    let name: String
    /// The Debian package that has it.
    let package: String
    /// How long it may take; one that takes longer is killed with all that it started.
    let limit: Duration
    /// The language of what goes wrong.
    var language: Language = .english

    /// Runs it to its end, blocking the thread, in a process group of its own. Its output goes where the caller says; what it complains of is the
    /// failure's text.
    ///
    /// Foundation's `Process` is not used because it waits for whatever a killed child leaves behind.
    func run(_ arguments: [String], input: FileHandle = .nullDevice, output: FileHandle) throws(Failure) {
        let complaint = Pipe()
        let reader = complaint.fileHandleForReading.fileDescriptor
        let child = try start(
            arguments, input: input.fileDescriptor, output: output.fileDescriptor, errors: complaint.fileHandleForWriting.fileDescriptor)
        // Without it the end of the complaint would never come. It is ours alone, so closing cannot fail in a way that matters.
        try? complaint.fileHandleForWriting.close()
        let deadline = ContinuousClock.now + limit
        var text: [UInt8] = []
        var status: Int32 = 0
        var ended = waitpid(child, &status, WNOHANG)
        while ended == 0 {
            guard ContinuousClock.now < deadline else {
                kill(-child, SIGKILL)
                waitpid(child, &status, 0)
                throw tooLong
            }
            ExternalProgram.collect(&text, from: reader, waiting: 20)
            ended = waitpid(child, &status, WNOHANG)
        }
        guard ended == child else { throw unstartable(errno) }
        // What is in the pipe is all of it; somebody whom the program left behind may keep the pipe open for ever.
        ExternalProgram.collect(&text, from: reader, waiting: 0)
        guard status == 0 else { throw refused(String(decoding: text.prefix(1000), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)) }
    }

    private func start(_ arguments: [String], input: Int32, output: Int32, errors: Int32) throws(Failure) -> pid_t {
        var files = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&files)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&files)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, descriptor) in [input, output, errors].enumerated() { posix_spawn_file_actions_adddup2(&files, descriptor, Int32(number)) }
        // The daemon ignores some signals and takes others as messages; a child must end by them.
        var signals = sigset_t()
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        // Copies of the texts that the child is given; they are freed when it has them.
        var words = ([name] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let code = posix_spawnp(&child, name, &files, &attributes, &words, environ)
        guard code == 0 else { throw code == ENOENT ? missing : unstartable(code) }
        return child
    }

    /// Adds what is in the pipe by now, waiting so many milliseconds for something.
    private static func collect(_ text: inout [UInt8], from descriptor: Int32, waiting milliseconds: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        var wait = milliseconds
        while poll(&entry, 1, wait) > 0 {
            wait = 0
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = read(descriptor, &buffer, buffer.count)
            guard count > 0 else {
                // It has closed its standard error and may go on working.
                if milliseconds > 0 { usleep(20_000) }
                return
            }
            // A program that never stops complaining fills no memory of ours.
            if text.count < 4096 { text += buffer.prefix(count) }
        }
    }

    private var isVietnamese: Bool { language == .vietnamese }
    private var hint: String { isVietnamese ? "cài đặt: apt-get install \(package)" : "install it: apt-get install \(package)" }
    private var missing: Failure {
        Failure(.failed, isVietnamese ? "chưa cài chương trình \(name)" : "the program \(name) is not installed", hint: hint)
    }
    private var tooLong: Failure {
        let seconds = limit.components.seconds
        return Failure(
            .failed,
            isVietnamese
                ? "\(name) không xong trong \(seconds) giây và đã bị dừng" : "\(name) did not end within \(seconds) s and was killed")
    }
    private func unstartable(_ code: Int32) -> Failure {
        let reason = String(cString: strerror(code))
        return Failure(.failed, isVietnamese ? "không chạy được \(name): \(reason)" : "\(name) could not be started: \(reason)", hint: hint)
    }
    private func refused(_ text: String) -> Failure {
        Failure(.failed, isVietnamese ? "\(name) từ chối: \(text)" : "\(name) refused: \(text)")
    }
}
