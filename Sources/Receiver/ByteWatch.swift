import NIOCore

/// Stands before the HTTP decoder and says that bytes came: the decoder keeps a header to itself until it is complete, and a sender that is
/// slow with it must not look like one that is idle.
final class ByteWatch: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The event that says so.
    struct BytesCame: Sendable {}

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.fireUserInboundEventTriggered(BytesCame())
        context.fireChannelRead(data)
    }
}
