import Assembly
import Control
import Model
import Reports
import Store

extension FrontDesk {
    /// Does what an operator says about the mailbox, its mails and addresses that bounced; nil for other requests.
    func mailbox(_ request: Request, _ desk: Desk) async throws(Failure) -> Response? {
        switch request {
        case .mailboxRun: return try runMailbox(desk)
        case .answersAssign(let id, let key, let by): return try await assign(id, to: key, by: by, desk)
        case .contactsClear(let address, let by): return try await clear(address, by: by, desk)
        default: return nil
        }
    }

    private func runMailbox(_ desk: Desk) throws(Failure) -> Response {
        guard live.current.configuration.core.province.mail?.mailbox != nil else { throw desk.noMailbox }
        mailboxBell.ring()
        let text =
            desk.language == .vietnamese
            ? "Hộp thư đang được đọc; xem kết quả bằng dondoc mailbox status." : "The mailbox is being read; dondoc mailbox status shows what came."
        return .document(Document([.text(text)]))
    }

    private func assign(_ id: Int64, to key: AlertKey, by name: String, _ desk: Desk) async throws(Failure) -> Response {
        let isNew: Bool
        do throws(StoreError) {
            isNew = try await store.assign(mail: id, to: key, by: name, at: time.now())
        } catch {
            throw Failure(error, desk.language, code: error.kind == .missing ? .unknownID : .failed)
        }
        guard isNew else {
            throw Failure(
                .refused,
                desk.language == .vietnamese
                    ? "thư đến số \(id) đã là trả lời của cảnh báo này" : "mail \(id) is the answer to this alert already",
                hint: "dondoc alerts show \(key)")
        }
        return desk.answer(.answersShow(id: id))
    }

    private func clear(_ address: String, by name: String, _ desk: Desk) async throws(Failure) -> Response {
        let isCleared: Bool
        do throws(StoreError) { isCleared = try await store.clearBounced(address) } catch { throw Failure(error, desk.language) }
        guard isCleared else {
            throw Failure(
                .unknownID,
                desk.language == .vietnamese ? "thư gửi tới '\(address)' không bị trả lại" : "no letter to '\(address)' came back",
                hint: "dondoc contacts list")
        }
        logger.notice("letters go to an address again", metadata: ["address": "\(address)", "by": "\(name)"])
        return desk.answer(.contactsList)
    }
}
