import Model

extension Finding.Kind {
    /// What somebody does about it who brought a file that needs no mapping: correct the file. Settings of a source have no part in it.
    func remedyInFile(_ language: Language) -> String { inFile?[language] ?? remedy(language) }

    private var inFile: LocalizedText? {
        switch self {
        case .unreadableValue:
            LocalizedText(
                vietnamese: "Sửa ô đã nêu trong tệp. Số ghi bằng chữ số, không có đơn vị: trong CSV ngăn bằng dấu phẩy ghi 26972 và 98.15, ngăn bằng "
                    + "dấu chấm phẩy ghi 26.972 và 98,15; không có số liệu thì ghi dấu gạch ngang (-).",
                english: "Correct the cell in the file. Numbers are digits without a unit: 26972 and 98.15 in CSV with commas, 26.972 and 98,15 "
                    + "in CSV with semicolons; a dash where there is no figure.")
        case .negativeCount:
            LocalizedText(vietnamese: "Sửa trong tệp: số đếm không thể nhỏ hơn 0.", english: "Correct the file: a count cannot be below zero.")
        case .partAboveWhole:
            LocalizedText(
                vietnamese: "Đối chiếu hai số liệu rồi sửa trong tệp; cả hai chưa được ghi nhận.",
                english: "Compare the two figures and correct the file; neither was stored.")
        case .duplicateInDelivery:
            LocalizedText(
                vietnamese: "Giữ lại một dòng: cùng một số liệu có hai giá trị khác nhau trong tệp; chưa ghi nhận giá trị nào.",
                english: "Keep one of the lines: the same figure stands in the file with two values; neither was stored.")
        case .futureDay:
            LocalizedText(
                vietnamese: "Sửa ngày trong tệp; số liệu của một kỳ chỉ nhập được từ ngày cuối của kỳ.",
                english: "Correct the days in the file; a period's figure is taken from its last day on.")
        case .unsupportedDay: LocalizedText(vietnamese: "Sửa ngày trong tệp.", english: "Correct the days in the file.")
        case .misalignedInterval:
            LocalizedText(
                vietnamese: "Sửa ngày trong tệp: một ngày, hoặc trọn một kỳ của chỉ tiêu (calendar: tháng dương lịch; admin15: từ ngày 15 đến "
                    + "ngày 14).",
                english: "Correct the days in the file: one day, or a whole period of the measure (calendar: months; admin15: from the 15th to "
                    + "the 14th).")
        case .unknownAgency:
            LocalizedText(
                vietnamese: "Sửa mã định danh trong tệp (dondoc agencies list); cơ quan mới thì bổ sung vào agencies.csv rồi nạp lại cấu hình.",
                english: "Correct the code in the file (dondoc agencies list); a new agency is added to agencies.csv, then reload.")
        case .unknownMeasure:
            LocalizedText(
                vietnamese: "Sửa mã chỉ tiêu trong tệp (dondoc indicators show nêu các mã); chỉ tiêu mới thì khai báo trong measures.yaml.",
                english: "Correct the measure's id in the file (dondoc indicators show names them); a new one is declared in measures.yaml.")
        case .emptyDelivery:
            LocalizedText(
                vietnamese: "Tệp chưa có số liệu nào: ô để trống nghĩa là chưa báo cáo.",
                english: "The file holds no figure yet: an empty cell means \"not reported\".")
        case .moreFindings:
            LocalizedText(
                vietnamese: "Chỉ liệt kê bấy nhiêu; sửa các chỗ đã nêu rồi nhập lại để thấy phần còn lại.",
                english: "No more are listed; correct those that are and import again to see the rest.")
        default: nil
        }
    }
}
