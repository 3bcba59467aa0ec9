import Model

/// What a finding says, in the language of whoever reads it.
public struct FindingText: Sendable {
    /// Where in the delivery.
    public let place: String?
    public let found: String?
    /// What should have stood there, as it is said after "expected".
    public let expected: String?
    /// A name that is spelled much like the one that nobody knows. It is a guess, and nothing that anybody demands.
    public let nearest: String?

    public init(_ finding: Finding, _ language: Language) {
        place = finding.place.map { FindingText.place($0, finding.kind, language) }
        found = finding.found.map { FindingText.found($0, finding.kind, language) }
        switch finding.kind {
        case .unknownAgency, .unknownMeasure, .outOfScope: (expected, nearest) = (nil, finding.expected)
        default: (expected, nearest) = (finding.expected.map { FindingText.expected($0, finding.kind, language) }, nil)
        }
    }

    /// What was expected, or what was probably meant, for a column that holds either.
    func expectedOrNearest(_ language: Language) -> String? {
        nearest.map { language.choose("gần giống: \($0)", "did you mean: \($0)") } ?? expected
    }

    private static func place(_ text: String, _ kind: Finding.Kind, _ language: Language) -> String {
        switch kind {
        case .mailUnclear: MailKind(rawValue: text)?.title(language) ?? text
        case .backupFailed, .mailboxFailed, .calendarYearMissing, .calendarYearEstimated: text
        default: ImportReport.place(text, language)
        }
    }

    private static func found(_ text: String, _ kind: Finding.Kind, _ language: Language) -> String {
        switch kind {
        case .futureDay, .unsupportedDay, .misalignedInterval, .agencyNotInForce, .cumulativeFall, .overlappingGranularity:
            FindingWords.days(text, language)
        case .noContact: FindingWords.days(FindingWords.sentence(text, language), language)
        case .undecodableDelivery, .fetchFailed, .letterRefused, .signingFailed, .mailboxFailed, .backupFailed, .eventRefused,
            .remoteWriteRefused:
            FindingWords.sentence(text, language)
        default: FindingWords.found(text, language)
        }
    }

    private static func expected(_ text: String, _ kind: Finding.Kind, _ language: Language) -> String {
        switch kind {
        case .duplicateInDelivery: language.choose("một giá trị; giá trị kia: \(ImportReport.place(text, language))", "one value; the other: \(text)")
        case .partAboveWhole: language.choose("tử số không lớn hơn mẫu số (\(text))", "a part no larger than its whole (\(text))")
        case .misalignedInterval: period(text, language)
        case .ambiguousAgency: language.choose("một trong: \(text)", "one of: \(text)")
        case .futureDay, .unsupportedDay, .cumulativeFall, .overlappingGranularity: FindingWords.days(text, language)
        default: FindingWords.expected(text, language)
        }
    }

    private static func period(_ scheme: String, _ language: Language) -> String {
        switch PeriodScheme(rawValue: scheme) {
        case .calendar: language.choose("một ngày, hoặc trọn kỳ dương lịch", "a day, or a whole period of the calendar")
        case .admin15: language.choose("một ngày, hoặc trọn kỳ từ ngày 15 đến ngày 14", "a day, or a whole period from the 15th to the 14th")
        case nil: scheme
        }
    }
}
