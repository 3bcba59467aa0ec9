/// The character sets that mails in Viet Nam are written in. Others are not guessed at: the reader says so and the bytes stay as they are.
enum Charset {
    /// The text in a named set; nil when the set is not known here.
    static func text(_ bytes: some Collection<UInt8>, in name: String) -> String? {
        switch name.lowercased().trimmed {
        case "utf-8", "utf8", "us-ascii", "ascii", "": String(decoding: bytes, as: UTF8.self)
        case "iso-8859-1", "latin1", "windows-1252", "cp1252": single(bytes) { western[Int($0)] }
        case "windows-1258", "cp1258": single(bytes) { vietnamese[Int($0)] }
        case "utf-16", "utf-16be": pairs(bytes, littleEndian: false)
        case "utf-16le": pairs(bytes, littleEndian: true)
        default: nil
        }
    }

    /// Text whose set nobody named: UTF-8 when it can be, otherwise a byte a letter, so that nothing is lost.
    static func guessed(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? single(bytes) { western[Int($0)] }
    }

    private static func single(_ bytes: some Collection<UInt8>, _ map: (UInt8) -> UInt32) -> String {
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(Unicode.Scalar(map(byte)) ?? "\u{FFFD}") }
        return String(text)
    }

    /// A mark of the byte order at the beginning overrules what the name says.
    private static func pairs(_ bytes: some Collection<UInt8>, littleEndian: Bool) -> String {
        var rest = Array(bytes)[...]
        var isLittle = littleEndian
        if rest.starts(with: [0xFF, 0xFE]) || rest.starts(with: [0xFE, 0xFF]) {
            isLittle = rest.first == 0xFF
            rest = rest.dropFirst(2)
        }
        var units: [UInt16] = []
        while let first = rest.popFirst(), let second = rest.popFirst() {
            units.append(isLittle ? UInt16(second) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(second))
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// ISO 8859-1 with Windows' signs where ISO has control characters: what says the first is the second more often than not.
    private static let western: [UInt32] = {
        var table = (0..<256).map { UInt32($0) }
        let signs: [UInt32] = [
            0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
            0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
        ]
        table.replaceSubrange(0x80..<0xA0, with: signs)
        return table
    }()

    /// Windows' Vietnamese: five combining tones, and the letters that Western Europe lacks.
    private static let vietnamese: [UInt32] = {
        var table = western
        for undefined in [0x8A, 0x8E, 0x9A, 0x9E] { table[undefined] = 0xFFFD }
        let letters: [Int: UInt32] = [
            0xC3: 0x0102, 0xCC: 0x0300, 0xD0: 0x0110, 0xD2: 0x0309, 0xD5: 0x01A0, 0xDD: 0x01AF, 0xDE: 0x0303,
            0xE3: 0x0103, 0xEC: 0x0301, 0xF0: 0x0111, 0xF2: 0x0323, 0xF5: 0x01A1, 0xFD: 0x01B0, 0xFE: 0x20AB,
        ]
        for (byte, letter) in letters { table[byte] = letter }
        return table
    }()
}
