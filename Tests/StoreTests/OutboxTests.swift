import Model
import Store
import Testing

@Suite struct OutboxTests {
    private func queued(_ store: Store, _ id: String = "<1@dondoc.test>", at: Instant = Sample.noon()) async throws -> Int64 {
        let key = try Sample.key()
        try await store.commit(
            Judgement(
                transitions: [try Sample.transition(key, nil, .firing, at: at)], letters: [.init(try Sample.letter(id), of: [key])], at: at))
        return try #require(try store.outbox(limit: 1).first).id
    }

    @Test func aLetterWaitsUntilItIsDueAndIsSentOnce() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let id = try await queued(store)

        try await store.recordAttempt(id, at: Sample.noon(), outcome: .retry(error: "451 try later", next: Sample.noon(1)))

        #expect(try store.dueLetters(at: Sample.noon()).isEmpty)
        #expect(try store.nextLetterDue() == Sample.noon(1))
        #expect(try store.dueLetters(at: Sample.noon(1)).map(\.lastError) == ["451 try later"])
        #expect(try await store.recordAttempt(id, at: Sample.noon(2), outcome: .sent(answer: "250 ok")))
        let item = try #require(try store.outboxItem(id))
        #expect(item.state == .sent && item.attempts == 2 && item.sentAt == Sample.noon(2) && item.lastError == "250 ok")
        #expect(item.letter == (try Sample.letter()))
        #expect(try store.dueLetters(at: Sample.noon(9)).isEmpty)
        #expect(try store.nextLetterDue() == nil)
    }

    @Test func aSentLetterStaysSent() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let id = try await queued(store)
        try await store.recordAttempt(id, at: Sample.noon(), outcome: .sent(answer: "250 ok"))
        let sent = try store.outboxItem(id)

        #expect(try await store.recordAttempt(id, at: Sample.noon(1), outcome: .failed(error: "550")) == false)
        #expect(try await store.recordAttempt(id, at: Sample.noon(1), outcome: .sent(answer: "250 again")) == false)
        #expect(try await store.requeue(id, at: Sample.noon(1)) == false)
        #expect(try store.outboxItem(id) == sent)
    }

    @Test func aFailedLetterIsKeptAndCanBeQueuedAgainWithTheSameBytes() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let id = try await queued(store)
        try await store.recordAttempt(id, at: Sample.noon(), outcome: .failed(error: "550 no such user"))

        #expect(try store.outbox(state: .failed).map(\.id) == [id])
        #expect(try store.dueLetters(at: Sample.noon(9)).isEmpty)
        #expect(try await store.requeue(id, at: Sample.noon(3)))
        let item = try #require(try store.dueLetters(at: Sample.noon(3)).first)
        #expect(item.letter == (try Sample.letter()) && item.attempts == 1 && item.lastError == "550 no such user")
        #expect(item.createdAt == Sample.noon() && item.queuedAt == Sample.noon(3), "its days begin anew")
    }

    @Test func lettersAreListedNewestFirstAndSentLongestOverdueFirst() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let first = try await queued(store, "<1@dondoc.test>", at: Sample.noon(0))
        let second = try await queued(store, "<2@dondoc.test>", at: Sample.noon(1))
        let third = try await queued(store, "<3@dondoc.test>", at: Sample.noon(2))
        try await store.recordAttempt(first, at: Sample.noon(2), outcome: .retry(error: "451", next: Sample.noon(3)))

        #expect(try store.outbox().map(\.id) == [third, second, first])
        #expect(try store.dueLetters(at: Sample.noon(3)).map(\.id) == [second, third, first])
        #expect(try store.dueLetters(at: Sample.noon(3), limit: 1).map(\.id) == [second])
    }

    @Test func aLetterThatDoesNotExistIsAnError() async throws {
        let place = try TemporaryStore()
        let store = try place.open()

        var message: String?
        do throws(StoreError) { try await store.requeue(7, at: Sample.noon()) } catch { message = error.description }

        #expect(try store.outboxItem(7) == nil)
        #expect(
            message
                == "\(place.path): queueing letter 7 again: there is no letter 7; `dondoc outbox list` shows the letters there are")
    }

    @Test func eachAddressHasItsOwnFate() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let id = try await queued(store)

        try await store.recordAttempt(id, at: Sample.noon(), by: "smtp://relay:25") { address in
            address == "a@sonla.test" ? .sent(answer: "250 ok") : .retry(error: "450 greylisted", next: Sample.noon(1))
        }

        let item = try #require(try store.outboxItem(id))
        #expect(item.state == .queued && item.nextAttempt == Sample.noon(1) && item.lastError == "450 greylisted")
        #expect(
            item.recipients == [
                LetterRecipient(
                    address: "a@sonla.test", state: .sent, attempts: 1, sentAt: Sample.noon(), lastAnswer: "250 ok", relay: "smtp://relay:25"),
                LetterRecipient(
                    address: "b@sonla.test", state: .queued, attempts: 1, sentAt: nil, lastAnswer: "450 greylisted", relay: "smtp://relay:25"),
            ])
    }

    @Test func whoHasALetterIsNeverInAnAttemptAgain() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let id = try await queued(store)
        try await store.recordAttempt(id, at: Sample.noon(), by: "one") { address in
            address == "a@sonla.test" ? .sent(answer: "250 ok") : .failed(error: "550 no such user")
        }
        let after = try #require(try store.outboxItem(id))

        #expect(after.state == .sent && after.lastError == "550 no such user")
        #expect(try await store.recordAttempt(id, at: Sample.noon(1), outcome: .sent(answer: "250 again")) == false)
        #expect(try await store.requeue(id, at: Sample.noon(2)))
        try await store.recordAttempt(id, at: Sample.noon(2), by: "two") { _ in .sent(answer: "250 at last") }
        let item = try #require(try store.outboxItem(id))
        #expect(item.state == .sent && item.sentAt == Sample.noon())
        #expect(item.recipients.map(\.attempts) == [1, 2])
        #expect(item.recipients.map(\.relay) == ["one", "two"])
        #expect(try await store.requeue(id, at: Sample.noon(3)) == false)
    }

    @Test func whoWasNotReachedIsNamedOnceWithTheNewestLetter() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let refused: @Sendable (String) -> AttemptOutcome = { $0 == "a@sonla.test" ? .sent(answer: "250 ok") : .failed(error: "550 no such user") }
        let first = try await queued(store, "<1@dondoc.test>", at: Sample.noon(0))
        let second = try await queued(store, "<2@dondoc.test>", at: Sample.noon(1))
        let third = try await queued(store, "<3@dondoc.test>", at: Sample.noon(2))
        try await store.recordAttempt(second, at: Sample.noon(1), by: "relay", outcome: refused)
        try await store.recordAttempt(first, at: Sample.noon(2), by: "relay", outcome: refused)

        let found = try store.undeliveredMail(since: Sample.noon(0))

        #expect(
            found == [
                UndeliveredMail(
                    address: "b@sonla.test", letter: second, subject: "Đôn đốc giải quyết hồ sơ", agency: try Sample.agency(7),
                    writtenAt: Sample.noon(1), answer: "550 no such user")
            ])
        #expect(try store.undeliveredMail(since: Sample.noon(2)).isEmpty, "the third letter still waits")
        try await store.recordAttempt(third, at: Sample.noon(3), by: "relay", outcome: refused)
        #expect(try store.undeliveredMail(since: Sample.noon(0)).map(\.letter) == [third])
    }

    @Test func anAddressNamedTwiceGetsTheLetterOnce() async throws {
        let place = try TemporaryStore()
        let store = try place.open()
        let key = try Sample.key()
        let letter = Letter(messageID: "<2@x>", agency: nil, sender: "d@x.test", recipients: ["a@x.test", "a@x.test"], subject: "s", bytes: [])

        try await store.commit(
            Judgement(transitions: [try Sample.transition(key, nil, .firing)], letters: [.init(letter, of: [key])], at: Sample.noon()))

        #expect(try store.outbox().first?.recipients.map(\.address) == ["a@x.test"])
    }
}
