import Model

/// Why bytes cannot be read as a workbook: what is wrong and, where there is one, the place in it that an operator can look at.
public struct SpreadsheetError: Error, Hashable, CustomStringConvertible {
    /// `sheet 2, D17`, or a part of the file; nil for the file as a whole.
    public let place: String?
    /// What was found, and what to do.
    public let problem: String
    /// The same in Vietnamese for what people send by mistake; nil for what only a damaged or hostile file brings.
    public let vietnamese: String?

    public init(_ problem: String, vietnamese: String? = nil, at place: String? = nil) {
        self.problem = problem
        self.vietnamese = vietnamese
        self.place = place
    }

    init(_ problem: LocalizedText, at place: String? = nil) { self.init(problem.english, vietnamese: problem.vietnamese, at: place) }

    public var description: String { place.map { "\($0): \(problem)" } ?? problem }
}
