import Testing

@testable import Receiver

/// The states of one connection, without a socket.
@Suite struct ConversationTests {
    /// A conversation after some events, with the last action.
    private func after(_ events: Conversation.Event...) -> (conversation: Conversation, last: Conversation.Action) {
        var conversation = Conversation()
        var last = Conversation.Action.nothing
        for event in events { last = conversation.handle(event) }
        return (conversation, last)
    }

    @Test func requestWithABodyIsAdmittedReadWorkedOnAndAnswered() {
        var conversation = Conversation()
        let events: [Conversation.Event] = [.bytes, .head, .piece, .admitted, .piece, .end, .answered(keepsAlive: true), .written]

        let actions = events.map { conversation.handle($0) }

        #expect(actions == [.nothing, .admit, .keep, .receive, .keep, .work, .write, .next])
        #expect(conversation.phase == .idle)
    }

    @Test func bodyThatIsCompleteBeforeItIsAdmittedIsWorkedOnAtOnce() {
        let (conversation, last) = after(.bytes, .head, .piece, .end, .admitted)

        #expect(last == .work)
        #expect(conversation.isComplete)
    }

    @Test func answerBeforeTheEndOfTheBodyClosesTheConnectionAfterDrainingIt() {
        var (conversation, last) = after(.bytes, .head, .answered(keepsAlive: true), .written)
        #expect(last == .nothing)
        #expect(conversation.phase == .draining)
        #expect(conversation.closes)

        last = conversation.handle(.piece)
        #expect(last == .nothing)
        last = conversation.handle(.end)
        #expect(last == .close)
    }

    @Test func answerAfterTheEndKeepsTheConnectionUnlessTheSenderWantsItClosed() {
        #expect(after(.head, .end, .answered(keepsAlive: true), .written).last == .next)
        #expect(after(.head, .end, .answered(keepsAlive: false), .written).last == .close)
    }

    @Test func lateSenderIsToldOnlyWhenItBeganARequest() {
        #expect(after(.deadline).last == .close)
        #expect(after(.bytes, .deadline).last == .turnAway(.late))
        #expect(after(.bytes, .head, .admitted, .deadline).last == .turnAway(.late))
        #expect(after(.head, .end, .answered(keepsAlive: true), .written, .deadline).last == .close)
        #expect(after(.head, .end, .answered(keepsAlive: true), .written, .bytes, .deadline).last == .turnAway(.late))
        #expect(after(.bytes, .head, .answered(keepsAlive: true), .written, .deadline).last == .close)
    }

    @Test func daemonAtWorkHasNoDeadline() {
        #expect(after(.head, .deadline).last == .nothing)
        #expect(after(.head, .end, .admitted, .deadline).last == .nothing)
    }

    @Test func brokenRequestIsToldOnceAndTheConnectionCloses() {
        var (conversation, last) = after(.bytes, .broken)
        #expect(last == .turnAway(.noHTTP))
        #expect(conversation.closes)
        last = conversation.handle(.written)
        #expect(last == .close)
        last = conversation.handle(.broken)
        #expect(last == .nothing)
    }

    @Test func whatFollowsAGoodRequestAndIsNoHTTPDoesNotTakeItsAnswer() {
        let (conversation, last) = after(.head, .end, .admitted, .broken)

        #expect(last == .nothing)
        #expect(conversation.phase == .working)
    }

    @Test func goodRequestIsWorkedOnThoughWhatFollowsIsNoHTTPBeforeItIsAdmitted() {
        var conversation = Conversation()
        let events: [Conversation.Event] = [.bytes, .head, .piece, .end, .broken, .admitted, .answered(keepsAlive: true), .written]

        let actions = events.map { conversation.handle($0) }

        #expect(actions == [.nothing, .admit, .keep, .nothing, .nothing, .work, .write, .close])
    }
}
