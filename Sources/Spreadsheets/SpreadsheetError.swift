/// Why bytes cannot be read as a workbook: what is wrong and, where there is one, the place in it that an operator can look at.
public struct SpreadsheetError: Error, Hashable, CustomStringConvertible {
    /// `sheet 2, D17`, or a part of the file; nil for the file as a whole.
    public let place: String?
    /// What was found, and what to do.
    public let problem: String

    public init(_ problem: String, at place: String? = nil) {
        self.problem = problem
        self.place = place
    }

    public var description: String { place.map { "\($0): \(problem)" } ?? problem }
}
