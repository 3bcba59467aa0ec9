import Dispatch
import Foundation

/// One measured quantity with all its runs.
struct Figure {
    let name: String
    /// What it grows toward, as text: "400 000 rows/s".
    let goal: String
    let unit: String
    let runs: [Double]

    /// The middle run, so that one disturbed run does not decide.
    var median: Double { runs.isEmpty ? 0 : runs.sorted()[runs.count / 2] }
}

/// Prints figures as a table: median, lowest and highest run, goal.
struct BenchmarkTable {
    private(set) var figures: [Figure] = []

    mutating func add(_ figure: Figure) { figures.append(figure) }

    func write() {
        #if DEBUG
            print("This is a debug build: the figures say nothing. Use: swift run -c release dondoc-bench")
        #endif
        let rows =
            [["", "median", "lowest", "highest", "unit", "goal"]]
            + figures.map { figure in
                [figure.name, text(figure.median), text(figure.runs.min() ?? 0), text(figure.runs.max() ?? 0), figure.unit, figure.goal]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let blanks = String(repeating: " ", count: widths[column] - cell.count)
                return (1...3).contains(column) ? blanks + cell : cell + blanks
            }
            print(cells.joined(separator: "  "))
        }
    }

    /// Whole numbers from 100 up, two decimals below.
    private func text(_ value: Double) -> String {
        guard value < 100 else { return String(Int(value.rounded())) }
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}

/// Milliseconds of wall clock that a piece of work takes.
func milliseconds(_ work: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
}

/// The same for work that is awaited.
func milliseconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try await work()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1e6
}

/// Removes a database with the files beside it.
func removeDatabase(_ path: String) {
    for suffix in ["", "-wal", "-shm", ".lock"] {
        // A file that is not there need not be removed, and one that cannot be is only litter in a temporary directory.
        try? FileManager.default.removeItem(atPath: path + suffix)
    }
}
