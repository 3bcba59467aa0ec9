import Crypto
import GRDB
import Model

/// What is kept of a token: enough to know it again, not enough to be it.
public struct TokenDigest: Hashable, Sendable {
    let bytes: [UInt8]

    /// A plain SHA-256 is enough: tokens are 256 random bits, which no dictionary holds.
    public init(of token: String) { bytes = Array(SHA256.hash(data: Array(token.utf8))) }

    init(_ blob: Blob) { bytes = blob.bytes }

    /// Equality that takes the same time wherever two digests differ.
    public func isSame(as other: TokenDigest) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        return zip(bytes, other.bytes).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A token as it is made: whose, for how long, by whom.
public struct NewPushToken: Sendable {
    public let sender: PushSender
    public let prefix: String
    public let digest: TokenDigest
    public let createdAt: Instant
    public let createdBy: String
    public let expiresAt: Instant?

    public init(sender: PushSender, prefix: String, digest: TokenDigest, createdAt: Instant, createdBy: String, expiresAt: Instant?) {
        self.sender = sender
        self.prefix = prefix
        self.digest = digest
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
    }
}

/// A token as it is kept.
public struct KeptPushToken: Hashable, Sendable {
    public let token: PushToken
    public let digest: TokenDigest
}

extension Store {
    /// All tokens that were ever made, the oldest first.
    public func pushTokens() throws(StoreError) -> [KeptPushToken] {
        try read("reading push tokens") { db in
            try GRDB.Row.fetchAll(db, sql: "SELECT * FROM push_token ORDER BY id").map(TokenRows.kept)
        }
    }

    /// Keeps a new token and sets an earlier end to those of its sender that are still accepted; both or neither.
    ///
    /// - Parameter othersEnd: nil leaves the others alone.
    public func add(_ token: NewPushToken, othersEnd: Instant? = nil) async throws(StoreError) {
        try await write("keeping a push token") { db in
            if let othersEnd {
                try db.execute(
                    sql: """
                        UPDATE push_token SET expires_at = ?1
                        WHERE name = ?2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?1)
                        """, arguments: [othersEnd.milliseconds, token.sender.name])
            }
            try TokenRows.insert(token, db)
        }
    }

    /// Ends all tokens of a sender that are not revoked, at once, and returns how many that were.
    public func revokePushTokens(of name: String, by actor: AlertActor, at instant: Instant) async throws(StoreError) -> Int {
        try await write("revoking push tokens") { db in
            try db.execute(
                sql: "UPDATE push_token SET revoked_at = ?, revoked_by = ?, revoked_why = ? WHERE name = ? AND revoked_at IS NULL",
                arguments: [instant.milliseconds, actor.name, actor.why, name])
            return db.changesCount
        }
    }

    /// Notes when tokens were last used, by their numbers.
    public func noteUses(_ uses: [Int64: Instant]) async throws(StoreError) {
        try await write("noting uses of push tokens") { db in
            for (id, instant) in uses.sorted(by: { $0.key < $1.key }) {
                try db.execute(
                    sql: "UPDATE push_token SET last_used = ?1 WHERE id = ?2 AND (last_used IS NULL OR last_used < ?1)",
                    arguments: [instant.milliseconds, id])
            }
        }
    }
}

/// Rows of the table `push_token`.
private enum TokenRows {
    static func insert(_ token: NewPushToken, _ db: Database) throws {
        let scope = token.sender.scope
        try db.execute(
            sql: """
                INSERT INTO push_token (name, prefix, sha256, agencies, includes_below, measures, created_at, created_by, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                token.sender.name, token.prefix, Blob(token.digest.bytes), try JSONText.encode(scope.agencies), scope.includesBelow,
                try scope.measures.map { try JSONText.encode($0) }, token.createdAt.milliseconds, token.createdBy, token.expiresAt?.milliseconds,
            ])
    }

    static func kept(_ row: GRDB.Row) throws -> KeptPushToken {
        let measures: String? = row["measures"]
        let scope = PushScope(
            agencies: try JSONText.decode([AgencyCode].self, from: row["agencies"]), includesBelow: row["includes_below"],
            measures: try measures.map { try JSONText.decode([MeasureID].self, from: $0) })
        let revoker: String? = row["revoked_by"]
        let token = PushToken(
            id: row["id"], sender: PushSender(name: row["name"], scope: scope), prefix: row["prefix"],
            createdAt: Instant(milliseconds: row["created_at"]), createdBy: row["created_by"], expiresAt: Instant(optional: row["expires_at"]),
            revokedAt: Instant(optional: row["revoked_at"]), revokedBy: revoker.map { AlertActor(name: $0, why: row["revoked_why"] ?? "") },
            lastUsed: Instant(optional: row["last_used"]))
        return KeptPushToken(token: token, digest: TokenDigest(Blob(row["sha256"])))
    }
}
