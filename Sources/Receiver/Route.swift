import Model
import PushFormats

/// What stands at which address. `docs/openapi.yaml` describes the same, which a test holds.
enum Route: Hashable, Sendable {
    case observations
    case influxV2
    case influxV1
    /// Telegraf asks InfluxDB 1 to create its database before it writes.
    case influxQuery
    case influxPing
    case remoteWrite
    case otlp
    case delivery(String)
    case measures
    case agencies
    case health
    case readiness
    case metrics

    /// Every address with its methods; `{id}` stands for one segment.
    static let catalogue: [(template: String, methods: [String])] = [
        ("/v1/observations", ["POST"]), ("/api/v2/write", ["POST"]), ("/write", ["POST"]), ("/query", ["POST"]), ("/ping", ["GET"]),
        ("/api/v1/write", ["POST"]), ("/v1/metrics", ["POST"]), ("/v1/deliveries/{id}", ["GET"]), ("/v1/measures", ["GET"]),
        ("/v1/agencies", ["GET"]), ("/healthz", ["GET"]), ("/readyz", ["GET"]), ("/metrics", ["GET"]),
    ]

    init?(path: String) {
        switch path {
        case "/v1/observations": self = .observations
        case "/api/v2/write": self = .influxV2
        case "/write": self = .influxV1
        case "/query": self = .influxQuery
        case "/ping": self = .influxPing
        case "/api/v1/write": self = .remoteWrite
        case "/v1/metrics": self = .otlp
        case "/v1/measures": self = .measures
        case "/v1/agencies": self = .agencies
        case "/healthz": self = .health
        case "/readyz": self = .readiness
        case "/metrics": self = .metrics
        default:
            let prefix = "/v1/deliveries/"
            let id = path.dropFirst(prefix.count)
            guard path.hasPrefix(prefix), !id.isEmpty, !id.contains("/") else { return nil }
            self = .delivery(String(id))
        }
    }

    /// Methods that are answered; HEAD goes with GET.
    var methods: [String] { isPush || self == .influxQuery ? ["POST"] : ["GET", "HEAD"] }

    /// Whether its body is observations.
    var isPush: Bool {
        switch self {
        case .observations, .influxV2, .influxV1, .remoteWrite, .otlp: true
        default: false
        }
    }

    /// Whether anybody may ask; none of these says anything about figures.
    var isOpen: Bool { [.health, .readiness, .influxPing].contains(self) }

    /// The format behind a Content-Type, in lower case and without parameters; nil when it is not taken here. What InfluxDB's clients say of
    /// the type differs between them and is not looked at.
    func format(mediaType: String) -> PushFormat? {
        switch self {
        case .observations:
            switch mediaType {
            case "application/json": .json
            case "application/x-ndjson": .ndjson
            case "text/csv": .csv
            default: nil
            }
        case .influxV1, .influxV2: .lineProtocol
        case .remoteWrite: mediaType == "application/x-protobuf" ? .remoteWrite : nil
        case .otlp:
            switch mediaType {
            case "application/json": .otlpJSON
            case "application/x-protobuf": .otlpProtobuf
            default: nil
            }
        default: nil
        }
    }

    /// For the message about a type that is not taken.
    var mediaTypes: [String] {
        switch self {
        case .observations: ["application/json", "application/x-ndjson", "text/csv"]
        case .remoteWrite: ["application/x-protobuf"]
        case .otlp: ["application/json", "application/x-protobuf"]
        default: ["text/plain"]
        }
    }

    /// Remote write is always packed by snappy; what it is packed with in HTTP's terms says nothing more.
    var codings: [String] { self == .remoteWrite ? ["snappy"] : ["identity", "gzip", "zstd"] }

    /// How answers and problems are written here.
    func dialect(mediaType: String) -> Dialect {
        switch self {
        case .influxV1, .influxV2, .influxQuery, .influxPing: .influx
        case .remoteWrite: .remoteWrite
        case .otlp: mediaType == "application/x-protobuf" ? .otlpProtobuf : .otlpJSON
        default: .native
        }
    }
}
