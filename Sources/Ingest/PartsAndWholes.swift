import Model

/// Holds the counts of one interval against each other by the indicators that divide them: a part above its whole refuses both, and a
/// percentage that the source printed itself is compared with the counts.
///
/// Parts are held against wholes over intervals longer than a day only. On a single day a part may exceed what it is a part of over the
/// period: dossiers resolved late today were received long ago.
struct PartsAndWholes {
    let source: String
    let context: IngestContext
    /// Whose numbers may be told to the sender; nil tells all. Findings, which operators read, tell them anyway.
    var reach: PushReach?

    private struct Place: Hashable {
        let agency: AgencyCode
        let range: DayRange
    }

    /// The cells of candidates that cannot be true together, with what would have been possible, in words for the sender.
    func check(_ candidates: [Candidate], _ findings: inout [Finding]) -> [CellKey: LocalizedText] {
        let places = Dictionary(grouping: candidates) { Place(agency: $0.cell.agency, range: $0.cell.range) }
        let ratios = context.indicators.filter { $0.unit == .percent }
        var refused: [CellKey: LocalizedText] = [:]
        for (place, group) in places.sorted(by: { ($0.key.agency, $0.key.range) < ($1.key.agency, $1.key.range) }) {
            let delivered = Dictionary(group.map { ($0.cell.measure, $0) }, uniquingKeysWith: { first, _ in first })
            for indicator in ratios {
                guard let definition = indicator.definition(over: place.range), let denominator = definition.denominator else { continue }
                let isTouched = definition.measuresWithReported.contains { delivered[$0] != nil }
                guard isTouched, let top = sum(definition.numerator, at: place, delivered), let bottom = sum(denominator, at: place, delivered) else {
                    continue
                }
                if place.range.span > 1, top < 0 || top > bottom {
                    let involved = definition.measures.compactMap { delivered[$0] }
                    let possible = possible(Side(definition.numerator, sum: top), Side(denominator, sum: bottom))
                    refused.merge(involved.map { ($0.cell, possible) }) { first, _ in first }
                    guard let first = involved.first else { continue }
                    findings.append(first.finding(.partAboveWhole, source: source, found: "\(top)/\(bottom)", expected: indicator.id))
                } else if let own = definition.reportedPercent {
                    compare(own, with: Ratio(top, over: bottom), delivered[own], &findings)
                }
            }
        }
        return refused
    }

    /// A part or a whole: what it is the sum of, and the sum.
    private struct Side {
        let expression: Expression
        let sum: Int64

        init(_ expression: Expression, sum: Int64) {
            self.expression = expression
            self.sum = sum
        }
    }

    private func possible(_ part: Side, _ whole: Side) -> LocalizedText {
        guard part.sum >= 0 else { return LocalizedText(vietnamese: "\(told(part)) từ 0 trở lên", english: "\(told(part)) of 0 or more") }
        return LocalizedText(
            vietnamese: "\(told(part)) không lớn hơn \(told(whole))", english: "\(told(part)) no larger than \(told(whole))")
    }

    /// `'mail.accounts.active' (500)`; without the number when the sender may not see what went into it.
    private func told(_ side: Side) -> String {
        var text = ""
        for term in side.expression.terms {
            if term.isSubtracted { text += text.isEmpty ? "−" : " − " } else if !text.isEmpty { text += " + " }
            text += "'\(term.measure.text)'"
        }
        let isOpen = side.expression.terms.allSatisfy { reach?.covers($0.measure) ?? true }
        return isOpen ? "\(text) (\(side.sum))" : text
    }

    /// The counts win; the percentage is kept and the difference told.
    private func compare(_ measure: MeasureID, with ratio: Ratio?, _ reported: Candidate?, _ findings: inout [Finding]) {
        guard let ratio, let reported, let value = reported.value, let printed = ExactDecimal(units: value, scale: reported.scale),
            ratio.isContradicted(byPercent: printed)
        else { return }
        let ours = ratio.percent().map { "\($0)% (\(ratio.numerator)/\(ratio.denominator))" }
        findings.append(reported.finding(.contradictingPercentage, source: source, found: "\(printed)%", expected: ours))
    }

    /// The sum of an expression from the delivery, or what the store holds over the same interval; nil when a term is not known.
    private func sum(_ expression: Expression, at place: Place, _ delivered: [MeasureID: Candidate]) -> Int64? {
        var sum: Int64 = 0
        for term in expression.terms {
            let isDelivered = delivered[term.measure] != nil
            let stored = isDelivered ? nil : context.known[term.measure, place.agency].first { $0.range == place.range }
            guard let value = isDelivered ? delivered[term.measure]?.value : stored?.value else {
                if term.isOptional, !isDelivered, stored == nil { continue }
                return nil
            }
            let (next, overflow) = term.isSubtracted ? sum.subtractingReportingOverflow(value) : sum.addingReportingOverflow(value)
            if overflow { return nil }
            sum = next
        }
        return sum
    }
}
