/// In which words answers are given: dondoc's own, or those that a client of another protocol understands.
enum Dialect: Hashable, Sendable {
    case native
    case influx
    case remoteWrite
    case otlpJSON
    case otlpProtobuf
}
