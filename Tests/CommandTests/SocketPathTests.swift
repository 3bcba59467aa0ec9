import TestSupport
import Testing

@testable import dondoc

/// Where the command line asks: the daemon must be reachable also while the files on disk are broken.
@Suite struct SocketPathTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func socket(_ yaml: String) throws -> String {
        try directory.write(yaml, to: "dondoc.yaml")
        switch Offline.socket(configuration: directory.path) {
        case .success(let path): return path
        case .failure(let failure): return failure.message.split(separator: "\n").dropFirst().joined(separator: "\n")
        }
    }

    @Test func theSocketIsFoundWhateverElseIsBroken() throws {
        try directory.write("rules: [", to: "rules.yaml")

        #expect(try socket("listen: {control: /run/d.sock, metrics: nonsense}\nmail: {rely: x}\n") == "/run/d.sock")
        #expect(try socket("listen: {control: d.sock}\n") == directory.file("d.sock"), "relative to the directory")
    }

    @Test func whatIsMissingIsToldWithItsPlace() throws {
        #expect(try socket("store: {path: a}\n") == "dondoc.yaml:1:1: 'listen' is missing")
        #expect(try socket("listen: {}\n").hasPrefix("dondoc.yaml:1:9: "))
        guard case .failure(let failure) = Offline.socket(configuration: directory.file("nowhere")) else {
            Issue.record("there is no directory of this name")
            return
        }
        #expect(failure.message.contains("there is no such directory"))
    }
}
