import CCurl

/// What the exchange thread does until it is closed. Everything here belongs to that thread alone.
final class ExchangeLoop {
    private struct Running {
        let number: UInt64
        let exchange: Exchange
        let handle: EasyHandle
    }

    private let multi: MultiHandle
    private let mailbox: Mailbox
    private var admission: Admission
    private var waiting: [UInt64: Exchange] = [:]
    private var running: [UnsafeMutableRawPointer: Running] = [:]
    private var idleHandles: [EasyHandle] = []

    init(multi: MultiHandle, mailbox: Mailbox, admission: Admission) {
        self.multi = multi
        self.mailbox = mailbox
        self.admission = admission
    }

    /// Returns after `Mailbox.close`, when every caller has been answered and every connection closed.
    func run() {
        while true {
            let post = mailbox.collect()
            post.orders.forEach(accept)
            post.withdrawals.forEach(withdraw)
            if post.isClosing { break }
            startAdmitted()
            multi.perform()
            while let (handle, code) = multi.nextEnded() { end(handle, code) }
            startAdmitted()
            // Orders and sockets wake us; the second is for what libcurl does not watch by itself, such as a speed.
            multi.wait(milliseconds: running.isEmpty ? 600_000 : 1000)
        }
        waiting.values.forEach { $0.fail(.shutDown) }
        for transfer in running.values {
            multi.remove(transfer.handle)
            transfer.exchange.fail(.shutDown)
        }
        running = [:]
        idleHandles = []
        mailbox.stopWaking()
        multi.close()
    }

    private func accept(_ order: Mailbox.Order) {
        let exchange = order.make()
        if order.ticket.isWithdrawn {
            exchange.fail(.cancelled)
        } else if admission.enqueue(order.ticket.number, host: order.host) {
            waiting[order.ticket.number] = exchange
        } else {
            exchange.fail(.crowded(limit: admission.room))
        }
    }

    private func withdraw(_ number: UInt64) {
        if let exchange = waiting.removeValue(forKey: number) {
            admission.leave(number)
            exchange.fail(.cancelled)
        } else if let transfer = running.values.first(where: { $0.number == number }) {
            multi.remove(transfer.handle)
            release(transfer)
            transfer.exchange.fail(.cancelled)
        }
    }

    private func startAdmitted() {
        while let number = admission.next() {
            guard let exchange = waiting.removeValue(forKey: number) else {
                admission.leave(number)
                continue
            }
            guard let handle = idleHandles.popLast() ?? EasyHandle() else {
                admission.leave(number)
                exchange.fail(.unexpected(code: Int(CURLE_FAILED_INIT.rawValue)))
                continue
            }
            begin(Running(number: number, exchange: exchange, handle: handle))
        }
    }

    /// Starts a transfer, or the next hop of one.
    private func begin(_ transfer: Running) {
        transfer.handle.reset()
        running[transfer.handle.pointer] = transfer
        do throws(TransportError) {
            try transfer.exchange.configure(transfer.handle)
        } catch {
            release(transfer)
            transfer.exchange.fail(error)
            return
        }
        let refusal = transfer.handle.refusal
        guard refusal == nil, multi.add(transfer.handle) else {
            release(transfer)
            transfer.exchange.fail(.unexpected(code: Int((refusal ?? CURLE_FAILED_INIT).rawValue)))
            return
        }
    }

    private func end(_ pointer: UnsafeMutableRawPointer, _ code: CURLcode) {
        guard let transfer = running[pointer] else { return }
        multi.remove(transfer.handle)
        guard transfer.exchange.finish(code, transfer.handle) else { return begin(transfer) }
        release(transfer)
    }

    private func release(_ transfer: Running) {
        running[transfer.handle.pointer] = nil
        admission.leave(transfer.number)
        transfer.handle.reset()
        idleHandles.append(transfer.handle)
    }
}
