/// The one address that a header such as `"Văn thư" <vanthu@xa.example>` names (RFC 5322, 3.4).
///
/// What can be read in two ways names nobody: several addresses, groups, quotation marks, comments or brackets that do not close, a name that is
/// another address. Whoever read it otherwise than the server that checked the mail would let a stranger speak for an agency:
/// `"x\" <vanthu@xa.example>" <ai.do@la.example>` comes from la.example.
public enum MailAddressText {
    /// Longer than any name and address of a person.
    private static let longest = 2000

    /// In lower case; empty when there is not exactly one.
    public static func address(in header: String) -> String {
        guard header.utf8.count <= longest, let pieces = Pieces(header) else { return "" }
        let outside = String(decoding: pieces.outside, as: UTF8.self).trimmed
        guard let bracketed = pieces.bracketed else { return pieces.hasQuotation ? "" : checked(outside) }
        let address = checked(String(decoding: bracketed, as: UTF8.self).trimmed)
        return outside.utf8.contains(UInt8(ascii: "@")) && checked(outside) != address ? "" : address
    }

    /// What comes after the `@`; empty when there is none.
    static func domain(of address: String) -> String { address.split(separator: "@").dropFirst().last.map(String.init) ?? "" }

    /// Plain ASCII before it becomes lower case, because letters of other scripts become ASCII by that.
    private static func checked(_ address: String) -> String {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), address.utf8.count <= 254,
            address.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !"()<>[]:;,\\\"".utf8.contains($0) })
        else { return "" }
        return address.lowercased()
    }

    /// A header taken apart, byte by byte: an accent on a quotation mark makes no other sign of it.
    private struct Pieces {
        /// What stands neither in angle brackets nor in quotation marks nor in comments.
        var outside: [UInt8] = []
        /// What stands in the angle brackets; nil without any.
        var bracketed: [UInt8]?
        var hasQuotation = false

        /// Nil for what is no single address, or none that everybody reads alike.
        init?(_ header: String) {
            var rest = Array(header.utf8)[...]
            while let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "\""):
                    guard bracketed == nil, Pieces.skipQuotation(&rest) else { return nil }
                    hasQuotation = true
                case UInt8(ascii: "("):
                    guard Pieces.skipComment(&rest) else { return nil }
                    outside.append(32)
                case UInt8(ascii: "<"):
                    guard bracketed == nil, let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
                    bracketed = Array(rest[..<end])
                    rest = rest[(end + 1)...]
                case 32, 9: outside.append(32)
                case 0..<32, 127: return nil
                default:
                    guard bracketed == nil, !">,;:)\\".utf8.contains(byte) else { return nil }
                    outside.append(byte)
                }
            }
        }

        private static func skipQuotation(_ rest: inout ArraySlice<UInt8>) -> Bool {
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { return true }
                if byte == UInt8(ascii: "\\") { rest = rest.dropFirst() }
            }
            return false
        }

        /// Comments nest.
        private static func skipComment(_ rest: inout ArraySlice<UInt8>) -> Bool {
            var depth = 1
            while depth > 0, let byte = rest.popFirst() {
                switch byte {
                case UInt8(ascii: "("): depth += 1
                case UInt8(ascii: ")"): depth -= 1
                case UInt8(ascii: "\\"): rest = rest.dropFirst()
                default: break
                }
            }
            return depth == 0
        }
    }
}
