import PushFormats
import Testing

@Test func everyFormatHasAStableName() {
    #expect(PushFormat.allCases.map(\.rawValue) == ["json", "ndjson", "csv", "line-protocol", "remote-write", "otlp-json", "otlp-protobuf"])
}
