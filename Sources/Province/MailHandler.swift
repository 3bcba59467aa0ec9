import NIOCore

/// Cuts a connection into lines, lets the session answer them, and keeps letters before it says so. Clients too many, and those that say
/// nothing for too long, are sent away.
///
/// Lives on its channel's event loop only, behind an `IdleStateHandler`.
final class MailHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var session = MailSession()
    private var line: [UInt8] = []
    private var isInside = false
    private let letterbox: Letterbox
    private let door: MailDoor

    init(letterbox: Letterbox, door: MailDoor) {
        self.letterbox = letterbox
        self.door = door
    }

    func channelActive(context: ChannelHandlerContext) {
        isInside = door.enter()
        guard isInside else {
            say("421 4.7.0 too many connections", context)
            context.close(promise: nil)
            return
        }
        say("220 demo.sonla.example ESMTP mail catcher of the demo", context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if isInside { door.leave() }
        isInside = false
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is IdleStateHandler.IdleStateEvent else { return context.fireUserInboundEventTriggered(event) }
        say("421 4.4.2 nothing was said for too long", context)
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        for byte in unwrapInboundIn(data).readableBytesView {
            guard byte == 0x0A else {
                line.append(byte)
                guard line.count <= MailSession.longestLine else {
                    say("500 5.5.2 line too long", context)
                    context.close(promise: nil)
                    return
                }
                continue
            }
            if line.last == 0x0D { line.removeLast() }
            let action = session.handle(line)
            line.removeAll(keepingCapacity: true)
            switch action {
            case .reply(let text): say(text, context)
            case .silence: break
            case .take(let letter): say(letterbox.keep(letter) ? "250 2.0.0 Ok: caught" : "452 4.3.1 no room", context)
            case .close(let text):
                say(text, context)
                context.close(promise: nil)
                return
            }
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(context.channel.allocator.buffer(string: text + "\r\n")), promise: nil)
    }
}
