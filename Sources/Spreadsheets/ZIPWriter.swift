/// Writes a ZIP file: deflated entries in the order given, without times of its own, so that the same contents are the same bytes.
public struct ZIPWriter {
    private var bytes: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    public init() {}

    /// Adds an entry under a name that no other one has.
    public mutating func add(_ name: String, _ contents: [UInt8]) {
        let packed = Inflation.deflated(contents)
        // Version 2.0, names in UTF-8, deflate, 1 January 1980.
        let common =
            ZIPWriter.number(20, 2) + ZIPWriter.number(0x0800, 2) + ZIPWriter.number(8, 2) + ZIPWriter.number(0, 2) + ZIPWriter.number(0x0021, 2)
            + ZIPWriter.number(Int(Inflation.checksum(contents)), 4) + ZIPWriter.number(packed.count, 4) + ZIPWriter.number(contents.count, 4)
            + ZIPWriter.number(name.utf8.count, 2) + ZIPWriter.number(0, 2)
        directory += ZIPWriter.number(0x0201_4B50, 4) + ZIPWriter.number(20, 2) + common
        directory += [UInt8](repeating: 0, count: 10) + ZIPWriter.number(bytes.count, 4) + name.utf8
        bytes += ZIPWriter.number(0x0403_4B50, 4) + common + name.utf8 + packed
        count += 1
    }

    /// The whole file.
    public func finished() -> [UInt8] {
        let start = bytes.count
        let end =
            ZIPWriter.number(0x0605_4B50, 4) + ZIPWriter.number(0, 4) + ZIPWriter.number(count, 2) + ZIPWriter.number(count, 2)
            + ZIPWriter.number(directory.count, 4) + ZIPWriter.number(start, 4) + ZIPWriter.number(0, 2)
        return bytes + directory + end
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
