/// Names of folders as they go over the wire: in quotation marks, letters beyond ASCII in the modified UTF-7 of RFC 3501.
enum FolderName {
    static func quoted(_ name: String) -> String {
        var wire = ""
        var pending: [UInt16] = []
        func flush() {
            guard !pending.isEmpty else { return }
            wire += "&" + base64(pending.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }) + "-"
            pending = []
        }
        for unit in name.utf16 {
            guard (0x20...0x7E).contains(unit) else {
                // Line ends and other control signs would end the command.
                if unit >= 0xA0 { pending.append(unit) }
                continue
            }
            flush()
            switch UInt8(unit) {
            case UInt8(ascii: "&"): wire += "&-"
            case UInt8(ascii: "\""): wire += "\\\""
            case UInt8(ascii: "\\"): wire += "\\\\"
            default: wire.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            }
        }
        flush()
        return "\"\(wire)\""
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,")
        var text = ""
        var index = 0
        while index < bytes.count {
            let group = bytes[index...].prefix(3)
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for digit in 0...group.count { text.append(digits[Int(bits >> (18 - 6 * UInt32(digit)) & 63)]) }
            index += 3
        }
        return text
    }
}
