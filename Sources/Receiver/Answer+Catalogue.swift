import Model

extension Answer {
    /// What a sender may push of.
    static func measures(_ catalogue: PushCatalogue) -> Answer {
        .json(200, MeasuresPayload(measures: catalogue.measures.map(MeasurePayload.init)))
    }

    /// For whom a sender may push.
    static func agencies(_ catalogue: PushCatalogue) -> Answer {
        .json(200, AgenciesPayload(agencies: catalogue.agencies.map(AgencyPayload.init)))
    }

    /// What became of an earlier push.
    static func delivery(_ earlier: EarlierPush, _ language: Language) -> Answer {
        .json(200, DeliveryPayload(earlier, language), headers: [("Content-Language", language.rawValue)])
    }

    /// Both healthz and readyz, when all is well.
    static let fine = Answer.json(200, ["status": "ok"])
}

private struct TextPayload: Encodable {
    let vi: String
    let en: String

    init(_ text: LocalizedText) {
        vi = text.vietnamese
        en = text.english
    }
}

private struct MeasuresPayload: Encodable {
    let measures: [MeasurePayload]
}

private struct MeasurePayload: Encodable {
    let measure: String
    let title: TextPayload
    let unit: TextPayload
    let kind: String
    let decimals: Int
    let scheme: String

    init(_ measure: Measure) {
        self.measure = measure.id.text
        title = TextPayload(measure.title)
        unit = TextPayload(measure.unit)
        kind =
            switch measure.kind {
            case .flow: "flow"
            case .stock: "stock"
            case .cumulative: "cumulative"
            }
        decimals = measure.scale
        scheme = measure.scheme.rawValue
    }
}

private struct AgenciesPayload: Encodable {
    let agencies: [AgencyPayload]
}

private struct AgencyPayload: Encodable {
    let agency: String
    let name: String
    let level: String
    let parent: String?

    init(_ agency: Agency) {
        self.agency = agency.code.text
        name = agency.name
        level = agency.level.rawValue
        parent = agency.parent?.text
    }
}

private struct DeliveryPayload: Encodable {
    let delivery: String
    let received: String
    let bytes: Int
    let sha256: String
    let mediaType: String
    let stored: Int
    let unchanged: Int
    let restated: Int
    let refused: Int
    /// The first of them, as far as they are kept.
    let refusals: [RefusalPayload]
    /// The delivery that took it back.
    let retractedBy: String?

    private static let mostRefusals = 100

    init(_ earlier: EarlierPush, _ language: Language) {
        let record = earlier.record
        refusals = earlier.refused.prefix(DeliveryPayload.mostRefusals).map { RefusalPayload($0, language) }
        delivery = record.id.description
        received = record.receivedAt.description
        bytes = record.byteCount
        sha256 = record.sha256
        mediaType = record.mediaType
        stored = record.outcome.stored
        unchanged = record.outcome.unchanged
        restated = record.outcome.restated
        refused = record.outcome.refused
        retractedBy = record.retractedBy?.description
    }
}
