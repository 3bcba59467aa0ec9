/// The listening sockets that systemd opened for this process (sd_listen_fds(3)).
public struct InheritedSockets: Sendable {
    /// systemd's first descriptor.
    private static let first: Int32 = 3

    private let descriptors: [String: Int32]

    /// None.
    public init() { descriptors = [:] }

    /// Reads LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES; sockets that are meant for another process are none of ours.
    public init(environment: [String: String], processID: Int32) {
        guard environment["LISTEN_PID"] == String(processID), let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...64).contains(count)
        else {
            descriptors = [:]
            return
        }
        let names = environment["LISTEN_FDNAMES"]?.split(separator: ":", omittingEmptySubsequences: false).map(String.init) ?? []
        let pairs = (0..<count).map { place in (Int(place) < names.count ? names[Int(place)] : "unknown", InheritedSockets.first + place) }
        descriptors = Dictionary(pairs) { first, _ in first }
    }

    /// For tests that open their own.
    init(_ descriptors: [String: Int32]) { self.descriptors = descriptors }

    /// The names in order.
    public var names: [String] { descriptors.keys.sorted() }

    /// The descriptor behind a name.
    func descriptor(_ name: String) -> Int32? { descriptors[name] }
}
