import NIOCore

/// An address as limits count it: of IPv6 the first 64 bits, because one network gives a sender as many addresses as it likes.
enum PeerAddress {
    static func text(_ address: SocketAddress?) -> String {
        switch address {
        case .v4, nil: return address?.ipAddress ?? "local"
        case .unixDomainSocket: return "local"
        case .v6(let address):
            let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }  // Safe: the bytes are copied before the closure ends.
            if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xff, bytes[11] == 0xff {
                return bytes[12...].map(String.init).joined(separator: ".")
            }
            let groups = stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
            return groups.joined(separator: ":") + "::/64"
        }
    }
}
