/// Undoes what a mail's body went through on its way (Content-Transfer-Encoding). Signs that do not belong there are passed over.
enum TransferDecoding {
    /// The body as it was before; `7bit`, `8bit`, `binary` and what nobody knows are left as they are.
    static func decoded(_ bytes: ArraySlice<UInt8>, _ encoding: String) -> [UInt8] {
        switch encoding.lowercased().trimmed {
        case "base64": base64(bytes)
        case "quoted-printable": quotedPrintable(bytes)
        default: Array(bytes)
        }
    }

    /// Ends at the first `=`; line ends and anything else that is no digit are passed over.
    static func base64(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in bytes {
            if byte == UInt8(ascii: "=") { break }
            let digit = digits[Int(byte)]
            guard digit < 64 else { continue }
            bits = (bits << 6 | UInt32(digit)) & 0xFFFFFF
            count += 1
            if count % 4 == 0 { decoded += [UInt8(bits >> 16 & 255), UInt8(bits >> 8 & 255), UInt8(bits & 255)] }
        }
        if count % 4 == 3 { decoded += [UInt8(bits >> 10 & 255), UInt8(bits >> 2 & 255)] }
        if count % 4 == 2 { decoded.append(UInt8(bits >> 4 & 255)) }
        return decoded
    }

    /// `=41` is a byte, `=` at the end of a line joins it with the next; a `=` that is neither stays.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>, underlineIsBlank: Bool = false) -> [UInt8] {
        var decoded: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let rest = bytes[(index + 1)...]
            if byte == UInt8(ascii: "_"), underlineIsBlank {
                decoded.append(32)
            } else if byte != UInt8(ascii: "=") {
                decoded.append(byte)
            } else if let high = rest.first?.hexadecimalDigit, let low = rest.dropFirst().first?.hexadecimalDigit {
                decoded.append(high << 4 | low)
                index += 2
            } else if rest.first == 10 {
                index += 1
            } else if rest.first == 13, rest.dropFirst().first == 10 {
                index += 2
            } else {
                decoded.append(byte)
            }
            index += 1
        }
        return decoded
    }

    private static let digits: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, byte) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() { table[Int(byte)] = UInt8(value) }
        return table
    }()
}

extension UInt8 {
    /// What it counts as a hexadecimal digit.
    var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - 48
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - 55
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - 87
        default: nil
        }
    }
}
