/// The electronic identifier of an agency (mã định danh điện tử, QĐ 20/2020/QĐ-TTg), such as `H52.07`. Codes are keys; names never are.
public struct AgencyCode: Hashable, Comparable, Sendable, Codable {
    public let text: String

    /// Nil unless the text has the form `H52`, `H52.07`, `H52.07.003`: a letter and two digits, then up to four groups of two or three
    /// digits or capital letters, 35 characters at most.
    public init?(_ text: some StringProtocol) {
        let groups = text.split(separator: ".", omittingEmptySubsequences: false)
        guard let root = groups.first, text.utf8.count <= 35, groups.count <= 5, AgencyCode.isRoot(root),
            groups.dropFirst().allSatisfy({ AgencyCode.isGroup($0) })
        else { return nil }
        self.text = String(text)
    }

    /// The code behind one of the older form of QCVN 102:2016, `000.00.07.H52`, read from the right without its zero groups.
    public init?(legacy text: some StringProtocol) {
        let groups = text.split(separator: ".", omittingEmptySubsequences: false)
        guard groups.count == 4, groups[0].utf8.count == 3, groups[1].utf8.count == 2, groups[2].utf8.count == 2 else { return nil }
        var reversed = Array(groups.reversed())
        while let last = reversed.last, last.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) { reversed.removeLast() }
        self.init(reversed.joined(separator: "."))
    }

    /// The code of the province or ministry that the agency belongs to, `H52`.
    public var root: Substring { text.prefix { $0 != "." } }

    public static func < (left: AgencyCode, right: AgencyCode) -> Bool { left.text < right.text }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let code = AgencyCode(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an agency code: \(text)"))
        }
        self = code
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    private static func isRoot(_ group: some StringProtocol) -> Bool {
        group.utf8.count == 3 && group.utf8.first.map(isCapital) == true && group.utf8.dropFirst().allSatisfy(\.isDigit)
    }

    private static func isGroup(_ group: some StringProtocol) -> Bool {
        (2...3).contains(group.utf8.count) && group.utf8.allSatisfy { $0.isDigit || isCapital($0) }
    }

    private static func isCapital(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }
}

extension AgencyCode: CustomStringConvertible {
    public var description: String { text }
}
