import Model
import PushFormats
import TestSupport

/// One observation as it was decoded, by names.
struct Decoded: Hashable, CustomStringConvertible {
    let agency: String
    let measure: String
    let range: DayRange
    let value: String
    let index: Int

    init(_ agency: String, _ measure: String, _ range: DayRange, _ value: String, _ index: Int) {
        self.agency = agency
        self.measure = measure
        self.range = range
        self.value = value
        self.index = index
    }

    var description: String { "\(index): \(agency) \(measure) \(range) \(value)" }
}

extension PushedObservations {
    var decoded: [Decoded] {
        items.map { Decoded(agencies[$0.agency], measures[$0.measure], $0.range, $0.value?.description ?? "null", $0.index) }
    }

    /// Each refusal as `index code place: found → expected`.
    var refusals: [String] { unreadable.map { "\($0.index) \($0.code.rawValue) \($0.place.english): \($0.found.english) → \($0.expected.english)" } }
}

/// What a body of a text format says.
func decode(_ text: String, _ format: PushFormat = .json, _ reading: PushReading = PushReading(mostObservations: 100)) throws -> PushedObservations {
    try PushDecoder.decode(Array(text.utf8), as: format, reading)
}

/// The message of the error that a body leads to; nil when it is read.
func problem(_ text: String, _ format: PushFormat = .json) -> String? {
    do throws(PushFormatError) {
        _ = try PushDecoder.decode(Array(text.utf8), as: format, PushReading(mostObservations: 100))
        return nil
    } catch {
        return error.description
    }
}

let november = days("2026-11-01", "2026-11-30")
let first = DayRange(day("2026-11-01"))
