import Glibc

/// Looks at files as somebody who is neither their owner nor root, so that a test that runs as root meets what an ordinary user meets.
enum OtherUser {
    private static let nobody: UInt32 = 65534

    /// Runs a body on this thread with nobody's rights to files. Without root nothing changes, and the rights are the test's own.
    static func run<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        let former = change(to: nobody)
        defer { _ = change(to: former) }
        return try body()
    }

    /// setfsuid(2), which concerns the calling thread alone and which Glibc's module leaves out; the user until now.
    private static func change(to user: UInt32) -> UInt32 {
        typealias Call = @convention(c) (UInt32) -> Int32
        guard let symbol = dlsym(nil, "setfsuid") else { return user }
        return UInt32(bitPattern: unsafeBitCast(symbol, to: Call.self)(user))
    }
}
