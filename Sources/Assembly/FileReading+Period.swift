import Connectors
import Control
import Model
import Reports

extension FileReading {
    /// The rows of a file, with the delivery as it is asked for a period: for all rows by one scheme, or without one for each row by its measure's own.
    func rows(
        of delivery: Delivery, over period: PeriodName?, scheme given: PeriodScheme?, measures: [MeasureID: Measure]
    ) throws(Failure) -> (delivery: Delivery, rows: [Result<Row, UnreadableRow>]) {
        guard let period else { return (delivery, try decode(delivery)) }
        let first = given ?? scheme
        var asked = [first: try range(of: period, in: first)]
        let rows = try decode(delivery.asking(asked[first]))
        let schemes = rows.map { row in
            // A line that is no row is nobody's measure.
            guard given == nil, let id = (try? row.get()).flatMap({ MeasureID($0.measure) }) else { return first }
            return measures[id]?.scheme ?? first
        }
        var readings = [first: rows]
        for other in PeriodScheme.allCases where other != first && schemes.contains(other) {
            asked[other] = try range(of: period, in: other)
            // The same bytes give the same rows in the same order; only the days differ that the file does not say itself.
            readings[other] = try decode(delivery.asking(asked[other]))
        }
        let chosen = zip(rows.indices, schemes).map { index, scheme in readings[scheme]?[index] ?? rows[index] }
        for (row, scheme) in zip(chosen, schemes) { try check(row, in: asked[scheme], delivery) }
        return (delivery.asking(asked.values.hull), chosen)
    }

    private func range(of name: PeriodName, in scheme: PeriodScheme) throws(Failure) -> DayRange {
        guard let period = name.period(in: scheme) else {
            throw Failure(
                .invalidRequest,
                language == .vietnamese ? "không có kỳ \(name) theo \(scheme.rawValue)" : "there is no period \(name) in \(scheme.rawValue)")
        }
        return period.range
    }

    /// A period that was named holds for the whole file: a figure of other days means that it is another file than was thought.
    private func check(_ row: Result<Row, UnreadableRow>, in asked: DayRange?, _ delivery: Delivery) throws(Failure) {
        guard let asked, case .success(let row) = row, !asked.contains(row.range) else { return }
        let place = "\(delivery.origin?.file ?? ""): \(ImportReport.place(row.place, language))"
        throw Failure(
            .refused,
            language == .vietnamese
                ? "\(place): số liệu của \(row.range), nằm ngoài kỳ \(asked) đã nêu ở --period"
                : "\(place): a figure of \(row.range), outside \(asked) that --period says",
            hint: language == .vietnamese ? "bỏ --period, hoặc chọn đúng tệp" : "leave out --period, or choose the right file")
    }
}

extension Delivery {
    /// The same bytes as the answer to a question for some days.
    fileprivate func asking(_ days: DayRange?) -> Delivery {
        Delivery(source: source, receivedAt: receivedAt, bytes: bytes, mediaType: mediaType, asked: days, origin: origin)
    }
}
