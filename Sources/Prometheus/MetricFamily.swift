/// All samples of one metric as they are shown to a scraper at one moment.
public struct MetricFamily: Hashable, Sendable {
    public enum Kind: String, Sendable {
        case gauge
        /// Only ever grows; its name ends in `_total`.
        case counter
    }

    public struct Sample: Hashable, Sendable {
        public let labels: [Label]
        public let value: Double

        public init(_ labels: [Label] = [], _ value: Double) {
            self.labels = labels
            self.value = value
        }
    }

    public let name: String
    public let kind: Kind
    /// One English sentence, which scrapers show beside the name.
    public let help: String
    /// In the order in which they are printed.
    public var samples: [Sample]

    public init(_ name: String, _ kind: Kind = .gauge, help: String, samples: [Sample] = []) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}
