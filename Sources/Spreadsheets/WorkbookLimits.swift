/// How much of a workbook is read before it is called hostile. Agencies' sheets have hundreds of rows; these are a thousand times as much.
public struct WorkbookLimits: Hashable, Sendable {
    /// Entries of the ZIP file. Workbooks with pictures and comments have some dozens.
    public var entries = 4_096
    /// Bytes of one entry and of all that are read, unpacked.
    public var entryBytes = 48_000_000
    public var unpackedBytes = 96_000_000
    /// How many times larger an entry may unpack than it is packed; applied above a megabyte, because small texts repeat themselves.
    public var ratio = 200
    /// Cells with something in them, in all sheets.
    public var cells = 400_000
    /// Excel's own bounds: column XFD and row 1 048 576.
    public var columns = 16_384
    public var rows = 1_048_576
    /// Texts of the shared table, and the most characters of one text (Excel's own bound).
    public var sharedTexts = 400_000
    public var textLength = 32_767
    public var sheets = 256
    /// Merged areas of a sheet.
    public var merges = 20_000
    /// How deep elements may be nested.
    public var depth = 64

    public init() {}
}
