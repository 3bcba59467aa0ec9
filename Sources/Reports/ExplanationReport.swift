import Model

/// A figure walked back: numerator and denominator, the definition with its legal basis, terms, values, deliveries with their SHA-256.
public enum ExplanationReport {
    /// A reading: its record, the definition, terms, values, deliveries, and how to check the bytes.
    public static func document(_ explanation: Explanation, agency: Agency?, asOf: Instant? = nil, language: Language) -> Document {
        let notes = Remarks.of([explanation.reading], asOf: asOf, language)
        let record = readingLayout.record(
            language.choose("Giải trình số liệu", "Where the figure comes from"), language, row(explanation, agency, language), notes: notes)
        return Document([.sheet(record)] + walk(explanation, language) + check(explanation.deliveries, explanation.kept, language))
    }

    /// An alert: its record, the figure as it was judged, the walk back from it, the alert's life, and what has changed since.
    public static func document(_ explanation: AlertExplanation, register: Register, asOf: Instant? = nil, language: Language) -> Document {
        var blocks: [Document.Block] = [.sheet(AlertsReport.record(explanation.alert, register, language))]
        if let judged = explanation.alert.reason.judged {
            blocks.append(.sheet(figure(judged, explanation.basis?.indicator, language)))
        }
        if let basis = explanation.basis {
            blocks += walk(basis, language)
        } else {
            blocks.append(.sheet(EvidenceReport.sheet(explanation.deliveries, kept: explanation.kept, language: language)))
        }
        blocks.append(.sheet(TransitionsReport.sheet(explanation.transitions, language: language)))
        if let restated = restatement(explanation, language) { blocks.append(.text(restated)) }
        if let asOf { blocks.append(.text(Remarks.known(asOf, language))) }
        return Document(
            blocks + check(explanation.basis?.deliveries ?? explanation.deliveries, explanation.basis?.kept ?? explanation.kept, language))
    }

    private static func walk(_ explanation: Explanation, _ language: Language) -> [Document.Block] {
        let definitions = explanation.indicator.definitions.filter { $0.version == explanation.reading.definitionVersion }
        // Across a break nothing is computed, and all versions show why.
        let shown = definitions.isEmpty ? explanation.indicator.definitions : definitions
        return [
            .sheet(DefinitionsReport.sheet(shown, language: language)), .sheet(terms(explanation, language)), .sheet(cells(explanation, language)),
            .sheet(EvidenceReport.sheet(explanation.deliveries, kept: explanation.kept, language: language)),
        ]
    }

    private static func check(_ deliveries: [DeliveryRecord], _ kept: Set<DeliveryID>, _ language: Language) -> [Document.Block] {
        var blocks: [Document.Block] = []
        if let delivery = deliveries.first(where: { kept.contains($0.id) }) {
            blocks.append(
                .text(
                    language.choose(
                        "Kiểm tra dữ liệu gốc: dondoc deliveries show \(delivery.id) --raw | sha256sum",
                        "Check the bytes themselves: dondoc deliveries show \(delivery.id) --raw | sha256sum")))
        }
        let dropped = deliveries.count { !kept.contains($0.id) }
        if dropped > 0 {
            blocks.append(
                .text(
                    language.choose(
                        "\(dropped) lần nhận đã hết hạn lưu dữ liệu gốc (store.keep_raw); SHA-256 vẫn còn để đối chiếu với bản của nguồn.",
                        "The bytes of \(dropped == 1 ? "1 delivery" : "\(dropped) deliveries") are past their keeping (store.keep_raw); the SHA-256 remains "
                            + "to compare with the source's own copy.")))
        }
        return blocks
    }

    /// Says so when the figures are no longer those that were judged.
    private static func restatement(_ explanation: AlertExplanation, _ language: Language) -> String? {
        guard let judged = explanation.alert.reason.judged, let current = explanation.current,
            (current.numerator, current.denominator, current.state) != (judged.reading.numerator, judged.reading.denominator, judged.reading.state)
        else { return nil }
        let counts = [current.numerator, current.denominator].map { $0.map { Sheet.Value.integer($0).words(language) } ?? "–" }.joined(separator: "/")
        let now = current.figure(judged.unit, language) ?? current.state.title(language)
        return language.choose(
            "Số liệu đã thay đổi sau khi đánh giá: nay là \(now) (\(counts)).",
            "The figures have changed since they were judged: now \(now) (\(counts)).")
    }
}
