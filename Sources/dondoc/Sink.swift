import Control
import Glibc
import Model

/// An open file that bytes go to, and what people call it when it cannot take them.
struct Sink {
    let descriptor: Int32
    let name: String
    let language: Language

    /// The process's standard output.
    static func standardOutput(_ language: Language) -> Sink {
        Sink(
            descriptor: STDOUT_FILENO, name: language == .vietnamese ? "đầu ra chuẩn (stdout)" : "standard output", language: language)
    }

    /// Writes all bytes. A reader that went away (`| head`) ends it silently, as it ends every other tool.
    ///
    /// - Throws: `failed` for everything else, such as a full disk: what was cut off must not pass as whole.
    func write(_ bytes: [UInt8]) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            // The bytes are only read, and only during the call.
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
                continue
            }
            switch errno {
            case EINTR: continue
            case EPIPE: return
            default: throw Sink.unwritable(name, errno, language)
            }
        }
    }

    /// What is said of a file that the system would not write.
    static func unwritable(_ name: String, _ code: Int32, _ language: Language) -> Failure {
        let reason = String(cString: strerror(code))
        return switch language {
        case .vietnamese:
            Failure(
                .failed, "không viết được \(name) trọn vẹn: \(reason)",
                hint: "giải phóng dung lượng đĩa hoặc chọn nơi khác; phần đã viết không dùng được")
        case .english:
            Failure(
                .failed, "\(name) cannot be written in full: \(reason)",
                hint: "free space there, or choose another place; what was written is of no use"
            )
        }
    }

    /// Says something on standard error.
    static func complain(_ text: String) {
        // Where standard error cannot be written either there is nobody left to tell; the exit status says the rest.
        try? Sink(descriptor: STDERR_FILENO, name: "stderr", language: .english).write(Array(text.utf8))
    }
}
