import Testing

@testable import Connectors

@Suite struct ConnectorErrorTests {
    private static let later = "; it is asked again later"
    private static let wantsCredential = " (not allowed); it wants a credential: set bearer_file or basic under request"
    private static let checkCredential =
        " (not allowed); check the credential file of this source, and whether the address of this machine is allowed there"
    private static let nothing = " (nothing there); check url under request"
    private static let nowhere = " without a place to go to; check url under request"
    private static let unlisted = ", which accept_status does not list; check the request"

    @Test(arguments: [
        (401, false, false, wantsCredential), (401, true, false, checkCredential), (403, true, true, checkCredential),
        (403, false, true, wantsCredential), (408, false, true, later), (425, false, true, later), (429, false, true, later),
        (500, false, true, later), (503, true, true, later), (599, false, true, later), (404, false, false, nothing), (410, true, false, nothing),
        (302, false, false, nowhere), (304, false, false, nowhere), (204, false, false, unlisted), (400, false, false, unlisted),
        (418, true, false, unlisted),
    ])
    func statusSaysWhatToDoAndWhetherToRepeat(_ status: Int, _ hasCredential: Bool, _ isRetryable: Bool, _ ending: String) {
        let error = ConnectorError(status: status, retryAfter: .seconds(7), hasCredential: hasCredential)

        #expect(error.description == "the source answered \(status)\(ending)")
        #expect(error.isRetryable == isRetryable)
        #expect(!error.isInterruption)
        #expect(error.retryAfter == (isRetryable ? .seconds(7) : nil))
    }

    @Test func placeOfAMistakeStandsBeforeIt() {
        #expect(DecodeError("is odd", at: "line 3, column 14").description == "line 3, column 14: is odd")
        #expect(DecodeError("is odd").description == "is odd")
    }
}
