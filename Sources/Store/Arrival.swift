import Crypto
import Model

/// A mail on its way into the store, with everything that follows from it.
public struct Arrival: Sendable {
    /// An address that a letter came back from.
    public struct Bounce: Hashable, Sendable {
        /// In lower case.
        public let address: String
        public let status: String
        public let diagnostic: String

        public init(address: String, status: String, diagnostic: String) {
            self.address = address
            self.status = status
            self.diagnostic = diagnostic
        }
    }

    /// Where it lay: with this the store knows how far the folder was read.
    public struct Place: Hashable, Sendable {
        /// The server and the folder.
        public let account: String
        public let validity: UInt32
        public let uid: UInt32

        public init(account: String, validity: UInt32, uid: UInt32) {
            self.account = account
            self.validity = validity
            self.uid = uid
        }
    }

    /// `alerts` are those that get an answer by it.
    public var mail: ReceivedMail
    /// The words of the answer, apart.
    public var cause = ""
    public var plan = ""
    /// Addresses of the mail's letter that did not get it.
    public var bounces: [Bounce] = []
    public var findings: [Finding] = []
    let place: Place
    let bodyHash: [UInt8]
    private(set) var documents: [EvidenceRows.Document] = []

    /// - Parameters:
    ///   - bytes: the mail as it was fetched; it is hashed, not kept.
    ///   - files: what came along, kept as evidence.
    public init(_ mail: ReceivedMail, bytes: [UInt8], at place: Place, files: [(name: String, bytes: [UInt8])] = []) throws(StoreError) {
        self.mail = mail
        self.place = place
        let body = Arrival.body(of: bytes)
        // Without a Message-ID the head is what tells two mails with the same words apart.
        bodyHash = Array(SHA256.hash(data: mail.messageID.isEmpty ? bytes : Array(body)))
        do { documents = try files.map { try EvidenceRows.Document(name: $0.name, bytes: $0.bytes) } } catch {
            throw StoreError(error, operation: "compressing the files of a mail", path: "")
        }
    }

    private static func body(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: 10) {
            let line = bytes[start..<end]
            start = end + 1
            if line.isEmpty || line.elementsEqual([13]) { return bytes[start...] }
        }
        return []
    }
}
