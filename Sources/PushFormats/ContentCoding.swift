/// How a body is packed, by the names of the header `Content-Encoding`. Snappy is part of remote write itself and not one of them.
public enum ContentCoding: String, CaseIterable, Sendable {
    case identity
    case gzip
    case zstd
}
