import Control
import Model
import Reports
import Store

extension Desk {
    func answersList(all: Bool, agency: AgencyCode?) throws(Failure) -> Document {
        if let agency { _ = try self.agency(agency) }
        let mails = try reading { () throws(StoreError) in try store.incoming(onlyOpen: !all && agency == nil, agency: agency) }
        return Document([.sheet(AnswersReport.sheet(mails, onlyOpen: !all && agency == nil, language: language))])
    }

    func answersShow(_ id: Int64) throws(Failure) -> Document {
        guard let mail = try reading({ () throws(StoreError) in try store.incoming(id) }) else { throw noMail(id) }
        return AnswersReport.document(mail, language: language)
    }

    func answersFile(_ id: Int64, number: Int) throws(Failure) -> Payload {
        guard let bytes = try reading({ () throws(StoreError) in try store.file(number, ofMail: id) }) else {
            throw Failure(
                .unknownID, language == .vietnamese ? "thư đến số \(id) không có tệp số \(number)" : "mail \(id) has no file \(number)",
                hint: "dondoc answers show \(id)")
        }
        return Payload(bytes)
    }

    func contactsList() throws(Failure) -> Document {
        let addresses = try reading { () throws(StoreError) in try store.bouncedAddresses() }
        return Document([.sheet(ContactsReport.sheet(addresses, register: core.register, on: today, language: language))])
    }

    func mailboxStatus() throws(Failure) -> Document {
        guard let entry = try mailboxEntry() else { throw noMailbox }
        return Document([.sheet(MailboxReport.sheet(entry, language: language))])
    }

    /// How far the mailbox is read and what waits in it; nil when none is configured.
    func mailboxEntry() throws(Failure) -> MailboxEntry? {
        guard let mailbox = core.province.mail?.mailbox else { return nil }
        return try reading { () throws(StoreError) in
            MailboxEntry(
                account: mailbox.account, state: try store.mailboxState(of: mailbox.account),
                waiting: try store.incoming(onlyOpen: true, limit: 10_000).count, bounced: try store.bouncedAddresses().count)
        }
    }

    /// The failure of whoever asks for a mailbox that is not configured.
    public var noMailbox: Failure {
        Failure(
            .refused, language == .vietnamese ? "dondoc.yaml không có phần mail.mailbox" : "dondoc.yaml has no mail.mailbox section",
            hint: "docs/configuration.md")
    }

    private func noMail(_ id: Int64) -> Failure {
        Failure(
            .unknownID, language == .vietnamese ? "không có thư đến số \(id)" : "there is no mail \(id)", hint: "dondoc answers list --all")
    }
}
