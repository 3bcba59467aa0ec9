#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Tells systemd how the daemon is (sd_notify), when systemd started it; otherwise every call does nothing.
///
/// The protocol is one datagram to the socket in NOTIFY_SOCKET, so libsystemd is not needed.
public struct Supervisor: Sendable {
    private let socketPath: String?
    /// How often systemd wants to hear `watchdog`; nil when it does not watch.
    public let watchdogInterval: Duration?

    /// Reads what systemd left in the environment of this process.
    public init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"]
        // Half of systemd's time, as sd_watchdog_enabled(3) recommends. WATCHDOG_PID belongs to another process when it is not ours.
        let isOurs = environment["WATCHDOG_PID"].map { $0 == String(getpid()) } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap { Int64($0) } ?? 0
        watchdogInterval = isOurs && microseconds > 0 ? .microseconds(microseconds / 2) : nil
    }

    public func ready(status: String) { send("READY=1\nSTATUS=\(line(status))") }
    public func status(_ status: String) { send("STATUS=\(line(status))") }
    public func watchdog() { send("WATCHDOG=1") }
    public func stopping() { send("STOPPING=1") }

    /// Sent before a reload; `ready` ends it.
    public func reloading() {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        let microseconds = Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        send("RELOADING=1\nMONOTONIC_USEC=\(microseconds)")
    }

    private func line(_ text: String) -> String { text.split(whereSeparator: \.isNewline).joined(separator: " ") }

    /// Losing a notification is not worth failing for: systemd would then restart a daemon that works, or show an old status.
    private func send(_ message: String) {
        guard let socketPath, !socketPath.isEmpty else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        // An abstract socket is written with @ and begins with a zero byte.
        if path[0] == UInt8(ascii: "@") { path[0] = 0 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + path.count)
        // Safe: both buffers live for the call, and sendto(2) only reads them.
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = sendto(descriptor, message, message.utf8.count, Int32(MSG_NOSIGNAL), generic, length)
            }
        }
    }
}
