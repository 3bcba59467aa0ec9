import Transport

extension FetchAnswer {
    /// The first line of what the other side says, made fit for one line of ours, behind a space; empty when it says nothing.
    var excerpt: String {
        let line = String(decoding: body.prefix { $0 != UInt8(ascii: "\n") }.prefix(300), as: UTF8.self)
        let printable = String(line.map { $0.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) } ? $0 : " " })
        return printable.isEmpty ? "" : " " + printable
    }
}
