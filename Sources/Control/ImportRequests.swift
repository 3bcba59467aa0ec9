import Model

/// A file that an operator brings, and how it is to be read.
public struct ImportOrder: Hashable, Sendable, Codable {
    /// A mapping that comes with the file instead of being a source's.
    public struct Map: Hashable, Sendable, Codable {
        /// What problems in it are reported under.
        public var name: String
        public var text: String

        public init(name: String, text: String) {
            self.name = name
            self.text = text
        }
    }

    /// The file's name without its folders: kept with the delivery.
    public var name: String
    public var file: Payload
    /// The source whose mapping reads it, and under which it is stored. Without it and a map the file must say itself what its figures are.
    public var source: String?
    public var map: Map?
    /// The days of figures that the file does not give days for; the scheme is the measures' own unless it is given.
    public var period: PeriodName?
    public var scheme: PeriodScheme?
    public var by: String
    /// How many lines the preview may have.
    public var lines: Int

    public init(
        name: String, file: Payload, source: String? = nil, map: Map? = nil, period: PeriodName? = nil, scheme: PeriodScheme? = nil, by: String,
        lines: Int = 100
    ) {
        self.name = name
        self.file = file
        self.source = source
        self.map = map
        self.period = period
        self.scheme = scheme
        self.by = by
        self.lines = lines
    }
}

/// Which form agencies shall fill in.
public struct FormQuestion: Hashable, Sendable, Codable {
    public enum Form: String, CaseIterable, Sendable, Codable {
        case xlsx, csv
    }

    /// In the order of the columns.
    public var measures: [MeasureID]
    public var period: PeriodName
    /// Nil for each measure's own.
    public var scheme: PeriodScheme?
    /// In the order of the rows; together with those of `level`.
    public var agencies: [AgencyCode]
    public var level: Agency.Level?
    public var form: Form

    public init(
        measures: [MeasureID], period: PeriodName, scheme: PeriodScheme? = nil, agencies: [AgencyCode] = [], level: Agency.Level? = nil,
        form: Form = .xlsx
    ) {
        self.measures = measures
        self.period = period
        self.scheme = scheme
        self.agencies = agencies
        self.level = level
        self.form = form
    }
}
