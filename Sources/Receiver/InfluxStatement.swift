/// What an InfluxDB 1 client says at `/query`: Telegraf creates its database before it writes. There is nothing to create here, and nothing
/// else is answered.
enum InfluxStatement {
    static func answer(_ body: [UInt8], _ target: Target) throws(PushProblem) -> Answer {
        let form = Target("/?" + String(decoding: body.prefix(4096), as: UTF8.self))
        let statement = target.value("q") ?? form?.value("q") ?? ""
        guard statement.uppercased().hasPrefix("CREATE DATABASE") else {
            throw .badParameter(name: "q", found: String(statement.prefix(40)), expected: "CREATE DATABASE")
        }
        return .json(200, ["results": [["statement_id": 0]]])
    }
}
