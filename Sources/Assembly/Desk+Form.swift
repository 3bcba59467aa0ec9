import Connectors
import Control
import Model

extension Desk {
    /// The form for some measures and agencies of a period.
    func importForm(_ question: FormQuestion) throws(Failure) -> Payload {
        // A measure that is named twice would be two cells for one figure, which may be filled in differently.
        var measures: [MeasureID] = []
        for id in question.measures where !measures.contains(id) { measures.append(id) }
        let columns = try measures.map { id throws(Failure) in try column(id, question) }
        guard !columns.isEmpty else {
            throw Failure(.invalidRequest, language == .vietnamese ? "chưa nêu chỉ tiêu nào" : "no measures are named")
        }
        let agencies = try agencies(question, in: columns.map(\.range))
        let title = question.period.period(in: .calendar)?.title(.vietnamese) ?? question.period.text
        let form = ReportForm(
            period: title, agencies: agencies,
            columns: columns.map { column in
                let absent = agencies.map(\.code).filter { core.register.agency($0, in: column.range) == nil }
                return ReportForm.Column(measure: column.measure, range: column.range, absent: Set(absent))
            })
        return Payload(question.form == .xlsx ? form.workbook() : Array(form.table().utf8))
    }

    private func column(_ id: MeasureID, _ question: FormQuestion) throws(Failure) -> ReportForm.Column {
        guard let measure = core.measures[id] else {
            throw unknown(LocalizedText(vietnamese: "chỉ tiêu", english: "measure"), id.text, among: core.measures.keys.map(\.text))
        }
        if let scheme = question.scheme, scheme != measure.scheme, question.period.period(in: scheme)?.kind != .day {
            throw Failure(
                .refused,
                language == .vietnamese
                    ? "chỉ tiêu '\(id)' theo kỳ \(measure.scheme.rawValue), không theo \(scheme.rawValue)"
                    : "the measure '\(id)' follows periods of \(measure.scheme.rawValue), not of \(scheme.rawValue)",
                hint: language == .vietnamese ? "bỏ --scheme: mỗi chỉ tiêu có kỳ riêng" : "leave out --scheme: every measure has its own")
        }
        guard let period = question.period.period(in: measure.scheme) else {
            throw Failure(.invalidRequest, language == .vietnamese ? "không có kỳ \(question.period)" : "there is no period \(question.period)")
        }
        return ReportForm.Column(measure: measure, range: period.range)
    }

    /// Those that are named, then those of the level, each once; all must exist in the days of at least one column.
    private func agencies(_ question: FormQuestion, in ranges: [DayRange]) throws(Failure) -> [(code: AgencyCode, name: String)] {
        func newest(_ code: AgencyCode) -> Agency? { ranges.compactMap { core.register.agency(code, in: $0) }.max { $0.validFrom < $1.validFrom } }
        var codes: [AgencyCode] = []
        for code in question.agencies where !codes.contains(code) {
            guard newest(code) != nil else {
                guard core.register.knows(code) else {
                    throw unknown(
                        LocalizedText(vietnamese: "cơ quan", english: "agency"), code.text, among: core.register.agencies.map(\.code.text))
                }
                let days = Set(ranges).sorted().map(\.description).joined(separator: "; ")
                throw Failure(
                    .refused,
                    language == .vietnamese ? "cơ quan \(code) không tồn tại trong \(days)" : "the agency \(code) does not exist in \(days)",
                    hint: "dondoc agencies history \(code)")
            }
            codes.append(code)
        }
        if let level = question.level {
            let found = Set(ranges.flatMap { core.register.agencies(in: $0, level: level) }.map(\.code))
            codes += found.subtracting(codes).sorted()
        }
        guard !codes.isEmpty else {
            throw Failure(
                .refused, language == .vietnamese ? "không có cơ quan nào cho biểu" : "there is no agency for the form",
                hint: language == .vietnamese ? "nêu cơ quan bằng --agency hoặc --level" : "name agencies with --agency or --level")
        }
        return codes.map { (code: $0, name: newest($0)?.name ?? "") }
    }
}
