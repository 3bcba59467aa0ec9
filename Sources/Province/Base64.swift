import FoundationEssentials

/// The one place where the simulated systems need base64.
enum Base64 {
    static func encoded(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
