extension Store {
    /// Bounds the file anew, as a reload asks for it; nil takes the bound away. One below the present size stops growth where it is.
    ///
    /// - Throws: when the connection that writes cannot be had.
    public func bound(to maximumBytes: Int?) async throws(StoreError) {
        do {
            try await pool.writeWithoutTransaction { try Opening.limit($0, to: maximumBytes) }
        } catch {
            throw StoreError(error, operation: "bounding the store", path: path)
        }
    }
}
