import Model

/// How finely a value counts: the length of its interval, so coarse that all months are one class although they differ by days.
enum Granularity: UInt8 {
    case day, week, month, quarter, half, nineMonths, year, other

    init(span: Int) {
        self =
            switch span {
            case 1: .day
            case 7: .week
            case 28...31: .month
            case 89...92: .quarter
            case 181...184: .half
            case 273...275: .nineMonths
            case 365, 366: .year
            default: .other
            }
    }

    /// A bit of its own, so that a set of classes is one byte in the loop over cells.
    var bit: UInt8 { 1 << rawValue }
}
