import Model
import Rules

extension Configuration {
    /// What loads, and on this day deserves a look: receipts that are dated ahead, a certificate for letters that is running out.
    public func warnings(on today: Day, _ language: Language) -> [String] {
        earlyReceipts(on: today, language)
            + (core.province.mail?.smime.flatMap { SigningMaterial.trouble($0, on: today) }.map { ["dondoc.yaml: mail.smime: " + $0[language]] } ?? [])
    }

    /// Documents that are entered as received on a day that has not come: until then they are owed, and whoever wrote that may think otherwise.
    private func earlyReceipts(on today: Day, _ language: Language) -> [String] {
        rules.compactMap { $0 as? ObligationRule }.flatMap { rule in
            rule.received.filter { $0.value.day > today }.sorted { $0.key < $1.key }.map { agency, receipt in
                language == .vietnamese
                    ? "rules.yaml: '\(rule.id)' ghi \(agency) nộp ngày \(receipt.day.vietnamese), là ngày chưa đến; trước ngày đó vẫn coi là chưa nộp"
                    : "rules.yaml: '\(rule.id)' says that \(agency) delivered on \(receipt.day), a day that has not come; until then it is owed"
            }
        }
    }
}
