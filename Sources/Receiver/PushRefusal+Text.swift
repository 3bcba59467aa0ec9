import Model

extension PushRefusal {
    /// Why this observation is not stored, for the people who look after the sending system.
    public func message(_ language: Language) -> String {
        let what = language == .vietnamese ? vietnamese : english
        let (place, found, expected) = (place[language], found[language], expected[language])
        var text = place.isEmpty ? what : "\(place): \(what)"
        if !found.isEmpty { text += language.choose(", nhận được '\(found)'", ", found '\(found)'") }
        if !expected.isEmpty { text += language.choose(", cần \(expected)", ", expected \(expected)") }
        return text.printable()
    }

    private var vietnamese: String {
        switch code {
        case .malformed: "không đọc được số liệu"
        case .badDay: "ngày hoặc kỳ không dùng được"
        case .badValue: "giá trị không dùng được"
        case .unknownAgency: "không có cơ quan này"
        case .agencyNotInForce: "cơ quan không hoạt động trong những ngày này"
        case .unknownMeasure: "không có chỉ tiêu này"
        case .misalignedInterval: "khoảng ngày không phải một ngày, cũng không phải một kỳ báo cáo của chỉ tiêu"
        case .futureDay: "ngày chưa đến"
        case .outOfScope: "bên gửi không được gửi chỉ tiêu này cho cơ quan này"
        case .duplicate: "một số liệu có hai giá trị trong cùng lần gửi, không lưu giá trị nào"
        case .partAboveWhole: "phần lớn hơn tổng, số này không được lưu"
        }
    }

    private var english: String {
        switch code {
        case .malformed: "the observation cannot be read"
        case .badDay: "the day or period cannot be used"
        case .badValue: "the value cannot be used"
        case .unknownAgency: "no agency has this code"
        case .agencyNotInForce: "the agency does not exist on these days"
        case .unknownMeasure: "there is no such measure"
        case .misalignedInterval: "the days are neither one day nor a reporting period of the measure"
        case .futureDay: "the day has not come"
        case .outOfScope: "the sender may not report this measure for this agency"
        case .duplicate: "one figure has two values in this push, neither is stored"
        case .partAboveWhole: "a part is larger than its whole, this figure is not stored"
        }
    }
}
