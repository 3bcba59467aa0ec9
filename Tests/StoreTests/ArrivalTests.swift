import Model
import Testing

@testable import Store

/// Mails that came in, as the store keeps them.
struct ArrivalTests {
    private func arrival(_ id: String, kind: MailKind = .reply, at: Instant, uid: UInt32, validity: UInt32 = 1, body: String = "x") throws -> Arrival
    {
        try Arrival(
            ReceivedMail(messageID: id, kind: kind, by: "test", receivedAt: at, sender: "a@xa.example", subject: "s", words: "w", isVerified: true),
            bytes: Array("Received: \(uid)\r\n\r\n\(body)".utf8), at: Arrival.Place(account: "imap://h/INBOX", validity: validity, uid: uid),
            files: [("a.pdf", Array("pdf".utf8))])
    }

    @Test func aMailIsKeptOnceHoweverOftenItIsRead() async throws {
        let place = try TemporaryStore()
        let store = try place.open()

        let first = try await store.receive(try arrival("<1@x>", at: Sample.noon(), uid: 5))
        let again = try await store.receive(try arrival("<1@x>", at: Sample.noon(1), uid: 2, validity: 2))
        let other = try await store.receive(try arrival("<1@x>", at: Sample.noon(1), uid: 3, validity: 2, body: "y"))

        #expect(first != nil && again == nil && other != nil)
        #expect(try store.mailboxState(of: "imap://h/INBOX")?.validity == 2)
        #expect(try store.mailboxState(of: "imap://h/INBOX")?.lastUID == 3)
        #expect(try store.file(1, ofMail: try #require(first)) == Array("pdf".utf8))
    }

    @Test func mailsGoAfterTheirKeepingWithTheirFilesAndAnswersStay() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        try await store.commit(Judgement(transitions: [try Sample.transition(key, nil, .firing, at: Sample.noon())], at: Sample.noon()))
        let nobody = try #require(try await store.receive(try arrival("<1@x>", at: Sample.noon(), uid: 1)))
        var answer = try arrival("<2@x>", at: Sample.noon(), uid: 2, body: "y")
        answer.mail.alerts = [key]
        let kept = try #require(try await store.receive(answer))

        #expect(try await store.dropMails(answersBefore: Sample.noon(), othersBefore: Sample.noon(1)) == 1)

        #expect(try store.incoming(nobody) == nil)
        #expect(try store.incoming(kept)?.alerts == [key])
        #expect(try store.file(1, ofMail: kept) == Array("pdf".utf8))
        #expect(try await store.dropMails(answersBefore: Sample.noon(1), othersBefore: Sample.noon(1)) == 1)
        #expect(try store.remediations(of: key).map(\.plan) == [""])
    }

    @Test func anAssignedMailCountsFromItsAssignmentAndLosesTheRemarkThatItAnswersNothing() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        try await store.commit(Judgement(transitions: [try Sample.transition(key, nil, .firing, at: Sample.noon())], at: Sample.noon()))
        var mail = try arrival("<1@x>", at: Sample.noon(), uid: 1)
        mail.mail.remarks = ["its sender does not speak for anybody\(ReceivedMail.answersNothing)", "cut off"]
        let number = try #require(try await store.receive(mail))

        #expect(try await store.assign(mail: number, to: key, by: "Lan", at: Sample.noon(3)))

        let answer = try #require(try store.remediations(of: key).first)
        #expect(answer.at == Sample.noon(3) && answer.receivedAt == Sample.noon())
        let answers = try store.standingAnswers()
        #expect(answers.enteredAt == [key: Sample.noon(3)] && answers.answeredAt == [key: Sample.noon()])
        #expect(try store.incoming(number)?.remarks == ["cut off"])
    }

    @Test func aMailFromAnAddressThatBouncedClearsIt() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        let letter = Letter(
            messageID: "<l@x>", agency: key.agency, sender: "s@x.example", recipients: ["A@xa.example"], subject: "", bytes: [])
        try await store.commit(
            Judgement(
                transitions: [try Sample.transition(key, nil, .firing, at: Sample.noon())], letters: [.init(letter, of: [key])], at: Sample.noon()))
        let told = try #require(try store.letters(withMessageIDs: ["<l@x>", "<m@x>"])["<l@x>"])
        try await store.recordAttempt(told.id, at: Sample.noon(), outcome: .sent(answer: "250"))
        var bounce = try arrival("<b@x>", kind: .bounce, at: Sample.noon(1), uid: 1)
        bounce.mail.letter = told.id
        bounce.mail.isVerified = false
        bounce.bounces = [
            .init(address: "a@xa.example", status: "5.1.1", diagnostic: "550"), .init(address: "z@xa.example", status: "", diagnostic: ""),
        ]

        _ = try await store.receive(bounce)
        let marked = try store.bouncedAddresses()
        _ = try await store.receive(try arrival("<2@x>", at: Sample.noon(2), uid: 2))

        #expect(told.alerts == [key] && told.recipients == ["a@xa.example"])
        #expect(marked.map(\.address) == ["a@xa.example"] && marked.first?.count == 1)
        #expect(try store.outboxItem(told.id)?.state == .failed)
        #expect(try store.bouncedAddresses().isEmpty)
        #expect(try await store.clearBounced("a@xa.example") == false)
    }
}
