extension Migrations {
    /// Which delivery took another one back. What a delivery had said that is neither there nor replaced by a value was taken away by it.
    static let retraction = "ALTER TABLE delivery ADD COLUMN retracted_by INTEGER;"
}
