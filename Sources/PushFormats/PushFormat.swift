import Model

/// The bodies that agencies push.
public enum PushFormat: String, CaseIterable, Sendable {
    case json
    case ndjson
    case csv
    case lineProtocol = "line-protocol"
    case remoteWrite = "remote-write"
    case otlpJSON = "otlp-json"
    case otlpProtobuf = "otlp-protobuf"
}
