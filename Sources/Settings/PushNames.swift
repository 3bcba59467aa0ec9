import Model

/// Holds the names in the `push` section of dondoc.yaml against the register and the catalogue, which are read after it.
struct PushNames {
    let files: YAMLFile
    let register: Register
    let measures: KnownMeasures

    /// Reports what nobody could ever push: each unknown agency and measure, with the nearest known name.
    func check() {
        // A file with mistakes has been told of, and would be told of twice.
        guard files.problems.isEmpty, let push = files.reader("dondoc.yaml")?.reader("push") else { return }
        for sender in push.readers("senders") ?? [] {
            for text in sender.strings("agencies") ?? [] {
                guard let code = AgencyCode(text), !register.knows(code) else { continue }
                sender.problem(item: text, of: "agencies", "'\(code)' is not in agencies.csv\(register.hint(for: code))")
            }
            for text in sender.strings("measures") ?? [] { _ = measures.resolve(text) { sender.problem(item: text, of: "measures", $0) } }
        }
        for metric in push.scalars("metrics") ?? [] {
            _ = measures.resolve(metric.value) { push.problem(scalar: metric.key, in: "metrics", $0) }
        }
    }
}
