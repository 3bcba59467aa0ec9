import Model

/// Holds the names in the `push` section of dondoc.yaml against the register and the catalogue, which are read after it.
struct PushNames {
    let files: YAMLFile
    let register: Register
    let measures: Set<MeasureID>

    /// Reports what nobody could ever push: each unknown agency and measure, with the nearest known name.
    func check() {
        // A file with mistakes has been told of, and would be told of twice.
        guard files.problems.isEmpty, let push = files.reader("dondoc.yaml")?.reader("push") else { return }
        for sender in push.readers("senders") ?? [] {
            for code in sender.strings("agencies") ?? [] where !(AgencyCode(code).map(register.knows) ?? false) {
                let hint = hint(code, among: register.agencies.map(\.code.text))
                sender.problem(item: code, of: "agencies", "'\(code)' is not in agencies.csv\(hint)")
            }
            for measure in sender.strings("measures") ?? [] where !isKnown(measure) {
                sender.problem(item: measure, of: "measures", unknown(measure))
            }
        }
        for metric in push.scalars("metrics") ?? [] where !isKnown(metric.value) {
            push.problem(scalar: metric.key, in: "metrics", unknown(metric.value))
        }
    }

    private func isKnown(_ measure: String) -> Bool { MeasureID(measure).map(measures.contains) ?? false }

    private func unknown(_ measure: String) -> String {
        "'\(measure)' is not in measures.yaml\(hint(measure, among: measures.map(\.text)))"
    }

    private func hint(_ text: String, among known: [String]) -> String {
        TextFolding.nearest(to: text, among: known.sorted()).map { "; did you mean '\($0)'?" } ?? ""
    }
}
