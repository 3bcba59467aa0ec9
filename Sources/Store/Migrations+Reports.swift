extension Migrations {
    /// When each report was last written: digests, summaries, rejections by source.
    static let reports = """
        CREATE TABLE written_report (name TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """
}
