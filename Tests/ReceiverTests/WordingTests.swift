import Foundation
import Model
import Testing

@testable import Receiver

/// Every text that senders read, in both languages, beside the reviewed ones. `UPDATE_GOLDEN=1` writes them; the difference is read.
@Suite struct WordingTests {
    private func expect(_ text: String, isGolden name: String) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" { try Data(text.utf8).write(to: file) }
        #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }

    @Test func problemsReadAsReviewed() throws {
        var text = ""
        for problem in OpenAPITests.problems {
            text += "\(problem.status) \(problem.code)\n"
            for language in Language.allCases { text += "  \(language.rawValue) \(problem.title(language)): \(problem.detail(language))\n" }
        }
        try expect(text, isGolden: "problems.txt")
    }

    @Test func refusalsReadAsReviewed() throws {
        var text = ""
        for code in PushRefusal.Code.allCases {
            let refusal = PushRefusal(index: 3, code: code, place: "observations[3]", found: "x", expected: "y")
            text += "\(code.rawValue)\n"
            for language in Language.allCases { text += "  \(language.rawValue) \(refusal.message(language))\n" }
        }
        try expect(text, isGolden: "refusals.txt")
    }

    @Test func refusalWithoutDetailsIsOneSentence() {
        let refusal = PushRefusal(index: 0, code: .outOfScope, place: "")

        #expect(refusal.message(.english) == "the sender may not report this measure for this agency")
        #expect(refusal.message(.vietnamese) == "bên gửi không được gửi chỉ tiêu này cho cơ quan này")
    }

    @Test func noTextIsTheSameInBothLanguages() {
        for problem in OpenAPITests.problems {
            #expect(problem.title(.vietnamese) != problem.title(.english))
            #expect(problem.detail(.vietnamese) != problem.detail(.english))
        }
    }

    @Test func listenerTroubleNamesTheRemedy() {
        #expect(
            ReceiverError.noSocket(name: "push", found: []).description
                == "push.socket_activation: systemd handed over no socket named 'push', found none; enable dondocd.socket with FileDescriptorName=push, or use 'address'"
        )
        #expect(
            ReceiverError.noSocket(name: "push", found: ["a", "b"]).description.contains("found a, b;"))
        #expect(
            ReceiverError.clear(address: "0.0.0.0:80").description
                == "push.socket_activation: the socket listens on 0.0.0.0:80 without TLS; give 'push.tls' its certificate and key, or let the socket listen on 127.0.0.1"
        )
    }
}
