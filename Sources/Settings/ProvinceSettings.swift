import Model

/// What dondoc.yaml says: who the province is, where things are, how mail leaves.
public struct ProvinceSettings: Hashable, Sendable {
    public var language: Language
    public var province: AgencyCode
    public var provinceName: String
    public var store: StoreSettings
    public var listen: ListenSettings
    /// Nil: alerts are judged and shown, and no letters are written.
    public var mail: MailSettings?
    public var limits: LimitSettings
    /// When rules are judged beside after each delivery.
    public var judge: CronExpression
    /// Nil: no backups are made by the daemon.
    public var backup: BackupSettings?
    /// Working days after the end of a month within which its figures may still change without remark.
    public var closedAfter = ProvinceSettings.usualGrace
    /// The stores of others that get a copy of the figures.
    public var remoteWrite: [RemoteWriteSettings] = []
    /// When and how much agencies are told.
    public var urging = UrgingSettings()

    /// What provinces give their agencies to report in (NĐ 09/2019/NĐ-CP điều 8 asks for at least one).
    public static let usualGrace = 2
}

/// When the daemon backs up its database, where to, and which backups stay.
public struct BackupSettings: Hashable, Sendable {
    public var directory: String
    public var schedule: CronExpression
    public var rotation: BackupRotation
    /// The age recipient that backups are encrypted for; nil leaves them readable.
    public var ageRecipient: String?
}

/// Where figures are kept, and for how long the bytes they came from.
public struct StoreSettings: Hashable, Sendable {
    /// The database file.
    public var path: String
    /// How long the raw bytes of deliveries are kept; figures stay.
    public var keepRaw: Duration
    /// How long figures, their replaced values, and what alerts went through are kept.
    public var keepFigures: Duration
    public var keepHistory: Duration
    public var keepTransitions: Duration
    /// How long mails are kept that agencies answered with; those that are nobody's answer go after ninety days at the latest.
    public var keepAnswers: Duration
    /// Figures are packed when their month ended this many days ago. What is restated later is packed again.
    public var packAfterDays: Int
    /// The most the database may grow to; nil for as much as the disk holds.
    public var maximumBytes: Int?
}

/// Where the daemon listens.
public struct ListenSettings: Hashable, Sendable {
    /// The path of the unix socket for the command line.
    public var control: String
    /// Where figures can be scraped; nil for nowhere.
    public var metrics: ListenAddress?
}

/// An address and port of this machine.
public struct ListenAddress: Hashable, Sendable {
    public var host: String
    public var port: Int

    /// `127.0.0.1:9460` or `[::1]:9460`; nil for anything else. Port 0 lets the system choose one.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65_535).contains(port) else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(" ") else { return nil }
        self.host = String(host)
        self.port = port
    }
}

/// How much at once and how much at most.
public struct LimitSettings: Hashable, Sendable {
    public var concurrentFetches: Int
    public var concurrentFetchesPerHost: Int
    /// The most bytes of one answer, decompressed; a source may set less.
    public var answerBytes: Int
    /// How long a stop may take.
    public var shutdown: Duration
}

/// A name and an address, as a From header shows them.
public struct MailAddress: Hashable, Sendable {
    public var name: String
    public var address: String

    public init(name: String, address: String) {
        self.name = name
        self.address = address
    }

    /// What stands behind the @.
    public var domain: String { address.split(separator: "@").last.map(String.init) ?? "" }

    /// Whether a text has the form of one plain address: something without blanks, an @, a domain with a dot.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 254 else { return false }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDomainByte) } && parts[0].utf8.allSatisfy(isLocalByte)
    }

    private static func isDomainByte(_ byte: UInt8) -> Bool {
        byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "-")
    }

    private static func isLocalByte(_ byte: UInt8) -> Bool {
        isDomainByte(byte) || "!#$%&'*+/=?^_`{|}~.".utf8.contains(byte)
    }
}
