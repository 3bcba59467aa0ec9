@testable import Daemon
@testable import Settings
import Model
import Store
import TestSupport
import Testing

/// What becomes of a letter after the relay's answer, without a relay.
struct PostalMachineTests {
    private let machine = PostalMachine(
        settings: MailSettings(
            relays: [RelaySettings(host: "localhost", port: 25, security: .none, timeout: .seconds(5))],
            from: MailAddress(name: "Sở Nội vụ", address: "dondoc@sonla.example"), envelopeFrom: "dondoc@sonla.example",
            operators: ["operator@sonla.example"], firstRetry: .seconds(300), longestRetry: .seconds(3600), giveUpAfter: .seconds(86_400),
            answerWithin: 5))
    private let now = instant("2026-09-10T08:00")

    @Test func aTakenLetterIsSentWithTheRelaysAnswer() {
        #expect(outcome(.taken("250 2.0.0 queued as 4F2A"), attempts: 7) == .sent(answer: "250 2.0.0 queued as 4F2A"))
    }

    @Test func aPermanentRefusalIsTheEndAtTheFirstAttempt() {
        #expect(outcome(.permanent("554 5.7.1 not wanted"), attempts: 0) == .failed(error: "554 5.7.1 not wanted"))
    }

    @Test(arguments: zip([0, 1, 2, 3, 4, 100], [300, 600, 1200, 2400, 3600, 3600]))
    func thePauseDoublesUpToTheLongest(attempts: Int, seconds: Int) {
        #expect(outcome(.temporary("451"), attempts: attempts) == .retry(error: "451", next: now + .seconds(seconds)))
    }

    @Test func aLetterIsGivenUpWhenTheNextAttemptWouldComeTooLate() {
        let justInTime = outcome(.temporary("451"), attempts: 4, age: .seconds(86_400 - 3600))
        let tooLate = outcome(.temporary("451"), attempts: 4, age: .seconds(86_400 - 3599))

        #expect(justInTime == .retry(error: "451", next: now + .seconds(3600)))
        #expect(tooLate == .failed(error: "451"))
    }

    private func outcome(_ answer: PostalMachine.Answer, attempts: Int, age: Duration = .zero) -> AttemptOutcome {
        machine.outcome(of: answer, attempts: attempts, queuedAt: now - age, at: now)
    }
}
