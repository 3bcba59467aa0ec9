extension Migrations {
    /// Who brought a delivery as a file, and what the file was called; both null for what was pulled or pushed.
    static let importing = """
        ALTER TABLE delivery ADD COLUMN imported_by TEXT;
        ALTER TABLE delivery ADD COLUMN file_name TEXT;
        """
}
