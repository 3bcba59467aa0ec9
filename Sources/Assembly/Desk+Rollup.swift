import Control
import Indicators
import Model
import Reports
import Store

extension Desk {
    /// The figure of a group as the ratio of sums, beside what was delivered for the group itself.
    func rollup(_ question: RollupQuestion) throws(Failure) -> Document {
        let indicator = try self.indicator(question.indicator)
        let period = try self.period(question.period, of: indicator, scheme: question.scheme, asOf: question.asOf)
        let (name, head, members) = try group(question, over: period)
        guard !members.isEmpty else {
            throw Failure(.refused, language == .vietnamese ? "nhóm không có cơ quan nào trong kỳ" : "the group has no agency in the period")
        }
        let codes = Set(members.map(\.code)).union(head.map { [$0.code] } ?? [])
        let room = try reading { () throws(StoreError) in
            try ReadingRoom(
                core: core, store: store, for: [(indicator, period)], agencies: codes, today: today(asOf: question.asOf), asOf: question.asOf)
        }
        let readings = members.map { room.reading(of: indicator, agency: $0.code, over: period) }
        guard let rollup = Rollup(readings, unit: indicator.unit) else {
            throw noSum(of: indicator)
        }
        let missing = zip(members, readings).filter { rollup.missing.contains($0.0.code) }.map { (agency: $0.0, reading: $0.1) }
        return RollupReport.document(
            .init(reading: rollup.reading(as: head?.code ?? core.province.province), counted: rollup.counted),
            breaks: question.agencies.flatMap { core.register.lineage(of: $0, over: period.range).breaks }, register: core.register,
            reported: head.map { room.reading(of: indicator, agency: $0.code, over: period) }, missing: missing, group: name, indicator: indicator,
            asOf: question.asOf, language: language)
    }

    /// The refusal of a sum over agencies that would mean nothing.
    func noSum(of indicator: Indicator) -> Failure {
        Failure(
            .refused,
            language == .vietnamese
                ? "chỉ số '\(indicator.id)' đếm số ngày nên không cộng được" : "the indicator '\(indicator.id)' counts days, which have no sum")
    }

    /// The group's name, the agency that stands for it if one does, and its members in the period.
    private func group(_ question: RollupQuestion, over period: Period) throws(Failure) -> (name: String, head: Agency?, members: [Agency]) {
        let present = core.register.agencies(in: period.range)
        let codes = Dictionary(present.map { ($0.code, $0) }, uniquingKeysWith: { _, newer in newer })
        let members = codes.values.sorted { $0.code < $1.code }
        if !question.agencies.isEmpty {
            var named: [Agency] = []
            for code in question.agencies { named.append(try agency(code)) }
            if question.withPredecessors {
                let codes = Set(named.flatMap { core.register.lineage(of: $0.code, over: period.range).members })
                named = codes.sorted().compactMap { core.register.newest($0) }
            }
            return (named.map { "\($0.name) (\($0.code))" }.joined(separator: " + "), nil, named)
        }
        if let parent = question.parent {
            let head = try agency(parent)
            return ("\(head.name) (\(head.code))", head, members.filter { $0.parent == parent })
        }
        let province = core.register.newest(core.province.province)
        let name = province.map { "\($0.name) (\($0.code))" } ?? core.province.provinceName
        guard let level = question.level else { return (name, province, members.filter { $0.parent == core.province.province }) }
        return ("\(name), \(level.title(language))", nil, members.filter { $0.level == level })
    }
}
