/// How series that bring no `agency` and `measure` of their own, as Telegraf, Prometheus and OpenTelemetry write them, are told apart: which
/// label names the agency, which the measure, and which metric stands for which measure.
///
/// A metric's name is read by the first of these that finds one: `names` as it is written; the id of a measure as it is written; the same
/// without the prefix `dondoc_` or `dondoc.`; ids in which `.`, `_`, `-` and `/` count as one letter, because Prometheus' names hold no dots.
/// A name that two ids fold to is none: it must be given in `names`, or the series labelled with the measure.
public struct PushMapping: Hashable, Sendable {
    /// The label, tag or attribute that holds the agency's code.
    public let agencyLabel: String
    /// The label, tag or attribute that holds the measure's id; where it stands, the metric's name does not matter.
    public let measureLabel: String
    private let named: [String: String]
    private let folded: [String: String]
    private let kinds: [String: Measure.Kind]

    public init(
        measures: [Measure] = [], names: [String: MeasureID] = [:], agencyLabel: String = "agency",
        measureLabel: String = "measure"
    ) {
        self.agencyLabel = agencyLabel
        self.measureLabel = measureLabel
        named = names.mapValues(\.text)
        kinds = Dictionary(measures.map { ($0.id.text, $0.kind) }, uniquingKeysWith: { first, _ in first })
        // An empty text marks a name that stands for two measures, so that a third cannot claim it.
        folded = Dictionary(kinds.keys.map { (PushMapping.folded($0), $0) }, uniquingKeysWith: { _, _ in "" }).filter { !$0.value.isEmpty }
    }

    /// The measure that a metric's name stands for; the name itself when it stands for none, so that the check refuses it by what was written.
    public func measure(named name: String) -> String {
        if let id = named[name] { return id }
        if kinds[name] != nil { return name }
        let isPrefixed = name.hasPrefix("dondoc_") || name.hasPrefix("dondoc.")
        if isPrefixed, let id = named[String(name.dropFirst(7))] { return id }
        return (isPrefixed ? folded[PushMapping.folded(String(name.dropFirst(7)))] : nil) ?? folded[PushMapping.folded(name)] ?? name
    }

    /// How the values of a measure's days relate; nil for a measure that is not known.
    public func kind(of measure: String) -> Measure.Kind? { kinds[measure] }

    private static func folded(_ name: String) -> String {
        String(decoding: name.utf8.map { ".-/".utf8.contains($0) ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }
}
